"""Meetings in a log: opened, in parts, attended, finished; who may decide; who may see."""

from dataclasses import replace

import pytest

from candour.engine import Draft, Entry, Procedure, Refusal, Standing, Words, fold, propose
from candour.engine.audiences import EVERYBODY, MEMBERS, audience_of, kept_from_provider
from candour.engine.conditions import (
    Condition,
    DisclaimerTaken,
    InvitesAll,
    PartsKept,
    Quorate,
    Situation,
)
from candour.engine.fields import Option
from candour.engine.meeting_rules import Heading, MeetingRule, Part, Quorum
from candour.engine.meetings import attendance, meetings, open_meeting, part_at, present, said_in
from candour.engine.vocabulary import KINDS
from tests.engine.small import OPENED, PROCEDURE, at, draft, entry

AGENCIES = tuple(
    Option(name, Words(name.capitalize(), f"{name} (cy)")) for name in ("council", "health", "home")
)
RULE = MeetingRule(
    "panel",
    always=("council", "health"),
    second_part_only=("home",),
    quorum=Quorum(2, ("council",)),
    agenda=(Heading("opening", Words("Opening")),),
)
UNRULED = MeetingRule("board")
TOWN = replace(
    PROCEDURE,
    options={**PROCEDURE.options, "agencies": AGENCIES},
    meetings={"panel": RULE, "board": UNRULED},
)
CALL = entry(
    "meeting_called", "2026-03-20", "call", meeting="panel", meets_on="2026-03-30", invited=["All"]
)
SITTING = entry("meeting_opened", "2026-03-30T10:00", "sitting", "call", meeting="panel")
THERE = ["council", "health"]


def there(when: str, *who: str, took: tuple[str, ...] = ()) -> Entry:
    data = {"present": list(who), "people": ["A. Rees"], "acknowledged": list(took)}
    return entry("attendance_taken", f"2026-03-30T{when}", f"there@{when}", "sitting", **data)


def begun(part: str, when: str) -> Entry:
    return entry("meeting_part_begun", f"2026-03-30T{when}", f"{part}@{when}", "sitting", part=part)


HELD = entry("meeting_held", "2026-03-30T10:00", "held", "sitting")


def case(*entries: Entry, procedure: Procedure = TOWN) -> Standing:
    return fold(procedure, (OPENED, CALL, *entries))


def refused(standing: Standing, made: Draft) -> str:
    answer = propose(standing, made, at("2026-03-30T18:00"))
    return str(answer) if isinstance(answer, Refusal) else ""


def unmet(condition: Condition, standing: Standing, made: Draft | None) -> list[str]:
    return [w.en for w in condition.unmet(Situation(standing, at("2026-03-30T12:00"), made))]


DECIDED = draft("decision_made", "2026-03-30T11:00", "sitting")
ELSEWHERE = draft("decision_made", "2026-03-30T11:00")


def test_a_meeting_is_open_until_it_was_held() -> None:
    sitting = open_meeting(case(SITTING))
    assert sitting is not None
    assert (sitting.name, sitting.called, sitting.live) == ("panel", CALL, True)
    assert sitting.began_at == at("2026-03-30T10:00")
    assert open_meeting(case(SITTING, HELD)) is None
    assert open_meeting(case()) is None


def test_meetings_from_paper_stand_beside_those_taken_live_in_the_order_they_began() -> None:
    earlier = entry("meeting_held", "2026-03-25", "paper")
    uncalled = entry("meeting_held", "2026-03-02T10:00", "uncalled")
    found = meetings(case(SITTING, HELD, earlier, uncalled))
    assert [(m.began_by.id, m.called.id if m.called else "") for m in found] == [
        ("uncalled", ""),
        ("paper", "call"),
        ("sitting", "call"),
    ]
    assert [m.live for m in found] == [False, False, True]


