"""A telling that did not arrive: what it had met is owed again, and met again by telling again."""

from dataclasses import replace
from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from candour.engine import Draft, Entry, Standing, fold, propose
from candour.engine.duties import OpenDuty
from candour.engine.matters import Alternative, Circumstance
from candour.engine.procedure import Duty, Procedure
from candour.engine.words import Words
from tests.engine.small import DUTIES, OPENED, PROCEDURE, clock, duty, entry, pattern, standing
from tests.engine.test_fold_laws import logs

MEETING = entry("meeting_held", "2026-03-30T10:00", "panel")
TOLD = entry("minutes_circulated", "2026-03-31T09:00", "told")
FAILED = entry("delivery_failed", "2026-04-01T09:00", "failed", "told")
AGAIN = entry("sent_again", "2026-04-02T09:00", "again", "failed")


def of(found: Standing, duty_id: str) -> OpenDuty:
    (owed,) = [owed for owed in found.duties.values() if owed.duty.id == duty_id]
    return owed


def decisions(*entries: Entry) -> OpenDuty:
    return of(standing(MEETING, *entries), "decisions")


def test_what_a_telling_met_is_owed_again_by_the_same_date_when_it_did_not_arrive() -> None:
    before, after = decisions(TOLD), decisions(TOLD, FAILED)
    assert before.met_at == TOLD.happened_at
    assert after.is_open
    assert (after.due, after.key) == (before.due, before.key)
    assert after.undelivered == ("told",)
    assert [owed.key for owed in standing(MEETING, TOLD, FAILED).owed() if owed == after] == [
        after.key
    ]


def test_sending_it_again_meets_it_from_then() -> None:
    owed = decisions(TOLD, FAILED, AGAIN)
    assert (owed.met_at, owed.met_by) == (AGAIN.happened_at, ("again",))


def test_what_was_sent_again_may_fail_too_and_be_sent_once_more() -> None:
    failed = entry("delivery_failed", "2026-04-03", "failed2", "again")
    assert decisions(TOLD, FAILED, AGAIN, failed).is_open
    once_more = entry("sent_again", "2026-04-04", "again2", "failed2")
    owed = decisions(TOLD, FAILED, AGAIN, failed, once_more)
    assert (owed.met_at, owed.met_by) == (once_more.happened_at, ("again2",))
    assert owed.undelivered == ("told",)


def test_a_failure_of_the_second_sending_may_name_the_telling_itself() -> None:
    failed = entry("delivery_failed", "2026-04-03", "failed2", "told")
    assert decisions(TOLD, FAILED, AGAIN, failed).is_open


def test_told_to_several_it_is_made_good_once_all_are_reached() -> None:
    other = entry("delivery_failed", "2026-04-01T10:00", "other", "told", to=["Health"])
    assert decisions(TOLD, FAILED, other, AGAIN).is_open
    last = entry("sent_again", "2026-04-03", "last", "other")
    assert decisions(TOLD, FAILED, other, AGAIN, last).met_at == last.happened_at


def test_a_later_telling_meets_it_though_the_first_fails_after_that() -> None:
    second = entry("minutes_circulated", "2026-03-31T15:00", "second")
    third = entry("minutes_circulated", "2026-03-31T16:00", "third")
    owed = decisions(TOLD, second, third, FAILED)
    assert (owed.met_at, owed.met_by) == (second.happened_at, ("second",))


def test_a_later_telling_that_did_not_arrive_either_does_not_meet_it() -> None:
    second = entry("minutes_circulated", "2026-03-31T15:00", "second")
    lost = entry("delivery_failed", "2026-03-31T18:00", "lost", "second")
    assert decisions(TOLD, second, lost, FAILED).is_open
    found = decisions(TOLD, second, lost, FAILED, entry("sent_again", "2026-04-02", "x", "lost"))
    assert found.is_open  # it had never met anything: nothing of it can be made good


def test_a_failure_written_in_error_is_withdrawn_and_the_duty_was_met_all_along() -> None:
    wrong = entry("correction_made", "2026-04-02", "wrong", "failed", withdraws=True)
    assert decisions(TOLD, FAILED, wrong).met_at == TOLD.happened_at
    assert decisions(TOLD, FAILED, AGAIN, wrong).met_at == TOLD.happened_at


def test_only_its_own_part_of_a_duty_is_taken_back() -> None:
    letter = entry("notice_sent", "2026-04-01", "letter")
    copy = entry("notice_sent", "2026-04-02", "copy", notice="copy")
    lost = entry("delivery_failed", "2026-04-03", "lost", "letter")
    owed = of(standing(MEETING, letter, copy, lost), "letter")
    assert (owed.is_open, owed.parts, owed.met_by) == (True, frozenset({1}), ("copy",))
    again = entry("sent_again", "2026-04-07", "again", "lost")
    made_good = of(standing(MEETING, letter, copy, lost, again), "letter")
    assert (made_good.met_at, made_good.met_by) == (again.happened_at, ("copy", "again"))
    half = of(standing(MEETING, letter, lost), "letter")
    assert (half.is_open, half.parts) == (True, frozenset())


