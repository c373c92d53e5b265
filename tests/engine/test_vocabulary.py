"""The closed vocabulary, its typed fields, and how entries are written down."""

import pytest

from candour.engine import MalformedEntry, Words, canonical, from_payload, payload
from candour.engine.fields import (
    Field,
    FieldType,
    Needed,
    Option,
    as_values,
    blank,
    is_needed,
    problems,
)
from candour.engine.kinds import Kind
from candour.engine.vocabulary import GROUPS, KINDS, MOVING
from tests.engine.small import PROCEDURE, entry, small

TITLE = Words("Label")
A_B = (Option("a", Words("A")), Option("b", Words("B")))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_is_whole_in_both_languages(kind: Kind) -> None:
    assert kind.name in KINDS
    assert kind.group in GROUPS
    assert kind.title.en
    assert kind.title.cy
    assert kind.describes.endswith(".")
    assert len({field.name for field in kind.fields}) == len(kind.fields)
    assert all(field.label.en and field.label.cy for field in kind.fields)
    assert set(kind.refers) <= set(KINDS)
    for field in kind.fields:
        choice = field.type in (FieldType.CHOICE, FieldType.CHOICES)
        assert choice == bool(field.options or field.options_list), field.name


def test_the_moving_kinds_name_their_move_and_step() -> None:
    for name in MOVING:
        assert {"move", "step"} <= {field.name for field in KINDS[name].fields}


@pytest.mark.parametrize(
    ("type_", "good", "bad", "says"),
    [
        (FieldType.LINE, "one", "two\nlines", "must be one line"),
        (FieldType.LINE, "one", 7, "must be text"),
        (FieldType.LINE, "x" * 300, "x" * 301, "the most is 300"),
        (FieldType.TEXT, "two\nlines", "nul\x00", "cannot be kept"),
        (FieldType.CHOICE, "a", "c", "“c” is not one of: a, b."),
        (FieldType.CHOICES, ["a", "b"], ["a", "c"], "“c” is not one of"),
        (FieldType.CHOICES, ("a",), "a", "must be a list of choices"),
        (FieldType.YES_NO, True, "yes", "must be yes or no"),
        (FieldType.WHOLE, 3, -1, "must be a whole number"),
        (FieldType.WHOLE, 0, True, "must be a whole number"),
        (FieldType.DATE, "2026-03-30", "2026-02-30", "must be a real date"),
        (FieldType.DATE, "2026-03-30", "20260330", "must be a real date"),
        (FieldType.DATE, "2026-03-30", 20260330, "must be a real date"),
        (FieldType.MOMENT, "2026-03-30T10:00+01:00", "2026-03-30T10:00", "with its offset"),
        (FieldType.MOMENT, "2026-03-30T10:00+01:00", None.__class__, "with its offset"),
        (FieldType.TIME, "14:30", "14:60", "must be a time of day"),
        (FieldType.TIME, "00:00", "2pm", "must be a time of day"),
        (FieldType.TIME, "09:05", 905, "must be a time of day"),
        (FieldType.TIME, "09:05", "09:05:00", "must be a time of day"),
        (FieldType.TEXT, "Llŷr 👍", "half \ud83d", "cannot be kept"),
        (FieldType.CHOICE, "a", "c" * 5_000, f"“{'c' * 60}…” is not one of"),
        (FieldType.CHOICE, "b", [["b"]], "“list” is not one of"),
        (FieldType.CHOICE, "b", "\ud83d", "“?” is not one of"),
        (FieldType.CHOICES, ["a"] * 1_000, ["a"] * 1_001, "1,001 items; the most is 1,000"),
        (FieldType.LINES, ["a"] * 1_000, ["a"] * 1_001, "1,001 items; the most is 1,000"),
        (FieldType.WHOLE, 10**15 - 1, 10**15, "is more than 999,999,999,999,999"),
        (FieldType.DATE, "2026-03-30", " ", "must be a real date"),
        (FieldType.LINES, ["a"], "a", "must be a list"),
        (FieldType.LINES, ["a"], [7], "must be text"),
        (FieldType.ROLE, "a", "z", "is not one of"),
        (FieldType.CHANGES, {"a": 1}, {1: 1}, "must name the fields"),
    ],
)
def test_a_value_fits_its_type_or_is_told_why_not(
    type_: FieldType, good: object, bad: object, says: str
) -> None:
    field = Field("f", type_, TITLE, options=A_B)
    assert problems({"f": good}, [field]) == []
    (problem,) = problems({"f": bad}, [field])
    assert says in problem.message
    assert problem.field == "f"


