"""A case that goes on under another procedure: what is carried over, and what is refused."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from candour.engine import (
    BrokenLog,
    Comparison,
    Entry,
    Procedure,
    Refusal,
    Standing,
    UnknownProcedure,
    Words,
    entered,
    fold,
    preview,
    propose,
)
from candour.engine.parts import Step
from candour.engine.procedure import Move
from tests.engine.small import (
    DUTIES,
    MEETING,
    PROCEDURE,
    at,
    clock,
    draft,
    duty,
    entry,
    pattern,
)
from tests.engine.test_comparing import LOG, MET, OPENED, TO_PANEL, changed, second
from tests.engine.test_fold_laws import dated, logs

WAS = {each.id: each for each in DUTIES}


def under(new: Procedure, *log: Entry) -> Standing:
    def library(name: str, version: str) -> Procedure:
        found = {("second", new.version): new, ("small", "1"): PROCEDURE}.get((name, version))
        if found is None:
            raise UnknownProcedure(f"There is no version {version} of {name}.")
        return found

    return fold(PROCEDURE, log, library=library)


def due(standing: Standing, duty_id: str) -> list[str]:
    return [str(standing.duties[key].due.on) for key in standing.open_keys(duty_id)]


def with_clock(duty_id: str, words: str) -> Procedure:
    return second(duties={**WAS, duty_id: replace(WAS[duty_id], clock=clock(words))})


def test_what_is_owed_is_counted_by_the_new_clock_from_the_same_beginning() -> None:
    found = under(with_clock("letter", "10 working days after"), *LOG, changed("2026-04-01"))
    assert due(found, "letter") == ["2026-04-15"]
    assert found.procedure.name == "second"
    assert found.step == "panel"
    assert found.step_since == at("2026-03-05")


def test_what_was_done_or_ended_stays_as_it_was() -> None:
    told = entry("minutes_circulated", "2026-03-31", "told", "met")
    new = with_clock("decisions", "same day")
    found = under(new, *LOG, told, changed("2026-04-01"))
    (was,) = (owed for owed in found.duties.values() if owed.duty.id == "decisions")
    assert (str(was.due.on), was.met_by) == ("2026-03-31", ("told",))
    later = under(new, *LOG, told, changed("2026-04-01"), entry("meeting_held", "2026-04-09", "m2"))
    assert due(later, "decisions") == ["2026-04-09"]


def test_nothing_turns_late_by_a_rule_that_did_not_hold() -> None:
    found = under(with_clock("letter", "1 working day after"), *LOG, changed("2026-04-01"))
    (key,) = found.open_keys("letter")
    assert (str(found.duties[key].due.on), found.duties[key].fixed_by) == (
        "2026-04-08",
        "change@2026-04-01",
    )
    late = under(with_clock("letter", "1 working day after"), *LOG, changed("2026-04-09"))
    assert due(late, "letter") == ["2026-03-31"]


def test_a_duty_that_the_new_procedure_lacks_is_no_longer_owed() -> None:
    rest = {name: each for name, each in WAS.items() if name != "letter"}
    found = under(second(duties=rest), *LOG, changed("2026-04-01"))
    (was,) = (owed for owed in found.duties.values() if owed.duty.id == "letter")
    assert was.ended_by == "change@2026-04-01"
    assert "letter" not in found.open_by_duty
    found.at(at("2026-04-02"))


def test_a_duty_new_with_it_is_owed_while_its_time_still_runs() -> None:
    report = duty("report", MEETING, "2 weeks after", pattern("referral_made"))
    over = duty("over", MEETING, "same day", pattern("referral_made"))
    new = second(duties={**WAS, "report": report, "over": over})
    found = under(new, *LOG, changed("2026-04-01"))
    assert due(found, "report") == ["2026-04-13"]
    assert due(found, "over") == []
    done = entry("referral_made", "2026-03-31", "done", "met")
    assert due(under(new, *LOG, done, changed("2026-04-01")), "report") == []


def test_a_duty_that_the_new_rules_count_as_done_is_done() -> None:
    by_visit = replace(WAS["letter"], met_by=(pattern("visit_made"),), met_when="any")
    visit = entry("visit_made", "2026-03-31", "visit", "met")
    found = under(second(duties={**WAS, "letter": by_visit}), *LOG, visit, changed("2026-04-01"))
    assert found.open_keys("letter") == ()


def test_a_duty_done_once_is_not_owed_again_though_the_new_rules_would_not_count_it() -> None:
    strict = replace(
        WAS["decisions"], met_by=(pattern("referral_made"),), clock=clock("6 weeks after")
    )
    told = entry("minutes_circulated", "2026-03-31", "told", "met")
    found = under(second(duties={**WAS, "decisions": strict}), *LOG, told, changed("2026-04-01"))
    assert found.open_keys("decisions") == ()


def test_a_repeating_duty_goes_on_by_the_new_rules_and_keeps_its_history() -> None:
    """The new ones count visits only: its first time, long done by a report, is owed by them."""
    opened = entry("case_opened", "2026-01-05", "opened")
    agreed = entry("plan_agreed", "2026-01-30", "plan", "opened")
    reports = [entry("action_progressed", f"2026-0{m}-20", f"r{m}", "plan") for m in (2, 3)]
    visits = replace(
        WAS["progress"], clock=clock("every 2 months"), met_by=(pattern("visit_made"),)
    )
    new = second(duties={**WAS, "progress": visits})
    found = under(new, opened, agreed, *reports, changed("2026-03-25"))
    assert due(found, "progress") == ["2026-03-30"]
    visit = entry("visit_made", "2026-03-29", "visit", "plan")
    again = fold(PROCEDURE, [visit], onto=found)
    assert due(again, "progress") == ["2026-05-30"]
    times = [owed for owed in again.duties.values() if owed.duty.id == "progress"]
    assert [owed.met_by for owed in times] == [("r2",), ("r3",), (), ("visit",), ()]


def other_steps() -> Procedure:
    steps = {
        "desk": Step("desk", Words("Desk", "Desg")),
        "forum": Step("forum", Words("Forum", "Fforwm")),
        "ended": PROCEDURE.steps["ended"],
    }
    moves = {
        "to_forum": Move("to_forum", Words("To the forum"), ("desk",), "forum"),
        "end": Move("end", Words("End"), ("desk", "forum"), "ended"),
    }
    return second(steps=steps, moves=moves, start="desk", autos=())


def test_a_case_goes_on_at_the_step_that_somebody_chose() -> None:
    new = other_steps()
    found = under(new, *LOG, changed("2026-04-01", goes_on_at="forum"))
    assert found.step == "forum"
    assert found.step_since == at("2026-04-01")
    assert [at_.move.id for at_ in found.at(at("2026-04-02")).moves] == ["end"]
    assert not found.at(at("2026-04-02")).closed


def test_paper_that_arrives_late_finds_its_place_before_the_change() -> None:
    new = with_clock("letter", "10 working days after")
    held = replace(entry("meeting_held", "2026-03-25", "paper"), recorded_at=at("2026-04-03"))
    longer = replace(
        entry("timescale_extended", "2026-03-31", "x", duty="added", new_date="2026-05-01"),
        recorded_at=at("2026-04-03"),
    )
    added = duty("added", MEETING, "2 weeks after", pattern("referral_made"))
    new = replace(new, duties={**new.duties, "added": added})
    found = under(new, *LOG, changed("2026-04-01"), held, longer)
    assert due(found, "letter") == ["2026-04-10", "2026-04-15"]
    assert due(found, "added") == ["2026-05-01", "2026-05-01"]


def test_entries_are_read_by_the_procedure_of_their_time() -> None:
    """The new one asks for a field that no earlier entry has, and no longer knows another."""
    new = second(extra_fields={})
    after = entry("case_reopened", "2026-04-03", "never")
    found = under(new, *LOG, changed("2026-04-01"))
    assert found.procedure_of("opened") is PROCEDURE
    assert found.procedure_of("change@2026-04-01") is PROCEDURE
    assert found.procedure_of(after.id) is new
    assert fold(PROCEDURE, LOG).procedure_of("opened") is PROCEDURE


def test_a_log_that_says_it_changed_from_another_procedure_is_broken() -> None:
    with pytest.raises(BrokenLog, match="ran on version 1 of “small”"):
        under(second(), *LOG, changed("2026-04-01", from_version="7"))


def test_a_procedure_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownProcedure, match="no version 9 of a procedure “second” here"):
        fold(PROCEDURE, (*LOG, changed("2026-04-01", version="9")))


def change_draft(
    standing: Standing,
    on: str = "2026-04-02",
    **data: Any,  # any field
) -> Refusal | Entry:
    sent = {
        "from_procedure": standing.procedure.name,
        "from_version": standing.procedure.version,
        "procedure": "second",
        "version": "1",
        "reason": "The policy was replaced.",
    }
    return propose(standing, draft("procedure_changed", on, **{**sent, **data}), at("2026-05-01"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"from_version": "0"}, "runs on version 1 of A small procedure"),
        ({"procedure": "small"}, "on this procedure in this version already"),
        ({"version": "9"}, "There is no version 9 of second"),
        ({}, "has no step Panel. Say where the case goes on: desk, forum."),
        ({"goes_on_at": "foru"}, "has no step “foru”. Did you mean “forum”?"),
        ({"goes_on_at": "ended"}, "Ended closes a case"),
        ({"on": "2026-03-29", "goes_on_at": "desk"}, "Things are on record until 2026-03-2"),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_what_to_do(
    data: dict[str, str], said: str
) -> None:
    answer = change_draft(under(other_steps(), *LOG), **{"on": "2026-04-02", **data})
    assert isinstance(answer, Refusal)
    assert said in str(answer)


def test_a_change_of_the_leading_body_alone_is_a_change() -> None:
    standing = under(second(), *LOG)
    assert isinstance(change_draft(standing, procedure="small", to_body="ICB"), Entry)


def test_a_change_is_made_and_moves_before_it_are_refused() -> None:
    standing = under(other_steps(), *LOG)
    made = change_draft(standing, goes_on_at="desk")
    assert isinstance(made, Entry)
    after = fold(PROCEDURE, [made], onto=standing)
    early = draft("step_entered", "2026-03-31", move="to_forum", step="forum")
    refusal = propose(after, early, at("2026-05-01"))
    assert "a move cannot come before that" in str(refusal)
    then = draft("step_entered", "2026-04-03", move="to_forum", step="forum")
    assert isinstance(propose(after, then, at("2026-05-01")), Entry)
    same = fold(PROCEDURE, [changed("2026-04-01")], onto=under(second(), OPENED, MET))
    early = draft("step_entered", "2026-03-31", move="to_panel", step="panel")
    assert "ran on another procedure then" in str(propose(same, early, at("2026-05-01")))
    dated_after = replace(early, happened_at=at("2026-04-02"))
    assert isinstance(entered(same, dated_after, at("2026-05-01")), Standing)


def correction(
    standing: Standing,
    ref: str,
    **data: Any,  # any field
) -> Refusal | Entry:
    sent = {"why": "It was wrong.", **data}
    return propose(standing, draft("correction_made", "2026-04-20", ref, **sent), at("2026-05-01"))


def test_corrections_after_a_change_hold_entries_against_the_procedure_of_their_time() -> None:
    new = replace(other_steps(), extra_fields={}, options={})
    standing = under(new, *LOG, changed("2026-04-01", goes_on_at="desk"))
    right = correction(standing, "opened", changes={"title": "Fern Lodge"})
    assert isinstance(right, Entry)
    wrong = correction(standing, "met", changes={"meeting": "forum"})
    assert "“forum” is not one of: panel, board" in str(wrong)
    moved = correction(standing, "moved", happened_at=at("2026-03-06").isoformat())
    assert isinstance(moved, Entry)
    after = fold(PROCEDURE, [replace(right, id="right"), moved], onto=standing)
    assert after.step == "desk"


@pytest.mark.parametrize(
    "data",
    [{"withdraws": True}, {"changes": {"version": "2"}}, {"happened_at": "2026-03-31T12:00+01:00"}],
)
def test_of_a_change_only_the_reason_can_be_corrected(data: dict[str, Any]) -> None:
    standing = under(second(), *LOG, changed("2026-04-01"))
    answer = correction(standing, "change@2026-04-01", **data)
    assert "Only the reason of this can be corrected" in str(answer)
    reason = correction(standing, "change@2026-04-01", changes={"reason": "The law changed."})
    assert isinstance(reason, Entry)


def test_a_withdrawn_move_after_a_change_is_held_against_where_the_case_went_on() -> None:
    log = (*LOG, changed("2026-04-01", goes_on_at="desk"))
    there = entry("step_entered", "2026-04-03", "there", move="to_forum", step="forum")
    standing = under(other_steps(), *log, there)
    assert isinstance(correction(standing, "there", withdraws=True), Entry)
    assert isinstance(correction(standing, TO_PANEL.id, withdraws=True), Entry)


def another_letter() -> Procedure:
    steps = {name: step for name, step in PROCEDURE.steps.items() if name != "board"}
    return replace(with_clock("letter", "2 weeks after"), hides=("visit_made",), steps=steps)


@given(logs(), st.integers(0, 12), st.data())
@settings(max_examples=200, deadline=None)
def test_a_prefix_and_then_the_rest_equals_the_whole_across_a_change(
    log: list[Entry], place: int, data: st.DataObject
) -> None:
    place = min(place, len(log) - 1)
    on = max(each.happened_at for each in log[: place + 1]) + timedelta(seconds=1)
    change = dated(on, changed("2026-03-02", goes_on_at="intake"))
    whole = [*log[: place + 1], change, *log[place + 1 :]]
    new = replace(another_letter(), steps=PROCEDURE.steps)
    cut = data.draw(st.integers(0, len(whole)))
    first = under(new, *whole[:cut])
    assert fold(PROCEDURE, whole[cut:], onto=first) == under(new, *whole)


def test_a_case_may_change_again_and_come_back() -> None:
    there = changed("2026-04-01")
    back = changed(
        "2026-04-02",
        from_procedure="second",
        procedure="small",
        reason="The new policy was withdrawn.",
    )
    found = under(with_clock("letter", "10 working days after"), *LOG, there, back)
    assert due(found, "letter") == ["2026-04-08"]
    assert [era.begins for era in found.eras] == [0, 4, 5]
    assert found.procedure is PROCEDURE


def test_a_case_found_to_have_been_opened_after_its_change_begins_under_the_new_procedure() -> None:
    right = entry(
        "correction_made", "2026-04-03", "", OPENED.id, happened_at="2026-04-02T09:00:00+01:00"
    )
    new = second(start="panel")
    found = under(new, OPENED, changed("2026-04-01"), right)
    assert [(taken.step, taken.by) for taken in found.path] == [("panel", OPENED.id)]
    assert found.opened_at == at("2026-04-02T09:00")
    assert found.procedure is new


def test_a_preview_says_what_a_change_would_bring_or_why_it_may_not_be() -> None:
    standing = under(with_clock("letter", "10 working days after"), *LOG)
    sent = {
        "from_procedure": "small",
        "from_version": "1",
        "procedure": "second",
        "version": "1",
        "reason": "The policy was replaced.",
    }
    found = preview(standing, draft("procedure_changed", "2026-04-02", **sent), at("2026-04-02"))
    assert isinstance(found, Comparison)
    assert [str(pair.after.due.on) for pair in found.move] == ["2026-04-15"]
    sent["version"] = "9"
    refused = preview(standing, draft("procedure_changed", "2026-04-02", **sent), at("2026-04-02"))
    assert isinstance(refused, Refusal)