def test_it_opens_among_the_members_and_the_provider_joins_the_second_part() -> None:
    standing = case(SITTING, begun("with_provider", "11:00"), begun("members", "12:00"))
    sitting = open_meeting(standing)
    assert sitting is not None
    hours = ("10:30", "11:00", "12:30")
    parts = [part_at(standing, sitting, at(f"2026-03-30T{hour}")) for hour in hours]
    assert parts == [Part.MEMBERS, Part.WITH_PROVIDER, Part.MEMBERS]


def test_a_meeting_without_a_provider_or_without_a_rule_has_no_parts() -> None:
    board = replace(SITTING, data={"meeting": "board"})
    for procedure in (TOWN, replace(TOWN, meetings={})):
        standing = case(board, procedure=procedure)
        sitting = open_meeting(standing)
        assert sitting is not None
        assert part_at(standing, sitting, at("2026-03-30T10:30")) is None


def test_the_latest_attendance_counts() -> None:
    standing = case(SITTING, there("10:05", "council"), there("10:10", *THERE))
    sitting = open_meeting(standing)
    assert sitting is not None
    assert present(attendance(standing, sitting)) == ("council", "health")
    assert present(None) == ()


def test_what_was_said_stands_in_its_part() -> None:
    one = entry("decision_made", "2026-03-30T10:30", "one", "sitting")
    two = entry("decision_made", "2026-03-30T11:30", "two", "sitting")
    aside = entry("decision_made", "2026-03-30T11:40", "aside")
    standing = case(
        SITTING, there("10:05", *THERE), one, begun("with_provider", "11:00"), two, aside, HELD
    )
    (meeting,) = meetings(standing)
    assert [(said.part, said.entry.id) for said in said_in(standing, meeting)] == [
        (Part.MEMBERS, "one"),
        (Part.WITH_PROVIDER, "two"),
    ]


def test_a_line_noted_stands_until_something_is_made_of_it() -> None:
    kept = entry("point_noted", "2026-03-30T10:20", "kept", "sitting", point="Two falls at night.")
    line = entry("point_noted", "2026-03-30T10:21", "line", "sitting", point="Lock the trolley.")
    told = {"by_whom": "Inspectorate", "about": "Nobody fell."}
    shown = entry("disagreement_raised", "2026-03-30T10:40", "shown", "sitting", "kept", **told)
    noted = case(SITTING, kept, line, shown)
    (meeting,) = meetings(noted)
    assert [said.entry.id for said in said_in(noted, meeting)] == ["kept", "line", "shown"]
    made = entry("action_added", "2026-03-30T10:50", "made", "sitting", "line")
    standing = case(SITTING, kept, line, shown, made)
    (meeting,) = meetings(standing)
    assert [said.entry.id for said in said_in(standing, meeting)] == ["kept", "shown", "made"]


def test_what_is_made_of_a_line_of_the_members_part_is_theirs_whenever_it_is_written_out() -> None:
    line = entry("point_noted", "2026-03-30T10:20", "line", "sitting", point="Lock the trolley.")
    within = replace(line, audience=MEMBERS)
    joined = begun("with_provider", "11:00")
    made = draft("action_added", "2026-03-30T11:30", "sitting", "line")
    assert audience_of(case(SITTING, within, joined), made) == MEMBERS
    assert audience_of(case(SITTING, line, joined), made) == EVERYBODY


def test_at_one_minute_what_was_recorded_before_the_provider_joined_was_said_before() -> None:
    one = entry("decision_made", "2026-03-30T11:00", "one", "sitting")
    two = entry("decision_made", "2026-03-30T11:00", "two", "sitting")
    standing = case(SITTING, one, begun("with_provider", "11:00"), two)
    (meeting,) = meetings(standing)
    parts = [said.part for said in said_in(standing, meeting)]
    assert parts == [Part.MEMBERS, Part.WITH_PROVIDER]