def test_a_needed_field_is_asked_for_and_a_stray_one_is_named() -> None:
    fields = [
        Field("informed", FieldType.YES_NO, Words("Informed?")),
        Field("why", FieldType.TEXT, Words("Why"), needed_when=Needed("informed", (False,))),
    ]
    assert problems({"informed": True}, fields) == []
    assert problems({}, fields) == []
    assert [p.field for p in problems({"informed": False}, fields)] == ["why"]
    assert problems({"wy": "x"}, fields)[0].message == (
        "“wy” is not a field of this entry. Did you mean “why”?"
    )


@pytest.mark.parametrize("value", [None, "", "  ", [], ()])
def test_blanks(value: object) -> None:
    assert blank(value)


@pytest.mark.parametrize("value", [0, False, "x", ["x"]])
def test_not_blanks(value: object) -> None:
    assert not blank(value)


def test_values_of_a_field() -> None:
    assert as_values(None) == ()
    assert as_values(["a"]) == ("a",)
    assert as_values("a") == ("a",)


def test_a_procedure_fills_in_its_options_and_its_own_fields() -> None:
    kind = PROCEDURE.kind("case_opened")
    names = [field.name for field in kind.fields]
    assert names[0] == "title", "its own field stands where the one of that name stood"
    assert kind.fields[0].label.en == "Short title"
    assert "at_risk" in names
    meeting = {field.name: field for field in PROCEDURE.kind("meeting_held").fields}
    assert [option.id for option in meeting["chair_role"].options] == ["officer", "chair", "head"]


def test_a_kind_without_options_or_hidden_is_not_offered_but_is_still_known() -> None:
    assert "contact_made" not in PROCEDURE.kinds, "it supplies no purposes"
    assert "staff_deployed" not in PROCEDURE.kinds, "it is hidden"
    assert PROCEDURE.kind("staff_deployed").name == "staff_deployed"
    concern = {field.name for field in PROCEDURE.kind("concern_raised").fields}
    assert "about" not in concern, "an optional choice without options is left out"


def test_an_entry_is_written_and_read_back_the_same() -> None:
    there = entry("meeting_held", "2026-03-30T10:00", "m", "open", notes="Dŵr — ‘glân’")
    assert from_payload(payload(there)) == there
    assert canonical(from_payload(payload(there))) == canonical(there)
    assert b'"audience":"case","author":"a","body":"","data":{"attended":' in canonical(there)
    assert "Dŵr — ‘glân’".encode() in canonical(there)


@pytest.mark.parametrize("change", [{"kind": None, "extra": 1}, {"happened_at": "soon"}])
def test_what_is_not_an_entry_is_not_read(change: dict[str, object]) -> None:
    with pytest.raises(MalformedEntry, match="cannot be read"):
        from_payload({**payload(entry("visit_made", "2026-03-30")), **change})


def test_a_payload_with_a_part_missing_is_not_read() -> None:
    with pytest.raises(MalformedEntry, match="happened_at"):
        from_payload({"id": "x"})


def test_words_fall_back_to_english() -> None:
    assert Words("Yes", "Ydw").text("cy") == "Ydw"
    assert Words("Yes").text("cy") == "Yes"
    assert str(Words("Yes", "Ydw")) == "Yes"


def test_two_readings_of_a_procedure_are_equal() -> None:
    assert small() == PROCEDURE


def test_what_nothing_asks_for_is_not_needed() -> None:
    assert not is_needed(Field("f", FieldType.LINE, TITLE), {"f": {}})
