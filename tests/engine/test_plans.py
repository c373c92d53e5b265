"""Plans: what an action falls short of, how it stands, and what holds up signing."""

from dataclasses import replace
from datetime import date

import pytest

from candour.engine import Draft, Entry, fold
from candour.engine.conditions import ActionsDone, ActionsSmart, Condition, Situation
from candour.engine.plans import ActionState, Shortfall, actions_of, plans, shortfalls
from tests.engine.small import OPENED, PROCEDURE, at, draft, entry, standing

SMART = {
    "action": "Check every round against its chart.",
    "outcome": "No gap for four weeks.",
    "owner": "M. Price, deputy manager",
    "due_on": "2026-04-20",
    "support": "A pharmacist visits weekly.",
    "plan": "cap",
}
ADDED_ON = date(2026, 3, 31)


def action(id_: str, when: str = "2026-03-31T09:00", **more: object) -> Entry:
    return entry("action_added", when, id_, **{**SMART, **more})


def test_a_smart_action_falls_short_of_nothing() -> None:
    assert shortfalls(SMART, ADDED_ON) == ()
    assert shortfalls(SMART, ADDED_ON, date(2026, 4, 20)) == ()


@pytest.mark.parametrize(
    ("changed", "short"),
    [
        ({"action": "Fix medicines."}, Shortfall.NOT_SPECIFIC),
        ({"outcome": "Better rounds."}, Shortfall.NOT_MEASURABLE),
        ({"owner": "M. Price and S. Rees"}, Shortfall.NOT_ONE_OWNER),
        ({"owner": "M. Price / S. Rees"}, Shortfall.NOT_ONE_OWNER),
        ({"owner": "The night staff"}, Shortfall.NOT_ONE_OWNER),
        ({"owner": "Y tîm nos"}, Shortfall.NOT_ONE_OWNER),
        ({"due_on": "2026-03-30"}, Shortfall.NOT_IN_TIME),
        ({"due_on": "2026-07-01"}, Shortfall.NOT_IN_TIME),
        ({"support": " "}, Shortfall.NO_SUPPORT),
        ({"support": None}, Shortfall.NO_SUPPORT),
    ],
)
def test_each_shortfall_is_named(changed: dict[str, object], short: Shortfall) -> None:
    assert shortfalls({**SMART, **changed}, ADDED_ON, date(2026, 6, 30)) == (short,)


@pytest.mark.parametrize("owner", ["Alexandra Rees", "Andrew Orr", "Ann-Marie Allen"])
def test_a_name_that_holds_a_word_like_and_is_still_one_owner(owner: str) -> None:
    assert shortfalls({**SMART, "owner": owner}, ADDED_ON) == ()


@pytest.mark.parametrize("outcome", ["95% of charts", "Pob siart yn llawn", "Nobody falls"])
def test_numbers_and_words_of_quantity_measure(outcome: str) -> None:
    assert shortfalls({**SMART, "outcome": outcome}, ADDED_ON) == ()


def one(found: tuple[Entry, ...], when: str) -> tuple[ActionState, date | None]:
    (stands,) = actions_of(standing(*found), "cap", at(when))
    return stands.state, stands.due_on


def test_how_an_action_stands_follows_from_its_duty() -> None:
    added = action("a")
    done = entry("action_completed", "2026-04-10", "done", "a")
    late = entry("action_completed", "2026-04-21T09:00", "late", "a")
    due = date(2026, 4, 20)
    assert one((added,), "2026-04-20T12:00") == (ActionState.DUE, due)
    assert one((added,), "2026-04-21") == (ActionState.LATE, due)
    assert one((added, done), "2026-05-01") == (ActionState.DONE, due)
    assert one((added, late), "2026-05-01") == (ActionState.DONE_LATE, due)


