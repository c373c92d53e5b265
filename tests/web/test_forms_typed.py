"""Forms made from kinds: what is shown reads back, and what is wrong is said in plain words."""

from typing import Any

import pytest

from candour import policies
from candour.engine.fields import Field, FieldType, Needed, Option
from candour.engine.kinds import Kind
from candour.engine.words import Words
from candour.web.forms.controls import as_typed, control, shape_of
from candour.web.forms.reading import read

VALUES: dict[FieldType, Any] = {
    FieldType.LINE: "One line with ŵ and ŷ",
    FieldType.TEXT: "Two lines\nof words",
    FieldType.YES_NO: False,
    FieldType.WHOLE: 12,
    FieldType.DATE: "2026-03-30",
    FieldType.MOMENT: "2026-03-30T13:00:00+00:00",
    FieldType.TIME: "14:30",
    FieldType.LINES: ["One agency", "Another, with a comma"],
}
RESERVED = {"key", "seq", "csrfmiddlewaretoken"}


def kinds() -> list[Any]:
    return [
        pytest.param(kind, id=f"{name}-{kind.name}")
        for name in policies.available()
        for kind in policies.load(name).kinds.values()
    ]


def value_of(known: Field) -> Any:
    if known.type is FieldType.CHOICES:
        return [option.id for option in known.options]
    return VALUES.get(known.type) if known.type in VALUES else known.options[-1].id


@pytest.mark.parametrize("kind", kinds())
def test_every_form_reads_back_what_it_shows(kind: Kind) -> None:
    fields = [known for known in kind.fields if known.type is not FieldType.CHANGES]
    data = {known.name: value_of(known) for known in fields}
    reading = read(fields, as_typed(fields, data))
    assert reading.faults == {}
    assert reading.data == data


@pytest.mark.parametrize("kind", kinds())
def test_every_empty_form_says_what_is_needed_and_nothing_else(kind: Kind) -> None:
    fields = [known for known in kind.fields if known.type is not FieldType.CHANGES]
    reading = read(fields, {})
    assert reading.data == {}
    assert set(reading.faults) == {known.name for known in fields if known.required}
    assert all(": " in words for words in reading.faults.values())


@pytest.mark.parametrize("kind", kinds())
def test_no_field_takes_a_name_that_every_form_uses(kind: Kind) -> None:
    names = {known.name for known in kind.fields}
    assert not names & RESERVED
    assert not any(name.startswith("entry-") or "-" in name for name in names)


def field(type_: FieldType, **more: Any) -> Field:
    return Field("known", type_, Words("What it is", "Beth ydyw"), **more)


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option(f"o{n}", Words(f"Option {n}")) for n in range(count))


def test_up_to_seven_options_are_radios_and_more_are_a_list() -> None:
    assert shape_of(field(FieldType.CHOICE, options=options(7))) == "radios"
    assert shape_of(field(FieldType.CHOICE, options=options(8))) == "select"


@pytest.mark.parametrize(
    ("known", "typed", "words"),
    [
        (field(FieldType.WHOLE), "seven", "What it is: must be a whole number, 0 or more"),
        (field(FieldType.TIME), "teatime", "What it is: must have a time like 14:30"),
        (field(FieldType.LINE), "x" * 301, "What it is: is 301 characters long; the most is 300"),
        (field(FieldType.YES_NO), "perhaps", "What it is: must be yes or no"),
        (field(FieldType.CHOICE, options=options(2)), "o9", "“o9” is not one of: o0, o1"),
    ],
)
def test_wrong_values_are_kept_and_explained(known: Field, typed: str, words: str) -> None:
    reading = read([known], {"known": [typed]})
    assert words in reading.faults["known"]
    assert control(known, {"known": [typed]}).value == typed


def test_a_wrong_day_is_kept_as_it_was_typed() -> None:
    typed = {"known-day": ["31"], "known-month": ["2"], "known-year": ["2026"]}
    known = field(FieldType.DATE, required=True)
    assert read([known], typed).faults == {
        "known": "What it is: must be a real day, like 30 3 2026"
    }
    assert control(known, typed).parts["day"] == "31"


def test_numbers_may_have_commas() -> None:
    assert read([field(FieldType.WHOLE)], {"known": ["1,250"]}).data == {"known": 1250}


def test_a_field_that_another_makes_needed_says_when() -> None:
    first = Field("first", FieldType.YES_NO, Words("Was it so?"))
    known = field(FieldType.LINE, needed_when=Needed("first", (True,)))
    hint = control(known, {}, beside=[first, known]).hint
    assert hint == "Needed when “Was it so?” is: Yes"
    assert "known" in read([first, known], {"first": ["yes"]}).faults
    assert read([first, known], {"first": ["no"]}).faults == {}
