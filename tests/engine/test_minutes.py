"""Minutes: each copy in its versions, which meeting approved them, and what is refused."""

from dataclasses import replace

import pytest

from candour.engine import Entry, Refusal, Standing, Words, fold, propose
from candour.engine.agendas import agenda
from candour.engine.audiences import MEMBERS
from candour.engine.meeting_rules import Brings, Heading, MeetingRule
from candour.engine.minutes import every_minutes, minutes_of, to_approve
from tests.engine.small import OPENED, PROCEDURE, at, draft, entry, moved

HEADINGS = (Heading("minutes", Words("Minutes"), brings=(Brings.MINUTES,)),)
TOWN = replace(PROCEDURE, meetings={"panel": MeetingRule("panel", agenda=HEADINGS)})
HELD = entry("meeting_held", "2026-03-30T14:00", "first")
LATER = entry("meeting_held", "2026-05-11T14:00", "second")


def sent(when: str, id_: str, *refers: str, part: str = "minutes", **data: str) -> Entry:
    return entry("minutes_circulated", when, id_, *refers, part=part, to=["All"], **data)


FULL = sent("2026-04-10", "full", "first", copy="members")
THEIRS = sent("2026-04-10", "theirs", "first", copy="provider")
APPROVED = entry("minutes_approved", "2026-05-11T14:10", "yes", "full")


def case(*more: Entry) -> Standing:
    return fold(TOWN, (OPENED, moved("to_panel", "panel", "2026-03-16"), HELD, *more))


def copies(*more: Entry) -> list[tuple[str, str, list[str], str]]:
    return [
        (m.held.id, m.copy, [v.id for v in m.versions], m.approval.id if m.approval else "")
        for m in every_minutes(case(*more))
    ]


def test_decisions_and_summaries_are_no_minutes_to_approve() -> None:
    early = sent("2026-03-31", "decisions", "first", part="decisions")
    assert copies(early, FULL) == [("first", "members", ["full"], "")]


def test_each_copy_has_its_own_versions() -> None:
    again = sent("2026-04-17", "again", "full", copy="members", corrects="The date of the visit.")
    assert copies(FULL, THEIRS, again) == [
        ("first", "members", ["full", "again"], ""),
        ("first", "provider", ["theirs"], ""),
    ]


def test_minutes_on_paper_that_say_no_meeting_are_of_the_last_before_them() -> None:
    assert copies(sent("2026-04-10", "paper"), LATER) == [("first", "", ["paper"], "")]
    before = sent("2026-03-29", "before")
    assert list(every_minutes(fold(TOWN, (OPENED, before, HELD)))) == []


def test_the_minutes_of_one_meeting() -> None:
    other = sent("2026-05-20", "other", "second", copy="members")
    found = minutes_of(case(FULL, LATER, other), LATER)
    assert [copy.latest.id for copy in found] == ["other"]


def test_a_version_after_the_approval_waits_to_be_approved_again() -> None:
    assert copies(FULL, APPROVED) == [("first", "members", ["full"], "yes")]
    again = sent("2026-05-20", "again", "full", copy="members")
    assert copies(FULL, APPROVED, again) == [("first", "members", ["full", "again"], "")]


def test_the_next_meeting_has_the_latest_version_on_its_agenda_until_it_approves_it() -> None:
    again = sent("2026-04-17", "again", "full", copy="members")
    waiting = case(FULL, again)
    (item,) = agenda(waiting, "panel", at("2026-05-11T14:00"))
    assert [point.id for point in item.points if isinstance(point, Entry)] == ["again"]
    approved = case(FULL, again, entry("minutes_approved", "2026-05-11", "yes", "again"))
    (item,) = agenda(approved, "panel", at("2026-06-22T14:00"))
    assert item.points == ()


def test_no_meeting_approves_its_own_minutes() -> None:
    assert list(to_approve(case(FULL), HELD.happened_at)) == []
    assert [copy.latest.id for copy in to_approve(case(FULL), LATER.happened_at)] == ["full"]


@pytest.mark.parametrize(
    ("standing", "refers", "said"),
    [
        (case(sent("2026-03-31", "early", "first", part="decisions")), "early", "full minutes"),
        (case(FULL, sent("2026-04-17", "again", "full", copy="members")), "full", "later version"),
        (case(FULL, APPROVED), "full", "approved already"),
    ],
)
def test_what_cannot_be_approved(standing: Standing, refers: str, said: str) -> None:
    answer = propose(standing, draft("minutes_approved", "2026-05-12", refers), at("2026-05-12"))
    assert isinstance(answer, Refusal)
    assert said in answer.reasons[0].text.en
    assert answer.reasons[0].text.cy
    assert answer.reasons[0].field == "refers_to"


@pytest.mark.parametrize(
    "data",
    [{"part": "minutes", "copy": "provider"}, {"part": "summary", "copy": "members"}],
)
def test_a_version_replaces_one_of_its_own_copy_only(data: dict[str, str]) -> None:
    made = draft("minutes_circulated", "2026-05-12", "full", to=["All"], **data)
    answer = propose(case(FULL), made, at("2026-05-12"))
    assert isinstance(answer, Refusal)
    assert (answer.reasons[0].field, answer.reasons[0].text.en[:19]) == (
        "copy",
        "A corrected version",
    )


def test_a_good_version_and_its_approval_are_taken() -> None:
    made = draft(
        "minutes_circulated",
        "2026-05-01",
        "full",
        "first",
        to=["All"],
        part="minutes",
        copy="members",
    )
    version = propose(case(FULL), made, at("2026-05-01"))
    assert isinstance(version, Entry)
    assert version.audience == MEMBERS
    approval = draft("minutes_approved", "2026-05-12", version.id)
    assert isinstance(propose(case(FULL, version), approval, at("2026-05-12")), Entry)
