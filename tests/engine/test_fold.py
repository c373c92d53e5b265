"""What entries come to: steps, duties, restrictions, clocks and corrections."""

from dataclasses import replace
from datetime import date

import pytest

from candour.engine import (
    BrokenLog,
    DutyState,
    Entry,
    MalformedEntry,
    Standing,
    UnknownKind,
    Words,
    fold,
)
from candour.engine.conditions import RestrictionInForce
from candour.engine.duties import LONGEST_ABOUT
from tests.engine.small import OPENED, PROCEDURE, at, due, duty, entry, moved, pattern, standing

PANEL = moved("to_panel", "panel", "2026-03-16")
MEETING = entry("meeting_held", "2026-03-30T10:00", "ppm1")


def state(found: Standing, duty: str, when: str) -> list[DutyState]:
    moment = at(when)
    return [owed.state(moment) for owed in found.duties.values() if owed.duty.id == duty]


def test_an_empty_log_stands_at_the_first_step_with_nothing_owed() -> None:
    empty = fold(PROCEDURE, ())
    assert (empty.step, empty.step_since, empty.opened_at) == ("intake", None, None)
    assert not list(empty.owed())
    assert not empty.at(at("2026-03-30")).autos


def test_opening_and_moving_show_where_the_case_is_and_since_when() -> None:
    found = standing(PANEL)
    assert found.step == "panel"
    assert found.step_since == at("2026-03-16")
    assert [taken.step for taken in found.path] == ["intake", "panel"]


def test_a_meeting_before_easter_starts_three_clocks() -> None:
    found = standing(PANEL, MEETING)
    assert due(found, "decisions") == [date(2026, 3, 31)]
    assert due(found, "letter") == [date(2026, 4, 8)]
    assert due(found, "reconvene") == [date(2026, 5, 11)]


def test_a_duty_is_open_then_late_then_met_late() -> None:
    found = standing(MEETING)
    assert state(found, "decisions", "2026-03-31T23:59") == [DutyState.OPEN]
    assert state(found, "decisions", "2026-04-01T00:00") == [DutyState.LATE]
    late = standing(MEETING, entry("minutes_circulated", "2026-04-02"))
    assert state(late, "decisions", "2026-04-03") == [DutyState.MET_LATE]
    prompt = standing(MEETING, entry("minutes_circulated", "2026-03-31T16:00"))
    assert state(prompt, "decisions", "2026-04-03") == [DutyState.MET]


def test_a_duty_with_two_parts_is_met_by_both() -> None:
    one = standing(MEETING, entry("notice_sent", "2026-04-01"))
    assert due(one, "letter")
    both = standing(
        MEETING,
        entry("notice_sent", "2026-04-01"),
        entry("notice_sent", "2026-04-02", notice="copy"),
    )
    assert not due(both, "letter")
    assert len(both.duties["letter:ppm1:1"].met_by) == 2


def test_an_entry_meets_only_the_meeting_it_refers_to() -> None:
    second = entry("meeting_held", "2026-04-20", "ppm2")
    found = standing(MEETING, second, entry("minutes_circulated", "2026-04-21", "m", "ppm2"))
    assert due(found, "decisions") == [date(2026, 3, 31)]
    again = entry("minutes_circulated", "2026-04-22", "m2", "ppm2")
    assert due(fold(PROCEDURE, [again], onto=found), "decisions") == [date(2026, 3, 31)]
    loose = entry("minutes_circulated", "2026-04-22", "m3", "open")
    assert due(fold(PROCEDURE, [loose], onto=found), "decisions") == []


def test_only_the_first_meeting_has_to_reconvene_and_the_second_does() -> None:
    found = standing(MEETING, entry("meeting_held", "2026-04-20", "ppm2"))
    assert due(found, "reconvene") == []
    assert [key for key in found.duties if key.startswith("reconvene")] == ["reconvene:ppm1:1"]


def test_hours_run_through_the_night_the_clocks_go_forward() -> None:
    found = standing(
        entry("concern_raised", "2026-03-28T14:00", "c", seriousness="serious_risk_of_harm")
    )
    owed = found.duties["referral:c:1"]
    assert owed.due.moment == at("2026-03-29T15:00")
    assert owed.state(at("2026-03-29T15:00")) is DutyState.OPEN
    assert found.next_change(at("2026-03-29T10:00")) == owed.turns_late_at()
    assert owed.turns_late_at() > at("2026-03-29T15:00")  # type: ignore[operator]


