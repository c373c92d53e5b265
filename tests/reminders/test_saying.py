"""What there is to say: nothing twice, nothing late unsaid, whatever the days and the choices."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candour.engine.london import LONDON, end_of, local
from candour.policies.calendars import calendar
from candour.reminders.choices import Choices, How
from candour.reminders.looking import next_look
from candour.reminders.saying import Because, Owed, Stage, Time, horizon, may_say, what_to_say

WALES = calendar("wales")
BEGIN = datetime(2027, 12, 20, 6, tzinfo=UTC)  # Christmas, New Year and 29 February lie ahead
SPAN = 90  # days


def london(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=LONDON).astimezone(UTC)


def owed(key: str, day: date, because: Because = Because.OWN, at: datetime | None = None) -> Owed:
    return Owed(1, key, day, at, at + timedelta.resolution if at else end_of(day), because)


def clocks() -> st.SearchStrategy[time]:
    return st.integers(0, 24 * 12 - 1).map(lambda five: time(five // 12, five % 12 * 5))


@st.composite
def choices(draw: st.DrawFn) -> Choices:
    return Choices(
        draw(st.sampled_from([How.AT_ONCE, How.DIGEST])),
        draw(st.integers(0, 10)),
        draw(clocks()),
        draw(clocks()),
        draw(clocks()),
    )


@st.composite
def duties(draw: st.DrawFn) -> list[Owed]:
    days = draw(st.lists(st.integers(-5, SPAN - 20), min_size=1, max_size=12))
    first = local(BEGIN).date()
    return [
        owed(f"d{n}", first + timedelta(days=day), draw(st.sampled_from(list(Because))))
        for n, day in enumerate(days)
    ]


class Person:
    """Somebody who is looked at when the last look said to, by a worker that may be late."""

    def __init__(self, chosen: Choices, is_working: Callable[[date], bool]) -> None:
        self.chosen, self.is_working = chosen, is_working
        self.told: dict[Time, Stage] = {}
        self.said: list[tuple[datetime, Time, Stage]] = []
        self.messages: list[datetime] = []

    def look(self, duties: list[Owed], now: datetime) -> datetime | None:
        today = local(now).date()
        said = sum(local(at).date() == today for at in self.messages)
        if may_say(self.chosen, self.is_working, said, now):
            digest = what_to_say(duties, self.chosen, self.told, now)
            if digest is not None:
                self.messages.append(now)
                said += 1
                for news in digest.news:
                    self.said.append((now, news.owed.time, news.stage))
                    self.told[news.owed.time] = news.stage
        return next_look(self.chosen, self.is_working, said, now)


def live(person: Person, duties: list[Owed], lateness: list[int]) -> None:
    """Let the days pass, each look some minutes later than it should have been."""
    now: datetime | None = BEGIN
    looks = 0
    while now is not None and now < BEGIN + timedelta(days=SPAN):
        after = person.look(duties, now)
        assert after is None or after > now
        looks += 1
        late = timedelta(minutes=lateness[looks % len(lateness)])
        # Who hears at once is looked at every five minutes: step further to keep this quick.
        step = timedelta(hours=3) if person.chosen.how is How.AT_ONCE else timedelta()
        now = None if after is None else max(after, now + step) + late


@given(choices(), duties(), st.lists(st.integers(0, 600), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_nothing_is_told_twice_and_nothing_late_stays_untold(
    chosen: Choices, owing: list[Owed], lateness: list[int]
) -> None:
    person = Person(chosen, WALES.is_working)
    live(person, owing, lateness)
    pairs = [(at, stage) for _now, at, stage in person.said]
    assert len(pairs) == len(set(pairs))
    for now in person.messages:
        assert WALES.is_working(local(now).date())
        assert not chosen.is_quiet(local(now).time())
    if chosen.how is How.DIGEST:
        days = [local(now).date() for now in person.messages]
        assert len(days) == len(set(days))
        assert all(local(now).time() >= chosen.morning for now in person.messages)
    if hours_to_tell(chosen) > 11:
        assert {one.time for one in owing if one.late_from < BEGIN + timedelta(days=SPAN - 15)} <= {
            at for at, stage in person.told.items() if stage is Stage.LATE
        }


def hours_to_tell(chosen: Choices) -> int:
    """Return how many hours in a row of a working day somebody may be told."""
    longest = run = 0
    for hour in range(24 * 4):
        clock = time(hour // 4, hour % 4 * 15)
        early = chosen.how is How.DIGEST and clock < chosen.morning
        run = 0 if chosen.is_quiet(clock) or early else run + 1
        longest = max(longest, run)
    return longest // 4


@given(choices(), st.integers(0, 60 * 24 * 1000), st.integers(0, 1))
@settings(max_examples=300, deadline=None)
def test_the_next_look_is_the_first_instant_at_which_somebody_may_be_told(
    chosen: Choices, minutes: int, said: int
) -> None:
    now = BEGIN + timedelta(minutes=minutes)
    after = next_look(chosen, WALES.is_working, said, now)
    assert after is not None
    assert after > now
    if chosen.how is How.AT_ONCE or hours_to_tell(chosen) == 0:
        return
    # Today it was looked already; what may be said today was said just now.
    looked = said or may_say(chosen, WALES.is_working, 0, now)
    for quarter in range(1, 24 * 4 * 6):
        between = now + timedelta(minutes=15 * quarter)
        if between >= after:
            break
        if not looked or local(between).date() != local(now).date():
            assert not may_say(chosen, WALES.is_working, 0, between), between


def test_a_duty_is_told_before_on_and_after_its_day_and_each_once() -> None:
    person = Person(Choices(How.DIGEST, 3), WALES.is_working)
    due = [owed("a", date(2026, 3, 12))]
    for day in range(8, 17):
        person.look(due, london(f"2026-03-{day:02}T08:00"))
    assert [(local(now).day, stage) for now, _, stage in person.said] == [
        (9, Stage.SOON),
        (12, Stage.TODAY),
        (13, Stage.LATE),
    ]


def test_a_date_that_moves_is_told_anew() -> None:
    person = Person(Choices(How.DIGEST, 0), WALES.is_working)
    person.look([owed("a", date(2026, 3, 12))], london("2026-03-12T08:00"))
    moved = [owed("a", date(2026, 3, 17))]
    person.look(moved, london("2026-03-13T08:00"))
    person.look(moved, london("2026-03-17T08:00"))
    assert [stage for _, _, stage in person.said] == [Stage.TODAY, Stage.TODAY]


def test_over_easter_nobody_is_told_and_on_tuesday_once() -> None:
    """Good Friday 2026 is 3 April, Easter Monday the 6th."""
    person = Person(Choices(How.DIGEST, 3), WALES.is_working)
    due = [owed("a", date(2026, 4, 3)), owed("b", date(2026, 4, 6))]
    live_until(person, due, london("2026-04-02T08:00"), london("2026-04-09T00:00"))
    assert [local(now).isoformat()[:16] for now in person.messages] == [
        "2026-04-02T08:00",
        "2026-04-07T08:00",
    ]


def live_until(person: Person, due: list[Owed], now: datetime | None, end: datetime) -> None:
    while now is not None and now < end:
        now = person.look(due, now)


@pytest.mark.parametrize("month", ["03-30", "10-26"])
def test_after_the_clocks_changed_it_is_eight_in_london(month: str) -> None:
    year = "2026"
    day = date.fromisoformat(f"{year}-{month}")
    friday = day - timedelta(days=3)
    after = next_look(Choices(), WALES.is_working, 1, london(f"{friday}T09:00"))
    assert after is not None
    assert local(after).isoformat()[:16] == f"{day}T08:00"


def test_what_is_due_on_29_february_is_late_on_1_march() -> None:
    person = Person(Choices(How.DIGEST, 0), WALES.is_working)
    due = [owed("a", date(2028, 2, 29))]
    live_until(person, due, london("2028-02-25T08:00"), london("2028-03-03T00:00"))
    assert [(local(now).date(), stage) for now, _, stage in person.said] == [
        (date(2028, 2, 29), Stage.TODAY),
        (date(2028, 3, 1), Stage.LATE),
    ]


def test_hours_count_for_those_who_want_to_hear_at_once() -> None:
    """Reported on a Friday at 10:30, due 24 hours on: told at once; late on Monday morning."""
    person = Person(Choices(How.AT_ONCE, 3), WALES.is_working)
    at = london("2026-03-14T10:30")
    due = [owed("a", date(2026, 3, 14), at=at)]
    live_until(person, due, london("2026-03-13T10:35"), london("2026-03-17T00:00"))
    assert [(local(now).isoformat()[:16], stage) for now, _, stage in person.said] == [
        ("2026-03-13T10:35", Stage.SOON),
        ("2026-03-16T07:30", Stage.LATE),
    ]


def test_somebody_else_s_duty_is_told_to_the_lead_only_once_it_is_late() -> None:
    person = Person(Choices(How.DIGEST, 10), WALES.is_working)
    due = [owed("a", date(2026, 3, 12), Because.LED)]
    live_until(person, due, london("2026-03-09T08:00"), london("2026-03-17T00:00"))
    assert [stage for _, _, stage in person.said] == [Stage.LATE]


def test_the_most_pressing_comes_first_and_what_was_told_is_counted() -> None:
    now = london("2026-03-12T08:00")
    due = [
        owed("soon", date(2026, 3, 13)),
        owed("late", date(2026, 3, 11)),
        owed("today", date(2026, 3, 12)),
        owed("later", date(2026, 3, 30)),
        owed("known", date(2026, 3, 2)),
    ]
    digest = what_to_say(due, Choices(), {due[4].time: Stage.LATE}, now)
    assert digest is not None
    assert [news.owed.key for news in digest.news] == ["late", "today", "soon"]
    assert digest.still_late == 1
    assert all(one.late_from <= horizon(Choices(), now) for one in due if one.key != "later")


def test_somebody_who_wants_to_hear_nothing_is_never_looked_at_again() -> None:
    assert next_look(Choices(How.NONE), WALES.is_working, 0, BEGIN) is None
    assert not may_say(Choices(How.NONE), WALES.is_working, 0, london("2026-03-12T10:00"))


def test_somebody_who_is_always_quiet_is_looked_at_now_and_then() -> None:
    always = Choices(How.DIGEST, 3, time(8), time(0), time(23, 59))
    after = next_look(always, lambda _day: False, 0, BEGIN)
    assert after is not None
    assert after > BEGIN + timedelta(days=20)