def test_of_a_meeting_from_paper_what_followed_on_its_day_belongs_to_it() -> None:
    paper = entry("meeting_held", "2026-03-30T10:00", "paper", meeting="board")
    before = entry("decision_made", "2026-03-30T09:00", "before")
    same_day = entry("decision_made", "2026-03-30T15:00", "same day")
    next_day = entry("decision_made", "2026-03-31T09:00", "next day")
    referring = entry("action_added", "2026-03-31T10:00", "referring", "paper")
    standing = case(before, paper, same_day, next_day, referring)
    (meeting,) = meetings(standing)
    assert [said.entry.id for said in said_in(standing, meeting)] == ["same day", "referring"]


@pytest.mark.parametrize(
    ("log", "made", "words"),
    [
        (
            (SITTING,),
            draft("meeting_opened", "2026-03-30T11:00", "call", meeting="panel"),
            "Another meeting is open",
        ),
        (
            (SITTING, HELD),
            draft("meeting_part_begun", "2026-03-30T11:00", "sitting", part="members"),
            "is not open",
        ),
        ((), draft("meeting_opened", "2026-03-30T11:00", meeting="panel"), "meeting called"),
    ],
)
def test_what_cannot_be_opened_or_gone_on_with(
    log: tuple[Entry, ...], made: Draft, words: str
) -> None:
    assert words in refused(case(*log), made)


def test_opening_asks_at_once_what_holding_it_asks_of_the_record() -> None:
    first = replace(TOWN.gates[0], on=TOWN.gates[1].on)  # needs a rating on record
    strict = replace(TOWN, gates=(first,))
    made = draft("meeting_opened", "2026-03-30T11:00", "call", meeting="panel")
    assert "rating agreed" in refused(case(procedure=strict), made)
    assert not refused(case(), made)  # the chair’s grade is asked when the meeting is recorded


def test_a_quorum_wants_enough_agencies_and_those_named() -> None:
    quorate = Quorate(says=Words("No quorum.", "Dim cworwm."))
    assert unmet(quorate, case(SITTING), DECIDED) == ["No quorum. Not there: Council."]
    alone = case(SITTING, there("10:05", "council"))
    assert unmet(quorate, alone, DECIDED) == ["No quorum. Agencies needed: 2; there: 1."]
    assert unmet(Quorate(), alone, DECIDED) == ["Agencies needed: 2; there: 1."]
    assert not unmet(quorate, case(SITTING, there("10:05", *THERE)), DECIDED)


def test_what_is_made_in_no_meeting_or_one_without_a_quorum_needs_none() -> None:
    board = replace(SITTING, data={"meeting": "board"})
    assert not unmet(Quorate(), case(SITTING), ELSEWHERE)
    assert not unmet(Quorate(), case(SITTING), None)
    assert not unmet(Quorate(), case(board), DECIDED)
    assert not unmet(Quorate(), case(SITTING, procedure=PROCEDURE), DECIDED)


def test_each_who_is_there_acknowledges_the_disclaimer() -> None:
    taken = DisclaimerTaken(says=Words("First the disclaimer."))
    standing = case(SITTING, there("10:05", *THERE, took=("council",)))
    assert unmet(taken, standing, DECIDED) == ["First the disclaimer. Not acknowledged by: Health."]
    whole = case(SITTING, there("10:05", *THERE, took=("council", "health")))
    assert not unmet(taken, whole, DECIDED)
    assert not unmet(taken, standing, ELSEWHERE)
    assert not unmet(taken, case(SITTING), DECIDED)


def test_the_provider_is_not_there_in_the_members_part() -> None:
    kept = PartsKept()
    joining = draft("attendance_taken", "2026-03-30T10:05", "sitting", present=["council", "home"])
    assert unmet(kept, case(SITTING), joining) == ["There too soon: Home."]
    assert not unmet(kept, case(SITTING, begun("with_provider", "10:01")), joining)
    assert not unmet(kept, case(SITTING), ELSEWHERE)
    assert not unmet(kept, case(SITTING), None)