def test_restarting_replaces_what_was_owed() -> None:
    found = standing(
        entry("concern_raised", "2026-03-10T10:00", "c1", seriousness="serious_risk_of_harm"),
        entry("concern_raised", "2026-03-12T10:00", "c2", seriousness="serious_risk_of_harm"),
    )
    assert due(found, "visit") == [date(2026, 3, 12)]
    assert state(found, "visit", "2026-03-13") == [DutyState.ENDED, DutyState.LATE]


def test_a_visit_dated_without_a_time_counts_on_its_day() -> None:
    concern = entry("concern_raised", "2026-03-10T10:00", seriousness="serious_risk_of_harm")
    assert not due(standing(entry("visit_made", "2026-03-10"), concern), "visit")
    assert due(standing(entry("visit_made", "2026-03-10T08:00"), concern), "visit")
    two = [entry("visit_made", "2026-03-10", id_) for id_ in ("v1", "v2")]
    twice = standing(*two, concern).duties["visit:concern_raised@2026-03-10T10:00:1"]
    assert twice.met_by == ("v2",), "once is enough"
    # Where hours count, a date alone proves nothing about the hour.
    assert due(standing(entry("referral_made", "2026-03-10"), concern), "referral")


def test_a_monthly_report_comes_round_from_its_anchor_until_the_plan_ends() -> None:
    plan = entry("plan_agreed", "2026-01-31", "plan")
    assert due(standing(plan), "progress") == [date(2026, 2, 28)]
    early = entry("action_progressed", "2026-02-10")
    assert due(standing(plan, early), "progress") == [date(2026, 3, 31)]
    late = entry("action_progressed", "2026-05-05")
    assert due(standing(plan, late), "progress") == [date(2026, 5, 31)]
    other = entry("plan_signed_off", "2026-05-06", plan="dap")
    assert due(standing(plan, late, other), "progress") == [date(2026, 5, 31)]
    done = entry("plan_signed_off", "2026-05-06")
    assert due(standing(plan, late, done), "progress") == []


def test_an_early_report_does_not_skip_the_month_that_follows() -> None:
    plan = entry("plan_agreed", "2026-01-31", "plan")
    two = [entry("action_progressed", "2026-02-10"), entry("action_progressed", "2026-02-12")]
    assert due(standing(plan, *two), "progress") == [date(2026, 4, 30)]


def test_an_answer_runs_from_receipt_or_by_the_date_that_was_set() -> None:
    asked = entry("recommendation_issued", "2025-12-05", "r", received_on="2026-03-23")
    assert due(standing(asked), "answer") == [date(2026, 4, 21)]
    sooner = entry("recommendation_issued", "2026-03-20", "r", respond_by="2026-03-27")
    found = standing(sooner)
    assert due(found, "answer") == [date(2026, 3, 27)]
    assert found.duties["answer:r:1"].proof() is None
    met = standing(asked, entry("response_received", "2026-03-10"))
    assert met.duties["answer:r:1"].met_at == at("2026-03-23")


def test_every_date_has_its_proof() -> None:
    proof = standing(MEETING).duties["letter:ppm1:1"].proof()
    assert proof is not None
    assert [day.reason for day in proof.days if not day.counted] == [
        "Good Friday",
        "Saturday",
        "Sunday",
        "Easter Monday",
    ]


def test_an_extension_moves_the_date_and_says_by_which_entry() -> None:
    found = standing(MEETING, entry("timescale_extended", "2026-03-31", "x"))
    assert due(found, "decisions") == [date(2026, 4, 10)]
    assert found.duties["decisions:ppm1:1"].fixed_by == "x"


def test_a_pause_stops_a_clock_and_pushes_it_on_when_it_ends() -> None:
    paused = entry("clock_paused", "2026-03-31T09:00", duty="letter")
    found = standing(MEETING, paused)
    assert due(found, "letter") == [None]
    assert state(found, "letter", "2026-06-01") == [DutyState.PAUSED]
    assert due(found, "decisions") == [date(2026, 3, 31)]
    assert found.at(at("2026-04-05")).duties[-1].owed.duty.id == "letter"
    resumed = entry("clock_resumed", "2026-04-01T09:00", duty="letter")
    again = standing(MEETING, paused, resumed)
    assert due(again, "letter") == [date(2026, 4, 10)]
    proof = again.duties["letter:ppm1:1"].proof(again.pauses_of("letter"))
    assert proof is not None
    assert proof.due == again.duties["letter:ppm1:1"].due


