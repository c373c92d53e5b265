"""What was said about an action, and the colour that follows from it; nobody types a colour."""

from dataclasses import replace
from datetime import date

import pytest

from candour.engine import Entry, fold
from candour.engine.plan_talk import says_done
from candour.engine.plans import Action, ActionState, actions_of
from candour.engine.rag import (
    COLOURS,
    Because,
    Colour,
    Lane,
    because,
    done_on,
    facts_of,
    lane,
)
from tests.engine.small import OPENED, PROCEDURE, at, entry, standing
from tests.engine.test_plans import action


def stands(*log: Entry, when: str = "2026-04-01T12:00") -> Action:
    (found,) = actions_of(standing(action("a"), *log), "cap", at(when))
    return found


def why(*log: Entry, when: str = "2026-04-01T12:00") -> Because:
    return because(facts_of(stands(*log, when=when), at(when).date()))


def told(id_: str, when: str, **data: object) -> Entry:
    return entry("action_progressed", when, id_, "a", plan="cap", progress="Half done.", **data)


DONE = told("word", "2026-04-10T09:00", says_done=True)
BACK = entry("action_sent_back", "2026-04-11T09:00", "back", "word", missing="Two charts.")
WISH = entry("more_time_asked", "2026-04-10T09:00", "wish", "a", wanted_by="2026-05-05", reason="x")
SEEN = entry("action_completed", "2026-04-12", "seen", "a", evidence="x", risk_review="x")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-04-12T12:00", Because.ON_COURSE),
        ("2026-04-13T12:00", Because.SOON),
        ("2026-04-20T23:59", Because.SOON),
        ("2026-04-21T00:00", Because.LATE),
    ],
)
def test_the_day_alone_turns_it_amber_and_red(when: str, expected: Because) -> None:
    assert why(when=when) is expected


def test_what_is_said_to_be_done_waits_for_somebody_to_see_it() -> None:
    assert stands(DONE).talk.says_done == DONE
    assert why(DONE) is Because.SAID_DONE
    # Late or not: it is for the officer now, and not for the provider.
    assert why(DONE, when="2026-05-01T12:00") is Because.SAID_DONE


def test_the_word_that_nobody_has_answered_is_found_by_its_action() -> None:
    assert says_done(standing(action("a"), DONE), "a") == DONE
    assert says_done(standing(action("a"), DONE, BACK), "a") is None
    assert says_done(standing(), "a") is None


def test_a_report_that_does_not_say_so_is_no_word_of_it() -> None:
    half = told("half", "2026-04-02T09:00")
    assert why(half) is Because.ON_COURSE
    assert stands(half).talk.progress == (half,)


def test_what_is_sent_back_is_not_done_until_it_is_said_again() -> None:
    sent_back = stands(DONE, BACK, when="2026-04-11T12:00")
    assert (sent_back.talk.says_done, sent_back.talk.sent_back) == (None, BACK)
    assert why(DONE, BACK, when="2026-04-11T12:00") is Because.SENT_BACK
    assert why(DONE, BACK, when="2026-04-21T12:00") is Because.LATE
    again = told("again", "2026-04-12T09:00", says_done=True)
    talk = stands(DONE, BACK, again).talk
    assert (talk.says_done, talk.sent_back) == (again, None)


def test_seen_to_be_done_nothing_else_waits() -> None:
    seen = stands(DONE, BACK, WISH, told("no", "2026-04-11", cannot_comply=True), SEEN)
    assert (seen.completed, seen.talk.says_done, seen.talk.asked) == (SEEN, None, None)
    assert done_on(seen) == date(2026, 4, 12)
    assert not seen.is_open
    assert why(DONE, SEEN, when="2026-04-30") is Because.DONE
    late = replace(SEEN, happened_at=at("2026-04-22T09:00"))
    assert why(DONE, late, when="2026-04-30") is Because.DONE_LATE


def test_a_wish_for_more_time_waits_until_it_is_answered() -> None:
    no = entry("more_time_refused", "2026-04-11", "no", "wish", reason="x")
    yes = entry(
        "timescale_extended", "2026-04-11", "yes", "a", duty="action", new_date="2026-05-05"
    )
    assert why(WISH) is Because.MORE_TIME_ASKED
    assert stands(WISH).talk.asked == WISH
    refused = stands(WISH, no).talk
    assert (refused.asked, refused.refused) == (None, no)
    assert stands(WISH, yes).talk.asked is None
    assert why(WISH, yes) is Because.EXTENDED
    assert why(WISH, no, when="2026-04-12T12:00") is Because.ON_COURSE
    again = replace(WISH, id="again", happened_at=at("2026-04-12T09:00"))
    assert stands(WISH, no, again).talk.asked == again


def test_who_cannot_comply_is_red_at_once_until_a_report_says_otherwise() -> None:
    unable = told("unable", "2026-04-02T09:00", cannot_comply=True)
    assert why(unable) is Because.CANNOT_COMPLY
    assert why(unable, told("able", "2026-04-03T09:00")) is Because.ON_COURSE


def test_the_evidence_is_what_was_added_about_the_action_or_about_what_was_said_of_it() -> None:
    seen = entry("evidence_added", "2026-04-10", "photo", "word", from_whom="x", what_it_shows="x")
    other = entry("evidence_added", "2026-04-10", "other", from_whom="x", what_it_shows="x")
    after = replace(seen, id="after", refers_to=("seen",))
    assert [e.id for e in stands(DONE, seen, other).talk.evidence] == ["photo"]
    assert [e.id for e in stands(DONE, seen, SEEN, after).talk.evidence] == ["photo", "after"]


def test_an_action_that_nobody_waits_for_has_no_colour() -> None:
    closed = entry("case_closed", "2026-04-02")
    assert why(closed, when="2026-05-01") is Because.ENDED
    assert COLOURS[Because.ENDED] is Colour.NONE


def test_an_action_without_a_duty_is_done_when_it_was_seen_to_be() -> None:
    without = replace(
        PROCEDURE, duties={k: v for k, v in PROCEDURE.duties.items() if k != "action"}
    )
    (found,) = actions_of(fold(without, (OPENED, action("a"), SEEN)), "cap", at("2026-05-01"))
    assert (found.state, found.late_from) == (ActionState.DONE, None)


def test_while_its_clock_stands_still_no_date_makes_it_amber() -> None:
    (found,) = actions_of(standing(action("a")), "cap", at("2026-04-19"))
    held = replace(facts_of(found, date(2026, 4, 19)), days_left=None)
    assert facts_of(replace(found, due_on=None), date(2026, 4, 19)) == held
    assert because(held) is Because.ON_COURSE


def test_every_reason_has_a_colour_and_a_column() -> None:
    assert set(COLOURS) == set(Because)
    assert {reason: lane(reason) for reason in Because} == {
        Because.LATE: Lane.LATE,
        Because.CANNOT_COMPLY: Lane.LATE,
        Because.SAID_DONE: Lane.VERIFY,
        Because.MORE_TIME_ASKED: Lane.SOON,
        Because.SENT_BACK: Lane.SOON,
        Because.SOON: Lane.SOON,
        Because.EXTENDED: Lane.SOON,
        Because.ON_COURSE: Lane.ON_COURSE,
        Because.DONE: Lane.DONE,
        Because.DONE_LATE: Lane.DONE,
        Because.ENDED: Lane.DONE,
    }