def test_a_part_that_was_sent_again_stays_when_the_other_fails() -> None:
    letter = entry("notice_sent", "2026-04-01", "letter")
    copy = entry("notice_sent", "2026-04-02", "copy", notice="copy")
    lost = entry("delivery_failed", "2026-04-03", "lost", "letter")
    again = entry("sent_again", "2026-04-04", "again", "lost")
    other = entry("delivery_failed", "2026-04-05", "other", "copy")
    owed = of(standing(MEETING, letter, copy, lost, again, other), "letter")
    assert (owed.is_open, owed.parts, owed.met_by) == (True, frozenset({0}), ("again",))


def test_a_repeating_duty_is_owed_for_the_time_that_failed_and_goes_on_once_met() -> None:
    plan = entry("plan_agreed", "2026-03-02", "plan")
    report = entry("action_progressed", "2026-03-31", "report")
    lost = entry("delivery_failed", "2026-04-02", "lost", "report")
    found = standing(plan, report, lost)
    assert [owed.cycle for owed in found.owed() if owed.duty.id == "progress"] == [1]
    again = entry("sent_again", "2026-04-03", "again", "lost")
    put_right = standing(plan, report, lost, again)
    assert [owed.cycle for owed in put_right.owed() if owed.duty.id == "progress"] == [2]


def test_a_time_that_was_met_since_stands_and_nothing_is_owed_twice() -> None:
    plan = entry("plan_agreed", "2026-03-02", "plan")
    reports = [entry("action_progressed", f"2026-0{month}-01", f"r{month}") for month in (4, 5)]
    lost = entry("delivery_failed", "2026-05-02", "lost", "r4")
    found = standing(plan, *reports, lost)
    times = [owed for owed in found.duties.values() if owed.duty.id == "progress"]
    assert [(owed.cycle, owed.met_by) for owed in times] == [
        (1, ("r5",)),  # the next report came while it would have been owed
        (2, ("r5",)),
        (3, ()),
    ]
    assert len(found.open_keys("progress")) == 1


def test_a_stop_since_then_ends_what_would_be_owed_again() -> None:
    plan = entry("plan_agreed", "2026-03-02", "plan")
    report = entry("action_progressed", "2026-03-31", "report")
    signed_off = entry("plan_signed_off", "2026-04-01", "off")
    lost = entry("delivery_failed", "2026-04-02", "lost", "report")
    found = standing(plan, report, signed_off, lost)
    assert not found.open_keys("progress")
    assert found.duties["progress:plan:1"].ended_by == "off"


def test_closing_the_case_since_then_ends_it_unless_it_outlives_the_case() -> None:
    closing = entry("case_closed", "2026-04-01T08:00", "closed")
    assert decisions(TOLD, closing, FAILED).ended_by == "closed"
    concern = entry("concern_raised", "2026-03-30", "c", seriousness="serious_risk_of_harm")
    referred = entry("referral_made", "2026-03-30T10:00", "referred")
    lost = entry("delivery_failed", "2026-04-02", "lost", "referred")
    assert of(standing(concern, referred, closing, lost), "referral").is_open


def test_a_duty_that_began_anew_since_is_owed_once() -> None:
    concerns = [
        entry("concern_raised", f"2026-03-{day}", f"c{day}", seriousness="serious_risk_of_harm")
        for day in (10, 20)
    ]
    seen = entry("visit_made", "2026-03-10T10:00", "seen")
    lost = entry("delivery_failed", "2026-03-21", "lost", "seen")
    found = standing(concerns[0], seen, concerns[1], lost)
    assert found.open_keys("visit") == ("visit:c20:1",)
    assert found.duties["visit:c10:1"].ended_by == "c20"


def test_a_duty_that_was_partly_met_and_then_ended_stays_ended() -> None:
    letter = entry("notice_sent", "2026-04-01", "letter")
    closing = entry("case_closed", "2026-04-02", "closed")
    lost = entry("delivery_failed", "2026-04-03", "lost", "letter")
    assert of(standing(MEETING, letter, closing, lost), "letter").ended_by == "closed"


def test_a_clock_that_stood_still_meanwhile_is_counted() -> None:
    pause = entry("clock_paused", "2026-03-31T12:00")
    resume = entry("clock_resumed", "2026-04-01T08:00")
    late = entry("delivery_failed", "2026-04-02", "failed", "told")
    assert decisions(TOLD, pause, resume, late).due == decisions(pause, resume).due


def test_a_date_that_was_agreed_stays() -> None:
    later = entry("timescale_extended", "2026-03-30T12:00", "later", endorsed_by="head")
    owed = decisions(later, TOLD, FAILED)
    assert str(owed.due.on) == "2026-04-10"
    assert owed.fixed_by == "later"


