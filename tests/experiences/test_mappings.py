"""Mappings are data: the shipped ones hold, and a faulty one is told where and why."""

from pathlib import Path

import pytest

from candour.experiences.intake.errors import MappingError
from candour.experiences.intake.mapping import FIELDS
from candour.experiences.intake.mapping_files import (
    PARTS,
    find_mapping,
    read_mapping,
    shipped_mappings,
)
from candour.experiences.intake.names import column_key

GOOD = "title: T\nsource: s\ncolumns:\n  answer: comment\n"


def faults_of(text: str, tmp_path: Path) -> str:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError) as refused:
        read_mapping(path)
    return str(refused.value)


@pytest.mark.parametrize("name", shipped_mappings())
def test_a_shipped_mapping_can_be_read_and_says_what_it_is_for(name: str) -> None:
    mapping = find_mapping(name)
    assert mapping.name == name
    assert mapping.title.en
    assert column_key(mapping.spelled[mapping.columns["answer"][0]]) == mapping.columns["answer"][0]


def test_a_mapping_of_ones_own_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, encoding="utf-8")
    mapping = find_mapping(str(path))
    assert (mapping.name, mapping.columns) == ("mine", {"answer": ("comment",)})
    assert mapping.needed_columns == {"comment"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "mine.yaml: should hold the parts of a mapping"),
        ("[1]", "mine.yaml: should hold the parts of a mapping"),
        ("title: [", "is not YAML that can be read"),
        ("source: s\n", "has no “title”"),
        (GOOD + "colour: red\n", "mine.yaml:5:1: “colour” is not a part of a mapping"),
        (GOOD + "  recieved_on: Date\n", "5:3: “recieved_on” is not a field of an experience; did"),
        ("title: T\nsource: s\ncolumns:\n  rating: r\n", "which column holds the “answer”"),
        (GOOD + "language: fr\n", "5:11: “fr” is not known here. Known: en, cy, unknown"),
        (GOOD + "keep_no_words: maybe\n", "should be true or false, but is “maybe”"),
        (GOOD + "no_words: none\n", "should be a list, but is “none”"),
        (GOOD + "blank: [1]\n", "should be text, but is the number 1. Put it in quotation marks"),
        (
            GOOD + "values:\n  answer: {a: b}\n",
            "“answer” is not a field whose values can be mapped",
        ),
        (GOOD + "values: 3\n", "should be names with values, but is the number 3"),
        (GOOD + "dates:\n  usual: year first\n", "6:10: “year first” is not known here"),
        (GOOD + "dates:\n  earliest: long ago\n", "“long ago” is not a date"),
        (GOOD + "dates:\n  neighbours: [answer]\n", "“answer” is not known here"),
        (GOOD + "themes: {ticked: [x]}\n", "needs “columns”"),
        (GOOD + "themes: {columns: [{column: x}]}\n", "needs “theme”, or write the column's name"),
    ],
)
def test_a_faulty_mapping_is_told_where_and_why(text: str, said: str, tmp_path: Path) -> None:
    assert said in faults_of(text, tmp_path)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    said = faults_of(GOOD + "colour: red\nlanguage: fr\n", tmp_path)
    assert len(said.splitlines()) == 2


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(MappingError, match=r"did you mean “nhs-fft”.*There are: generic, nhs-fft"):
        find_mapping("nhs-ftf")
    with pytest.raises(MappingError, match="cannot be opened"):
        find_mapping("nowhere.yaml")


def test_the_guide_names_every_part_and_every_field() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "imports.md").read_text(encoding="utf-8")
    assert [word for word in (*PARTS, *FIELDS) if f"`{word}`" not in guide] == []
    for name in shipped_mappings():
        assert f"`{name}`" in guide
