"""A standing at a moment: moves, what blocks them, what the system does, and the next change."""

import pytest

from candour.engine import SYSTEM, Entry, Refusal, auto_draft, fold, propose
from tests.engine.small import AUTOS, PROCEDURE, at, entry, moved, pattern, standing

PANEL = moved("to_panel", "panel", "2026-03-16")
NO_IMPROVEMENT, CONSIDER = AUTOS


def meetings(*days: str, **data: object) -> list[Entry]:
    return [entry("meeting_held", day, f"ppm{n}", **data) for n, day in enumerate(days, 1)]


def autos(log: list[Entry], when: str) -> list[str]:
    return [auto.id for auto in standing(PANEL, *log).at(at(when)).autos]


def test_moves_from_here_are_open_or_blocked_with_reasons() -> None:
    found = standing(PANEL, *meetings("2026-03-30"), entry("risk_rated", "2026-03-30T11:00"))
    moves = {each.move.id: each for each in found.at(at("2026-03-31")).moves}
    assert set(moves) == {"to_board", "end"}
    (missing,) = moves["to_board"].reasons
    assert missing.text.en == "Every agency rates first. Still missing: Health."
    assert missing.text.cy == "Pob asiantaeth i sgorio. Ar goll: Health."
    assert missing.clauses == ("T-3",)
    assert [reason.text.en for reason in moves["end"].reasons] == [
        "Still to be done first: Letter."
    ]
    assert not moves["end"].is_open


def test_a_move_opens_when_what_blocked_it_is_done() -> None:
    found = standing(PANEL)
    moves = {each.move.id: each.is_open for each in found.at(at("2026-03-31")).moves}
    assert moves == {"to_board": False, "end": True}


def test_duties_come_soonest_first() -> None:
    found = standing(PANEL, *meetings("2026-03-30")).at(at("2026-03-31"))
    assert [each.owed.duty.id for each in found.duties] == ["decisions", "letter", "reconvene"]


def test_the_fourth_meeting_without_improvement_goes_to_the_board() -> None:
    three = meetings("2026-03-30", "2026-04-20", "2026-05-20")
    assert autos(three, "2026-05-21") == []
    four = meetings("2026-03-30", "2026-04-20", "2026-05-20", "2026-06-20")
    assert autos(four, "2026-06-20") == ["no_improvement"]
    better = [*four, entry("meeting_held", "2026-06-21", "x", improvement="sufficient")]
    assert autos(better, "2026-06-22") == []


def test_six_months_from_the_first_meeting_go_to_the_board_by_time_alone() -> None:
    found = standing(PANEL, *meetings("2026-03-30"))
    over = at("2026-10-01")
    assert autos(meetings("2026-03-30"), "2026-09-30T23:59") == []
    assert autos(meetings("2026-03-30"), "2026-10-01") == ["no_improvement"]
    assert found.next_change(at("2026-06-01")) == over
    assert standing(PANEL).next_change(at("2026-06-01")) is None


def test_what_the_system_does_is_an_entry_of_its_own_and_is_done_once() -> None:
    found = standing(PANEL, *meetings("2026-03-30"))
    made = propose(
        found, auto_draft(found, NO_IMPROVEMENT, "auto-1", at("2026-10-01")), at("2026-10-03")
    )
    assert isinstance(made, Entry)
    assert (made.role, made.author, made.refers_to) == (SYSTEM, SYSTEM, (PANEL.id,))
    assert made.data["rationale"] == "No improvement: to the board"
    after = fold(PROCEDURE, [made], onto=found)
    assert after.step == "board"
    assert after.at(at("2026-12-01")).autos == ()


def test_a_suggestion_stays_until_it_is_answered_or_taken_up() -> None:
    cannot = entry("action_progressed", "2026-04-01", cannot_comply=True)
    assert autos([cannot], "2026-04-02") == ["consider_board"]
    assert autos([cannot, entry("suggestion_answered", "2026-04-02")], "2026-04-03") == []
    other = entry("suggestion_answered", "2026-04-02", auto="no_improvement")
    assert autos([cannot, other], "2026-04-03") == ["consider_board"]
    assert autos([cannot, entry("decision_made", "2026-04-02")], "2026-04-03") == []
    unlike = entry("decision_made", "2026-04-02", decision="none")
    assert autos([cannot, unlike], "2026-04-03") == ["consider_board"]


def test_a_suggestion_drafts_what_it_proposes() -> None:
    found = standing(PANEL)
    made = auto_draft(found, CONSIDER, "auto-2", at("2026-04-01"))
    assert made.data == {"decision": "board"}
    before = auto_draft(fold(PROCEDURE, ()), CONSIDER, "auto-3", at("2026-04-01"))
    assert before.refers_to == ()
    refused = propose(fold(PROCEDURE, ()), before, at("2026-04-01"))
    assert isinstance(refused, Refusal)


def test_the_latest_and_the_matching_are_by_order_of_happening() -> None:
    log = meetings("2026-03-30", "2026-04-20")
    found = standing(PANEL, log[1], log[0])
    assert found.matching(pattern("meeting_held")) == log
    assert found.latest(pattern("meeting_held")) == log[1]
    assert found.latest(pattern("visit_made")) is None
    assert found.entry("nothing") is None


@pytest.mark.parametrize(("when", "late"), [("2026-03-31T12:00", 0), ("2026-04-01T12:00", 1)])
def test_the_same_standing_answers_for_any_moment(when: str, late: int) -> None:
    found = standing(PANEL, *meetings("2026-03-30")).at(at(when))
    assert [each.state.value for each in found.duties].count("late") == late
    assert not found.closed
    assert found.step.id == "panel"
