"""Laws of the fold, for any log that people could write."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import hypothesis.strategies as st
from hypothesis import given, settings

from candour.engine import Entry, fold
from tests.engine.small import DATA, OPENED, PROCEDURE, at, entry

# The order of two things dated to the same instant is the order of recording, so the laws about
# order give every entry an instant of its own.
FREE = (
    "concern_raised",
    "meeting_held",
    "minutes_circulated",
    "notice_sent",
    "delivery_failed",
    "sent_again",
    "referral_made",
    "visit_made",
    "plan_agreed",
    "plan_signed_off",
    "action_progressed",
    "recommendation_issued",
    "response_received",
    "rating_agreed",
    "restriction_imposed",
    "restriction_reviewed",
    "timescale_extended",
    "clock_paused",
    "clock_resumed",
    "suggestion_answered",
    "case_closed",
    "case_reopened",
)
SERIOUS = {"seriousness": "serious_risk_of_harm"}


DAY = "2026-03-02"


def dated(on: datetime, made: Entry) -> Entry:
    """The entry at an instant: London time would name one hour twice and another never."""
    return replace(made, happened_at=on, recorded_at=on)


@st.composite
def logs(draw: st.DrawFn, *, corrections: bool = True) -> list[Entry]:
    """A case log in order of happening, its entries at different instants."""
    made = [OPENED]
    for number in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from((*FREE, "correction_made") if corrections else FREE))
        on = made[-1].happened_at + timedelta(minutes=draw(st.integers(1, 60 * 24 * 40)))
        if kind == "correction_made":
            target = draw(st.sampled_from(made))
            withdraws = draw(st.booleans()) and target is not OPENED
            when = (target.happened_at + timedelta(hours=draw(st.integers(-99, 99)))).isoformat()
            fields = {"withdraws": True} if withdraws else {"happened_at": when}
            made.append(dated(on, entry(kind, DAY, f"e{number}", target.id, **fields)))
            continue
        refers = draw(st.lists(st.sampled_from([e.id for e in made]), max_size=1))
        fields = draw(st.sampled_from([{}, SERIOUS])) if kind == "concern_raised" else {}
        made.append(dated(on, entry(kind, DAY, f"e{number}", *refers, **fields)))
    return made


@given(logs(), st.data())
@settings(max_examples=300, deadline=None)
def test_a_prefix_and_then_the_rest_equals_the_whole(log: list[Entry], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(log)))
    assert fold(PROCEDURE, log[cut:], onto=fold(PROCEDURE, log[:cut])) == fold(PROCEDURE, log)


@given(logs())
@settings(deadline=None)
def test_one_at_a_time_equals_all_at_once_and_again(log: list[Entry]) -> None:
    whole = fold(PROCEDURE, log)
    step_by_step = fold(PROCEDURE, ())
    for each in log:
        step_by_step = fold(PROCEDURE, [each], onto=step_by_step)
    assert step_by_step == whole == fold(PROCEDURE, list(log))


@given(logs(corrections=False), st.randoms())
@settings(max_examples=200, deadline=None)
def test_paper_in_any_order_gives_the_standing_a_clerk_would_give(
    log: list[Entry], random: Random
) -> None:
    """Recorded in another order (references after what they refer to), it comes to the same."""
    waiting, shuffled, known = list(log), [], set[str]()
    while waiting:
        ready = [e for e in waiting if known.issuperset(e.refers_to)]
        chosen = random.choice(ready)
        waiting.remove(chosen)
        shuffled.append(chosen)
        known.add(chosen.id)
    there, here = fold(PROCEDURE, log), fold(PROCEDURE, shuffled)
    assert (there.chronicle, there.path, there.restrictions) == (
        here.chronicle,
        here.path,
        here.restrictions,
    )
    assert there.duties == here.duties
    assert there.clock_pauses == here.clock_pauses


@given(logs(), st.integers(0, 60 * 24 * 900))
@settings(max_examples=200, deadline=None)
def test_nothing_changes_by_time_alone_before_the_next_change(
    log: list[Entry], minutes: int
) -> None:
    found = fold(PROCEDURE, log)
    moment = at("2026-03-01") + timedelta(minutes=minutes)
    now = found.at(moment)
    ends = now.next_change or moment + timedelta(days=400)
    just_before = found.at(max(moment, ends - timedelta.resolution))
    assert [d.state for d in just_before.duties] == [d.state for d in now.duties]
    assert just_before.autos == now.autos
    assert just_before.moves == now.moves


@given(logs())
@settings(deadline=None)
def test_what_is_owed_is_what_was_opened_and_neither_met_nor_ended(log: list[Entry]) -> None:
    found = fold(PROCEDURE, log)
    assert {owed.key for owed in found.owed()} == {
        key for key, owed in found.duties.items() if owed.is_open
    }
    assert all(key == owed.key for key, owed in found.duties.items())


def test_the_laws_speak_of_every_kind_that_has_an_effect() -> None:
    assert set(FREE) <= set(DATA)
