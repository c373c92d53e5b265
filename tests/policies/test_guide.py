"""The guide to writing procedures is complete and up to date, and its example is sound."""

import re
from collections.abc import Iterator

import pytest

from candour.engine.clocks import Clock
from candour.engine.fields import FieldType
from candour.engine.vocabulary import KINDS
from candour.policies import lint_pack, read, reference, schema
from candour.policies.calendars import NAMES
from candour.policies.faults import Fault
from candour.policies.reading.conditions import HEADS
from candour.policies.reading.yaml_files import parse
from candour.policies.scenarios.grammar import ENTRY, EXPECTATION, SCENARIO
from tests.policies.example import PACK

GUIDE = reference.GUIDE.read_text("utf-8")


def test_its_generated_parts_are_up_to_date() -> None:
    assert reference.filled(GUIDE) == GUIDE, "Run: python -m candour.policies.reference"


def test_every_generated_part_stands_in_it() -> None:
    assert set(re.findall(r"<!-- generated: (\w+) -->", GUIDE)) == set(reference.SECTIONS)


def _properties(part: object) -> Iterator[str]:
    """Yield every name of a part in the schema, at any depth."""
    if isinstance(part, dict):
        for name, item in part.items():
            if name == "properties":
                yield from item
            yield from _properties(item)
    elif isinstance(part, list):
        for item in part:
            yield from _properties(item)


def test_it_names_every_part_of_a_pack() -> None:
    names = set(_properties(schema.pack_schema()))
    assert {name for name in names if f"`{name}`" not in GUIDE} == set()


def test_it_names_every_part_of_a_scenario() -> None:
    names = {part.name for group in (SCENARIO, ENTRY, EXPECTATION) for part in group.parts}
    assert {name for name in names if f"`{name}`" not in GUIDE} == set()


@pytest.mark.parametrize("words", [list(KINDS), list(HEADS), list(FieldType), list(NAMES)])
def test_it_names_every_kind_condition_field_type_and_calendar(words: list[str]) -> None:
    assert [word for word in words if f"`{word}`" not in GUIDE] == []


def test_every_list_that_a_field_asks_for_is_named() -> None:
    asked = {known.options_list for kind in KINDS.values() for known in kind.fields} - {""}
    assert [name for name in sorted(asked) if f"| `{name}` |" not in GUIDE] == []


def test_every_clock_in_its_table_can_be_counted() -> None:
    table = GUIDE.split("## Clocks")[1].split("## Fields")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    words = [word for row in rows for word in re.findall(r"`([^`]+)`", row.split("|")[1])]
    clocks = [word for word in words if word not in ("following", "of")]
    assert len(clocks) >= 12
    for clock in clocks:
        Clock.parse(clock)


def test_its_links_lead_somewhere() -> None:
    folder = reference.GUIDE.parent
    for target in re.findall(r"\]\(([^)#]+)\)", GUIDE):
        assert (folder / target).exists(), target
    headings = (line.lstrip("# ") for line in GUIDE.splitlines() if line.startswith("#"))
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert [a for a in re.findall(r"\]\(#([^)]+)\)", GUIDE) if a not in anchors] == []


def test_its_example_is_sound_and_on_one_page() -> None:
    reading = read(PACK)
    assert (reading.faults, lint_pack(reading)) == ((), [])
    lines = (PACK / "procedure.yaml").read_text("utf-8").splitlines()
    assert len(lines) <= 150


def test_the_pieces_of_packs_in_it_are_read_as_yaml() -> None:
    faults: list[Fault] = []
    pieces = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    assert len(pieces) >= 3
    for piece in pieces:
        assert parse(piece, "guide", faults) is not None
    assert faults == []
