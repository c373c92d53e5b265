"""The published schema: up to date, the reader's own words, and every shipped pack fits it."""

import json

import pytest
from jsonschema import Draft202012Validator

from candour import policies
from candour.engine.fields import FieldType
from candour.engine.vocabulary import KINDS
from candour.policies import schema
from candour.policies.building.conditions import _MAKERS
from candour.policies.calendars import NAMES
from candour.policies.reading.folder import read_pack
from candour.policies.reading.grammar import PACK
from candour.policies.reading.yaml_files import parse
from tests.policies.example import PACK as EXAMPLE
from tests.policies.example import SCENARIO
from tests.policies.test_mutated_packs import plain_example

PUBLISHED = json.loads(schema.PUBLISHED.read_text("utf-8"))
VALIDATOR = Draft202012Validator(PUBLISHED)


def _errors(pack: object) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(pack)]


def test_the_published_schema_is_what_the_grammar_gives() -> None:
    message = "Bring it up to date: python -m candour.policies.reference"
    assert schema.PUBLISHED.read_text("utf-8") == schema.written(), message


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(PUBLISHED)


@pytest.mark.parametrize("name", [*policies.available(), str(EXAMPLE)])
def test_every_pack_fits_it(name: str) -> None:
    root = read_pack(policies.find(name), [])
    assert root is not None
    assert _errors(root.plain()) == []


def test_its_top_level_parts_are_the_readers() -> None:
    assert list(PUBLISHED["properties"]) == [part.name for part in PACK.parts]
    alone = PUBLISHED["then"]["required"]  # with a base, most of it may come from there
    assert alone == [part.name for part in PACK.parts if part.required]
    assert PUBLISHED["required"] == ["procedure", "version", "title"]


def test_its_conditions_are_those_that_are_built() -> None:
    heads = {
        name
        for one in PUBLISHED["$defs"]["condition"]["oneOf"]
        for name in one["properties"]
        if name in _MAKERS
    }
    assert heads == set(_MAKERS)


def test_its_lists_of_words_are_the_engines() -> None:
    fields = PUBLISHED["$defs"]["fields"]["items"]["properties"]
    assert fields["type"]["enum"] == [str(type_) for type_ in FieldType]
    assert PUBLISHED["$defs"]["pattern"]["properties"]["entry"]["enum"] == list(KINDS)
    assert PUBLISHED["properties"]["calendar"]["enum"] == list(NAMES)
    assert list(PUBLISHED["properties"]["fields"]["properties"]) == list(KINDS)


@pytest.mark.parametrize(
    ("trail", "value", "words"),
    [
        (("calendar",), "walse", "is not one of"),
        (("version",), 2026, "is not of type 'string'"),
        (("steps", "ended", "final"), "yes", "is not of type 'boolean'"),
        (("steps", "ended", "title"), {"en": "Ended"}, "'cy' is a required property"),
        (("duties", "answer", "duee"), "same day", "Additional properties are not allowed"),
        (("moves", "to_service", "needs"), [{"recoded": "x"}], "is not valid under any"),
        (("autos", "three_months", "mode"), "maybe", "is not one of"),
    ],
)
def test_it_refuses_what_the_reader_refuses(
    trail: tuple[str, ...], value: object, words: str
) -> None:
    pack = plain_example()
    *way, last = trail
    holder = pack
    for name in way:
        holder = holder[name]
    holder[last] = value
    assert any(words in message for message in _errors(pack))


def test_a_pack_has_its_clauses_or_shares_them() -> None:
    pack = plain_example()
    pack["clauses_from"] = "other"
    assert _errors(pack)
    del pack["clauses"]
    assert _errors(pack) == []


def test_a_scenario_has_a_schema_too() -> None:
    validator = Draft202012Validator(schema.scenario_schema())
    node = parse(SCENARIO.read_text("utf-8"), "scenario", [])
    assert node is not None
    story = node.plain()
    assert list(validator.iter_errors(story)) == []
    story["expect"][0]["laet"] = ["answer"]
    assert [error.message for error in validator.iter_errors(story)]