def test_more_time_for_one_action_is_not_more_time_for_another() -> None:
    more = {"duty": "action", "new_date": "2026-05-05"}
    log = (action("a"), action("b"), entry("timescale_extended", "2026-04-15", "x", "a", **more))
    a, b = actions_of(standing(*log), "cap", at("2026-04-16"))
    assert (a.state, a.due_on) == (ActionState.EXTENDED, date(2026, 5, 5))
    assert [extension.id for extension in a.extensions] == ["x"]
    assert (b.state, b.extensions) == (ActionState.DUE, ())


def test_more_time_for_all_is_for_those_there_were_then() -> None:
    more = {"duty": "action", "new_date": "2026-05-05"}
    log = (
        action("a"),
        entry("timescale_extended", "2026-04-15", "x", **more),
        entry("timescale_extended", "2026-04-15", "y", duty="decisions", new_date="2026-05-05"),
        action("b", "2026-04-16T09:00"),
    )
    a, b = actions_of(standing(*log), "cap", at("2026-04-17"))
    assert (a.state, b.state) == (ActionState.EXTENDED, ActionState.DUE)


def test_closing_the_case_ends_what_was_not_done() -> None:
    closed = entry("case_closed", "2026-04-01")
    assert one((action("a"), closed), "2026-05-01")[0] is ActionState.ENDED


def test_both_plans_stand_side_by_side_and_actions_of_neither_apart() -> None:
    log = (
        action("a"),
        entry("plan_agreed", "2026-04-01", "agreed", ends_on="2026-04-10"),
        entry("action_progressed", "2026-04-02", "told"),
        action("b", plan="dap"),
        action("c", plan=None),
        entry("action_completed", "2026-04-03", "done", "a"),
    )
    found = plans(standing(*log), at("2026-04-04"))
    assert [plan.name for plan in found] == ["", "cap", "dap"]
    cap = found[1]
    assert cap.agreed is not None
    assert [entry.id for entry in cap.progress] == ["told"]
    (a,) = cap.actions
    assert a.completed is not None
    assert a.shortfalls == (Shortfall.NOT_IN_TIME,)
    assert (found[2].agreed, found[2].signed_off) == (None, None)


def test_a_plan_agreed_anew_after_it_was_signed_off_is_not_signed_off() -> None:
    agreed = entry("plan_agreed", "2026-04-01", "agreed")
    signed = entry("plan_signed_off", "2026-05-01", "signed")
    anew = entry("plan_agreed", "2026-06-01", "anew")
    (plan,) = plans(standing(agreed, signed), at("2026-06-02"))
    assert plan.signed_off is not None
    (plan,) = plans(standing(agreed, signed, anew), at("2026-06-02"))
    assert (plan.agreed is not None and plan.agreed.id, plan.signed_off) == ("anew", None)


def test_an_action_that_opens_no_duty_is_due_on_its_own_date() -> None:
    without = replace(
        PROCEDURE, duties={k: v for k, v in PROCEDURE.duties.items() if k != "action"}
    )
    (a,) = actions_of(fold(without, (OPENED, action("a"))), "cap", at("2026-05-01"))
    assert (a.state, a.due_on, a.extensions) == (ActionState.DUE, date(2026, 4, 20), ())


def unmet(condition: Condition, made: Draft | None, *log: Entry) -> list[str]:
    situation = Situation(standing(*log), at("2026-04-10"), made)
    return [words.en for words in condition.unmet(situation)]


SIGNING = draft("plan_agreed", "2026-04-01", plan="cap")


def test_an_open_action_that_falls_short_holds_up_the_signing() -> None:
    short = action("short", support=None)
    assert unmet(ActionsSmart(), SIGNING, short) == ["“Check every round against its chart.”."]
    assert not unmet(ActionsSmart(), SIGNING, action("a"))
    assert not unmet(ActionsSmart(), SIGNING, action("other", plan="dap", support=None))
    assert not unmet(ActionsSmart(), None, short)
    assert ActionsSmart().about_draft


def test_a_plan_is_done_when_all_its_actions_are() -> None:
    done = entry("action_completed", "2026-04-03", "done", "a")
    assert unmet(ActionsDone(), SIGNING, action("a"))
    assert not unmet(ActionsDone(), SIGNING, action("a"), done)
