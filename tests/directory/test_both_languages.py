"""What the directory refuses, and what its reports say of rows, is said in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import candour
from candour.directory import names_refused, refused
from candour.directory.errors import DirectoryError
from candour.directory.reading import refused as files_refused
from candour.directory.reading.mapping_files import find_mapping, shipped_mappings
from candour.directory.reading.reasons import WELSH, words_of
from candour.engine.words import Words
from candour.experiences.intake import mapping_files as experiences
from candour.experiences.intake.refused_words import words_of as file_words

ROOM = Path(candour.__file__).parent
# Only a command says these: a path that is typed, and a mapping in a file of one's own.
OF_COMMANDS = ("There is no file", " is a folder.", "may not be read", "is not an ordinary file")
LIMIT = "MB and the limit is"
REFUSALS = (
    refused.over(),
    refused.moved_on(),
    refused.into_itself(),
    refused.why_one(),
    refused.why_two(),
    refused.one_missing(),
    refused.merged_already("Sunnyside"),
    refused.merged_just_now(),
    refused.undone_already(),
    refused.not_two(),
    files_refused.too_large(2, 1),
    files_refused.empty(),
    files_refused.unpaired(3, "why"),
    files_refused.no_workbook("why"),
    files_refused.no_text(3),
    files_refused.column_twice("Name", 3),
    files_refused.no_header("cqc", "Name, Address", 40),
    files_refused.lacks_columns("cqc", [("Name", "Nmae"), ("Address", "")], 3),
    files_refused.no_mapping(["cqc", "ciw"]),
    files_refused.no_rows(3, Words("no name", "dim enw")),
    files_refused.no_rows(3, None),
    files_refused.half_a_file(100, 60),
    names_refused.not_there(),
    names_refused.settled_already("Leads", "Leeds"),
    names_refused.settled_already("Leads", ""),
    names_refused.not_settled("Leads"),
    names_refused.no_body(),
    names_refused.no_name(),
    names_refused.name_taken("Leeds"),
    names_refused.being_taken(),
)


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: str(error)[:30])
def test_each_refusal_is_said_in_both(error: DirectoryError) -> None:
    assert str(error) == error.words.en
    assert error.words.cy
    assert error.words.cy != error.words.en
    for digits in filter(str.isdigit, error.words.en.replace(",", "").split()):
        assert digits in error.words.cy.replace(",", ""), "what it is about stands in both"


def test_whatever_a_report_says_of_rows_is_known_in_welsh() -> None:
    """Every reason in the code that reads rows; a new one without its Welsh is found here."""
    found = list(_texts("directory/reading/rows.py", {"LeftOutError", "note"}))
    assert len(found) > 10
    found += list(_texts("directory/actions.py", {"note"}))
    for reason in found:
        assert words_of(reason).cy, reason
    told = words_of("“Splendid {}” is no rating and was left out")
    assert told.cy == WELSH["“{}” is no rating and was left out"].format("Splendid {}")
    assert words_of("something else") == Words("something else")


def test_whatever_refuses_a_file_of_experiences_is_known_in_welsh() -> None:
    files = [*(ROOM / "experiences").glob("*.py"), *(ROOM / "experiences/intake").rglob("*.py")]
    found = [
        text
        for file in files
        for text in _texts(str(file.relative_to(ROOM)), {"FileRefusedError"})
        if not any(words in text for words in (*OF_COMMANDS, LIMIT))
    ]
    assert len(found) > 10
    for message in found:
        assert file_words(message).cy, message


def _texts(file: str, names: set[str]) -> Iterator[str]:
    """Yield what is given to these calls as a text, with 7 wherever a value goes."""
    for node in ast.walk(ast.parse((ROOM / file).read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        called = node.func.id if isinstance(node.func, ast.Name) else called
        if called in names and (text := _text(node.args[0])):
            yield text


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values
        )
    return ""


def test_every_shipped_mapping_is_called_something_in_both() -> None:
    titles = [find_mapping(name).title for name in shipped_mappings()]
    more = [experiences.find_mapping(name).title for name in experiences.shipped_mappings()]
    assert titles
    assert more
    for title in (*titles, *more):
        assert title.cy
        assert title.cy != title.en