def with_duty(changed: Duty, version: str = "") -> Procedure:
    duties = {known.id: known for known in DUTIES} | {changed.id: changed}
    return replace(PROCEDURE, duties=duties, version=version or PROCEDURE.version)


MINUTES = duty(
    "decisions",
    pattern("meeting_held"),
    "1 working day after",
    TOLD_BY := pattern("minutes_circulated"),
)


def test_what_was_said_since_may_excuse_it_or_give_it_another_clock() -> None:
    excused = replace(MINUTES, not_owed_when=(Circumstance(said_of_it=pattern("visit_made")),))
    longer = Alternative(
        when=(Circumstance(said_of_it=pattern("visit_made")),),
        clock=clock("5 working days after"),
        because=Words("A visit"),
    )
    slower = replace(MINUTES, alternatives=(longer,))
    visit = entry("visit_made", "2026-03-31T12:00", "v", "panel")
    log = (OPENED, MEETING, TOLD, visit, FAILED)
    assert of(fold(with_duty(excused), log), "decisions").excused
    assert str(of(fold(with_duty(slower), log), "decisions").due.on) == "2026-04-08"


def changed_to(version: str) -> Entry:
    return entry(
        "procedure_changed",
        "2026-03-31T20:00",
        "change",
        procedure=PROCEDURE.name,
        version=version,
        from_procedure=PROCEDURE.name,
        from_version=PROCEDURE.version,
        reason="The procedure was revised.",
    )


@pytest.mark.parametrize("asks", [True, False])
def test_met_under_one_procedure_it_is_owed_again_only_if_the_next_asks_for_it(asks: bool) -> None:
    newer = with_duty(replace(MINUTES, clock=clock("5 working days after")), "2")
    if not asks:
        newer = replace(newer, duties={k: d for k, d in newer.duties.items() if k != "decisions"})
    log = (OPENED, MEETING, TOLD, changed_to("2"), FAILED)
    owed = of(fold(PROCEDURE, log, library=lambda *_: newer), "decisions")
    assert owed.is_open is asks
    assert str(owed.due.on) == "2026-03-31"  # nothing is put off by a rule of later
    assert owed.fixed_by == ("change" if asks else "")


def test_what_went_to_the_members_alone_fails_and_is_answered_among_them() -> None:
    minutes = entry("minutes_circulated", "2026-03-31T09:00", "told", copy="members")
    held = standing(MEETING, replace(minutes, audience="members"))
    made = propose(
        held,
        Draft(
            id="failed",
            kind="delivery_failed",
            happened_at=FAILED.happened_at,
            author="system",
            role="system",
            data=FAILED.data,
            refers_to=("told",),
        ),
        FAILED.happened_at,
    )
    assert isinstance(made, Entry)
    assert made.audience == "members"


def happens(draw: st.DrawFn) -> bool:
    return draw(st.booleans())


@st.composite
def with_failures(draw: st.DrawFn) -> list[Entry]:
    """A log in which some of what was done is found, later, not to have arrived."""
    made: list[Entry] = []
    for known in draw(logs(corrections=False)):
        on = (made[-1].happened_at if made else known.happened_at) + timedelta(hours=30)
        made.append(replace(known, happened_at=on, recorded_at=on))
        for kind, of_kind in (("delivery_failed", None), ("sent_again", "delivery_failed")):
            about = [e.id for e in made if of_kind in (None, e.kind)]
            if about and happens(draw):
                on += timedelta(minutes=7)
                ref = str(draw(st.sampled_from(about)))
                said = entry(kind, "2026-03-02", f"{kind}{len(made)}", ref)
                made.append(replace(said, happened_at=on, recorded_at=on))
    return made


@given(with_failures(), st.data())
@settings(max_examples=200, deadline=None)
def test_the_laws_of_the_fold_hold_with_failures(log: list[Entry], data: st.DataObject) -> None:
    whole = fold(PROCEDURE, log)
    cut = data.draw(st.integers(0, len(log)))
    assert fold(PROCEDURE, log[cut:], onto=fold(PROCEDURE, log[:cut])) == whole
    open_keys = [key for keys in whole.open_by_duty.values() for key in keys]
    assert sorted(open_keys) == sorted(k for k, owed in whole.duties.items() if owed.is_open)


@given(with_failures())
@settings(max_examples=200, deadline=None)
def test_nothing_is_met_by_what_did_not_arrive(log: list[Entry]) -> None:
    """Whoever was told alone by tellings that failed for good has not been told."""
    found = fold(PROCEDURE, log)
    answered = {ref for e in log if e.kind == "sent_again" for ref in e.refers_to}
    lost = {
        ref
        for e in log
        if e.kind == "delivery_failed" and e.id not in answered
        for ref in e.refers_to
    }
    for owed in found.duties.values():
        assert owed.ended_by or lost.isdisjoint(owed.met_by), owed.key