def test_a_pause_of_everything_holds_what_is_opened_under_it_but_no_fixed_date() -> None:
    fixed = entry("timescale_extended", "2026-03-31", "x")
    found = standing(
        MEETING,
        fixed,
        entry("clock_paused", "2026-03-31T10:00"),
        entry("plan_agreed", "2026-04-02"),
    )
    assert due(found, "decisions") == [date(2026, 4, 10)]
    assert due(found, "progress") == [None]
    resumed = fold(PROCEDURE, [entry("clock_resumed", "2026-04-12")], onto=found)
    assert due(resumed, "progress") == [date(2026, 5, 11)], "nine of its days did not count"


def test_resuming_another_clock_leaves_a_pause_alone() -> None:
    found = standing(
        MEETING,
        entry("clock_paused", "2026-03-31T09:00", duty="letter"),
        entry("clock_resumed", "2026-04-01", duty="decisions"),
    )
    assert due(found, "letter") == [None]


def test_a_paused_repeating_duty_waits_for_its_next_time() -> None:
    found = standing(
        entry("plan_agreed", "2026-01-31", "plan"),
        entry("clock_paused", "2026-02-10"),
        entry("action_progressed", "2026-02-11"),
    )
    assert due(found, "progress") == [None]


def test_restrictions_are_imposed_reviewed_and_lifted() -> None:
    whole = entry("restriction_imposed", "2026-03-31", "whole")
    part = entry("restriction_imposed", "2026-04-01", "part", restriction="part")
    found = standing(whole, part, entry("restriction_reviewed", "2026-04-10", "rv", "part"))
    assert [(r.restriction, r.reviewed_at) for r in found.restrictions] == [
        ("whole", None),
        ("part", at("2026-04-10")),
    ]
    everything = fold(PROCEDURE, [entry("restriction_reviewed", "2026-04-11")], onto=found)
    assert all(r.reviewed_at == at("2026-04-11") for r in everything.restrictions)
    lifted = fold(PROCEDURE, [entry("restriction_lifted", "2026-04-12", "l", "whole")], onto=found)
    assert [r.restriction for r in lifted.restrictions] == ["part"]


def test_closing_ends_what_does_not_outlive_the_case_and_reopening_comes_back() -> None:
    concern = entry("concern_raised", "2026-03-30", seriousness="serious_risk_of_harm")
    closed = standing(concern, MEETING, entry("case_closed", "2026-03-30T18:00"))
    assert closed.closed
    assert [owed.duty.id for owed in closed.owed()] == ["referral"]
    assert state(closed, "decisions", "2026-06-01") == [DutyState.ENDED]
    assert closed.next_change(at("2027-01-01")) is None
    again = fold(PROCEDURE, [entry("case_reopened", "2026-05-01")], onto=closed)
    assert (again.closed, again.step) == (False, "panel")


def test_paper_that_arrives_late_finds_its_place() -> None:
    board = moved("to_board", "board", "2026-05-01", rationale="It did not improve at all.")
    minutes = entry("minutes_circulated", "2026-03-31T09:00")
    found = standing(PANEL, board, minutes, MEETING)
    assert found.step == "board"
    assert found.duties["decisions:ppm1:1"].met_at == at("2026-03-31T09:00")


def test_a_correction_moves_a_meeting_and_everything_that_follows_from_it() -> None:
    correction = entry(
        "correction_made", "2026-04-02", "c", "ppm1", happened_at=at("2026-03-31T10:00").isoformat()
    )
    found = standing(MEETING, correction)
    assert due(found, "decisions") == [date(2026, 4, 1)]
    assert found.entry("ppm1") == MEETING, "what was recorded is never altered"
    values = entry("correction_made", "2026-04-02", "c", "ppm1", changes={"meeting": "board"})
    assert due(standing(MEETING, values), "decisions") == []


