"""Decisions as a register tells them; and the words of what was recorded."""

from dataclasses import replace

from candour.engine import Entry, Words, fold
from candour.engine.decisions import decisions
from candour.engine.duties import OpenDuty
from candour.engine.fields import Field, FieldType, Option
from candour.engine.patterns import Pattern, Where
from candour.engine.value_words import value_words
from tests.engine.small import OPENED, PROCEDURE, entry

DECIDED = Pattern("decision_made", (Where("decision", ("activities", "of_our_own")),))
TOLD = Pattern("notice_sent", (Where("notice", ("decision_published",)),))
PUBLISHING = replace(
    next(iter(PROCEDURE.duties.values())),
    id="published",
    starts=(DECIDED,),
    met_by=(TOLD,),
    opens="each",
    only_if=(),
    met_if=(),
    not_owed_when=(),
)
OPTIONS = {
    "decisions": tuple(Option(name, Words(name)) for name in ("activities", "of_our_own", "other")),
    "notices": (Option("decision_published", Words("Published")),),
}
PUBLIC = replace(
    PROCEDURE,
    options={**PROCEDURE.options, **OPTIONS},
    duties={**PROCEDURE.duties, "published": PUBLISHING},
)


def decided(name: str, id_: str) -> Entry:
    return entry("decision_made", "2026-04-01", id_, decision=name, reason="Because.")


def test_a_decision_is_public_by_its_kind_or_because_the_procedure_waits_for_it() -> None:
    log = [OPENED, decided("activities", "a"), decided("of_our_own", "b"), decided("other", "c")]
    told = entry("notice_sent", "2026-04-03", "n", "b", notice="decision_published", to=["All"])
    found = {each.entry.id: each for each in decisions(fold(PUBLIC, [*log, told]))}
    assert {key: each.public for key, each in found.items()} == {"a": True, "b": True, "c": False}
    assert found["c"].owed is None
    assert found["c"].published_at is None
    assert isinstance(found["b"].owed, OpenDuty)
    assert found["b"].published_at == told.happened_at
    assert found["a"].published_at is None


def test_what_is_for_members_alone_is_never_public() -> None:
    hidden = replace(decided("activities", "a"), audience="members")
    (found,) = decisions(fold(PUBLIC, [OPENED, hidden]))
    assert not found.public


def test_values_are_told_by_their_options_and_roles_and_else_as_they_are() -> None:
    chosen = Field(
        "decision",
        FieldType.CHOICES,
        Words("Decision"),
        options=(Option("activities", Words("Activities", "Gweithgareddau")),),
    )
    own = replace(PROCEDURE, extra_fields={"decision_made": (chosen,)})
    role = next(iter(own.roles.values()))
    made = entry("decision_made", "2026-04-01", decision=["activities", role.id, "odd"], reason="")
    assert value_words(own, made, "decision") == (
        Words("Activities", "Gweithgareddau"),
        role.title,
        Words("odd"),
    )
    assert value_words(own, made, "reason") == value_words(own, made, "no such field") == ()


def test_a_case_without_decisions_tells_none() -> None:
    assert decisions(fold(PUBLIC, [OPENED])) == ()
    assert PUBLIC.started_where_met_by("decision_published") == (("published", DECIDED),)
    assert PUBLIC.started_where_met_by("nothing") == ()
