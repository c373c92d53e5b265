"""Agendas: standing headings, each with what is open; and which meetings are owed."""

from dataclasses import replace
from datetime import date

import pytest

from candour.engine import Entry, Standing, Words, fold
from candour.engine.agendas import Point, agenda, next_meetings
from candour.engine.meeting_rules import Brings, Heading, MeetingRule
from candour.engine.plans import Action
from candour.engine.restrictions import Restriction
from tests.engine.small import OPENED, PROCEDURE, at, entry, moved

HEADINGS = tuple(Heading(str(word), Words(str(word)), brings=(word,)) for word in Brings)
BY_ITSELF = replace(PROCEDURE.autos[1], id="by_itself", data={"decision": "none"}, mode="do")
TOWN = replace(
    PROCEDURE,
    autos=(*PROCEDURE.autos, BY_ITSELF),
    meetings={"panel": MeetingRule("panel", agenda=HEADINGS)},
)
LOG = (
    OPENED,
    entry("concern_raised", "2026-03-02T10:00", "concern"),
    moved("to_panel", "panel", "2026-03-16"),
    entry("action_added", "2026-03-17", "early", due_on="2026-06-01", plan="cap"),
    entry("action_added", "2026-03-17", "past", due_on="2026-06-01", plan="cap"),
    entry("action_completed", "2026-03-18", "was done", "past"),
    entry("meeting_held", "2026-03-30T14:00", "first"),
    entry("plan_agreed", "2026-03-31", "cap"),
    entry(
        "evidence_added", "2026-03-31T10:00", "evidence", from_whom="A. Rees", what_it_shows="Gaps."
    ),
    entry("action_added", "2026-03-31", "new", due_on="2026-04-20", plan="cap"),
    entry("action_completed", "2026-04-01", "done", "new"),
    entry("restriction_imposed", "2026-04-01", "whole"),
    entry("action_progressed", "2026-04-02", "told", cannot_comply=True),
)


def case(*more: Entry) -> Standing:
    return fold(TOWN, (*LOG, *more))


def named(point: Point) -> str:
    match point:
        case Action():
            return point.entry.id
        case Restriction():
            return point.imposed_by
        case Entry():
            return point.id
    return point.duty.id if hasattr(point, "duty") else point.id


def test_what_a_meeting_adds_comes_up_at_the_next() -> None:
    sitting = entry("meeting_opened", "2026-04-06T10:00", "sitting", meeting="panel")
    added = entry("action_added", "2026-04-06T10:20", "added", due_on="2026-05-01", plan="cap")
    held = entry("meeting_held", "2026-04-06T10:00", "held", "sitting")

    def last_actions(*more: Entry) -> list[str]:
        items = agenda(case(*more), "panel", at("2026-04-06T12:00"))
        return [
            named(p) for item in items if item.heading.id == "last_actions" for p in item.points
        ]

    assert "added" not in last_actions(sitting, added)
    assert "early" in last_actions(sitting, added)
    assert "added" in last_actions(sitting, added, held)


def brought(heading: str, until: date | None = None) -> list[str]:
    items = agenda(case(), "panel", at("2026-04-03T09:00"), until)
    (item,) = [item for item in items if item.heading.id == heading]
    return [named(point) for point in item.points]


@pytest.mark.parametrize(
    ("heading", "points"),
    [
        ("last_actions", ["early", "new"]),
        ("new_evidence", ["evidence"]),
        ("plans_due", ["progress"]),
        ("restrictions", ["whole"]),
        ("suggestions", ["consider_board"]),
        ("duties", ["decisions", "letter"]),
    ],
)
def test_each_heading_brings_what_is_open(heading: str, points: list[str]) -> None:
    assert brought(heading) == points


def test_only_what_is_due_by_the_meeting_after_comes_up() -> None:
    assert brought("duties", date(2026, 4, 2)) == ["decisions"]
    assert brought("plans_due", date(2026, 4, 2)) == []


def test_before_the_first_meeting_everything_is_new() -> None:
    items = agenda(fold(TOWN, LOG[:6]), "panel", at("2026-03-20"))
    points = {item.heading.id: [named(point) for point in item.points] for item in items}
    assert points["new_evidence"] == ["concern"]
    assert points["last_actions"] == ["early", "past"]


def test_a_meeting_without_a_rule_has_no_agenda() -> None:
    assert agenda(case(), "board", at("2026-04-03")) == ()


def test_the_meetings_that_are_owed_are_named_with_the_duty_that_says_by_when() -> None:
    (found,) = next_meetings(case())
    name, owed = found
    assert (name, owed.duty.id, owed.due.on) == ("panel", "reconvene", date(2026, 5, 11))