def test_a_withdrawn_entry_has_no_effect_and_a_withdrawn_withdrawal_brings_it_back() -> None:
    withdrawal = entry("correction_made", "2026-04-02", "c1", "ppm1", withdraws=True)
    assert due(standing(MEETING, withdrawal), "decisions") == []
    undone = entry("correction_made", "2026-04-03", "c2", "c1", withdraws=True)
    assert due(standing(MEETING, withdrawal, undone), "decisions") == [date(2026, 3, 31)]
    late = entry("correction_made", "2026-04-03", "c3", "ppm1", changes={"meeting": "board"})
    assert due(standing(MEETING, withdrawal, late), "decisions") == []


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        (entry("meating_held", "2026-03-30"), UnknownKind, "Did you mean “meeting_held”"),
        (entry("meeting_held", "2026-03-30", meeting="pannel"), MalformedEntry, "“panel”"),
        (entry("visit_made", "2026-03-30", visitor=["x"]), MalformedEntry, "“visitors”"),
        (entry("visit_made", "2026-03-30", findings=" "), MalformedEntry, "this is needed"),
        (OPENED, BrokenLog, "an id is used once"),
        (entry("visit_made", "2026-03-30", "v", "nothing"), BrokenLog, "refers to nothing"),
    ],
)
def test_what_cannot_be_in_a_log_is_refused_with_a_message(
    wrong: Entry, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        standing(wrong)


def test_a_first_time_counts_anew_from_the_latest_move() -> None:
    again = replace(PROCEDURE.duties["reconvene"], first_since=pattern("step_entered"))
    procedure = replace(PROCEDURE, duties={**PROCEDURE.duties, "reconvene": again})
    log = (OPENED, PANEL, MEETING, entry("meeting_held", "2026-04-20"))
    assert due(fold(procedure, log), "reconvene") == []
    back = moved("to_panel", "panel", "2026-06-01")
    later = fold(procedure, (*log, back, entry("meeting_held", "2026-06-08", "m3")))
    assert due(later, "reconvene") == [date(2026, 7, 20)]
    assert due(fold(procedure, (OPENED, MEETING)), "reconvene") == [date(2026, 5, 11)]


def test_a_duty_may_open_only_on_a_condition() -> None:
    needs = (RestrictionInForce(),)
    review = duty(
        "review", pattern("rating_agreed"), "same day", pattern("visit_made"), only_if=needs
    )
    procedure = replace(PROCEDURE, duties={"review": review})
    rated = entry("rating_agreed", "2026-04-02")
    assert due(fold(procedure, (OPENED, rated)), "review") == []
    imposed = entry("restriction_imposed", "2026-04-01")
    assert due(fold(procedure, (OPENED, imposed, rated)), "review") == [date(2026, 4, 2)]


@pytest.mark.parametrize(
    ("respond_by", "expected", "fixed"),
    [("2026-03-27", date(2026, 3, 27), True), ("2026-06-01", date(2026, 4, 20), False)],
)
def test_a_date_given_may_only_be_sooner(respond_by: str, expected: date, *, fixed: bool) -> None:
    sooner = replace(PROCEDURE.duties["answer"], due_field_sooner=True)
    procedure = replace(PROCEDURE, duties={"answer": sooner})
    asked = entry("recommendation_issued", "2026-03-20", "r", respond_by=respond_by)
    found = fold(procedure, (OPENED, asked))
    assert due(found, "answer") == [expected]
    assert bool(found.duties["answer:r:1"].fixed_by) is fixed


def test_a_duty_says_what_this_time_of_it_is_about() -> None:
    about = replace(PROCEDURE.duties["action"], about_field="action")
    monthly = replace(PROCEDURE.duties["progress"], about_field="monitored_by")
    procedure = replace(PROCEDURE, duties={"action": about, "progress": monthly})
    long = "Second signatures on every chart. " * 5
    log = (
        OPENED,
        entry("action_added", "2026-04-01", "a1", action="Second signatures\non every chart"),
        entry("action_added", "2026-04-01", "a2", action=long),
        entry("plan_agreed", "2026-04-01", "p"),
        entry("action_progressed", "2026-04-20"),
    )
    found = fold(procedure, log).duties
    assert found["action:a1:1"].title == Words(
        "Action: Second signatures", "action (cy): Second signatures"
    )
    assert len(found["action:a2:1"].about.en) <= LONGEST_ABOUT + 1
    assert found["action:a2:1"].about.en.endswith("…")
    assert found["progress:p:2"].title.en == "Progress: Visits."
    assert standing(MEETING).duties["letter:ppm1:1"].title.en == "Letter"