def test_everybody_who_must_be_is_invited() -> None:
    invites = InvitesAll(says=Words("All are invited."))
    calling = draft("meeting_called", "2026-03-20", meeting="panel", agencies_invited=["health"])
    assert unmet(invites, case(), calling) == ["All are invited. Not invited: Council."]
    unruled = draft("meeting_called", "2026-03-20", meeting="cabinet", agencies_invited=[])
    assert not unmet(invites, case(), unruled)
    assert not unmet(invites, case(), None)
    words = invites.unmet(Situation(case(), at("2026-03-21"), calling))[0]
    assert "Heb eu gwahodd: council (cy)." in words.text("cy")
    assert invites.about_draft


def test_what_the_members_say_among_themselves_is_kept_from_the_provider() -> None:
    standing = case(SITTING, begun("with_provider", "11:00"))
    early = draft("decision_made", "2026-03-30T10:30", "sitting")
    late = draft("decision_made", "2026-03-30T11:30", "sitting")
    assert audience_of(standing, early) == MEMBERS
    assert audience_of(standing, late) == EVERYBODY
    assert audience_of(standing, draft("meeting_held", "2026-03-30T10:30", "sitting")) == EVERYBODY
    assert audience_of(standing, draft("decision_made", "2026-03-30T10:30")) == EVERYBODY
    own = replace(late, audience="legal")
    assert audience_of(standing, own) == "legal"


def test_a_copy_of_minutes_and_a_correction_carry_the_audience_of_what_they_are_about() -> None:
    copied = draft("minutes_circulated", "2026-04-01", part="minutes", copy="members")
    assert audience_of(case(), copied) == MEMBERS
    secret = replace(
        entry("decision_made", "2026-03-30T10:30", "secret", "sitting"), audience=MEMBERS
    )
    standing = case(SITTING, secret)
    assert audience_of(standing, draft("correction_made", "2026-03-31", "secret")) == MEMBERS
    of_both = draft("correction_made", "2026-03-31", "call", "secret")
    assert audience_of(standing, of_both) == MEMBERS, "whichever it names first"
    assert audience_of(standing, draft("correction_made", "2026-03-31", "call")) == EVERYBODY
    assert audience_of(standing, draft("correction_made", "2026-03-31")) == EVERYBODY
    called = replace(
        entry("ratings_called", "2026-03-30T10:30", "round", agencies=["council"]), audience=MEMBERS
    )
    sealed = entry("rating_sealed", "2026-03-30T10:31", "sealed", "round", agency="council")
    sealed = replace(sealed, data={**sealed.data, "commitment": "0"}, audience=MEMBERS)
    rating = case(SITTING, called, sealed)
    for kind, about in (
        ("rating_sealed", "round"),
        ("ratings_opened", "round"),
        ("risk_rated", "sealed"),
    ):
        assert audience_of(rating, draft(kind, "2026-03-31", about)) == MEMBERS
    within = draft("risk_rated", "2026-03-30T10:35", "sitting")
    assert audience_of(rating, within) == MEMBERS, "said aloud in the members’ part"
    assert audience_of(rating, draft("risk_rated", "2026-03-31")) == EVERYBODY
    assert kept_from_provider(secret)
    assert not kept_from_provider(CALL)


def test_the_log_keeps_the_audience() -> None:
    standing = case(SITTING, there("10:05", *THERE, took=("council", "health")))
    made = propose(
        standing,
        draft("decision_made", "2026-03-30T10:30", "sitting", role="chair"),
        at("2026-03-30T10:31"),
    )
    assert isinstance(made, Entry)
    assert made.audience == MEMBERS


def test_a_kind_about_another_that_is_not_offered_is_not_offered() -> None:
    hidden = replace(TOWN, hides=("meeting_called",))
    assert "meeting_opened" in TOWN.kinds
    assert {"meeting_opened", "meeting_part_begun", "attendance_taken"} <= set(KINDS)
    assert not {"meeting_opened", "meeting_part_begun", "attendance_taken"} & set(hidden.kinds)
