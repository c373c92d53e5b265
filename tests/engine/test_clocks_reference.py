"""Clocks against a slow, plain way of counting, and laws that every clock keeps."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from candour.engine.calendars import Calendar
from candour.engine.clocks import LONDON, Clock, Counting, OnHoliday, Pause, Unit, prove
from candour.policies.calendars import calendar

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
EPOCH = datetime(2025, 1, 1, tzinfo=UTC)

calendars = st.sampled_from(["england", "wales", "uk-any"]).map(calendar)
moments = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: EPOCH + minutes * MINUTE)
days = st.dates(date(2023, 1, 1), date(2029, 1, 1))


@st.composite
def clocks(draw: st.DrawFn, most: int = 60, *, hours: bool = False) -> Clock:
    unit = Unit.HOUR if hours else draw(st.sampled_from([u for u in Unit if u is not Unit.HOUR]))
    back_and_on = [Counting.AFTER, Counting.BEFORE]
    counting = draw(st.sampled_from(back_and_on if hours else list(Counting)))
    either: list[OnHoliday] = ["stand", "roll"]
    roll: OnHoliday = "stand" if hours else draw(st.sampled_from(either))
    # No more years than the calendars have on either side of the days that are drawn.
    most = most // 6 if unit is Unit.YEAR else most
    return Clock(draw(st.integers(1, most)), unit, counting, on_holiday=roll)


@st.composite
def some_pauses(draw: st.DrawFn, start: datetime) -> list[Pause]:
    pauses = []
    for _ in range(draw(st.integers(0, 4))):
        begins = start + draw(st.integers(-3 * 24 * 60, 45 * 24 * 60)) * MINUTE
        length = draw(st.none() | st.integers(0, 4 * 24 * 60))
        if length is None and draw(st.booleans()):
            length = 60
        pauses.append(Pause(begins, None if length is None else begins + length * MINUTE))
    return pauses


def same_day_of(year: int, month: int, day: int) -> date:
    """The day of that month, or the last that there is."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def touched(day: date, pauses: Sequence[Pause]) -> bool:
    begins = datetime(day.year, day.month, day.day, tzinfo=LONDON)
    following = day + DAY
    ends = datetime(following.year, following.month, following.day, tzinfo=LONDON)
    return any(
        pause.begins < ends and (pause.ends is None or pause.ends > begins)
        for pause in pauses
        if pause.begins != pause.ends
    )


def held_for_good(day: date, pauses: Sequence[Pause]) -> bool:
    return any(p.ends is None and p.begins.astimezone(LONDON).date() <= day for p in pauses)


def slowly(clock: Clock, start: date, place: Calendar, pauses: Sequence[Pause]) -> date | None:
    """Count on one's fingers."""
    back = clock.counting is Counting.BEFORE
    step = -DAY if back else DAY
    pauses = [] if back else pauses
    day = start if clock.counting is Counting.BEGINNING_WITH else start + step
    for _ in range(fingers(clock, start) - 1):
        day = count_one(clock, day, place, pauses, step)
        if held_for_good(day, pauses):
            return None
        day += step
    day = count_one(clock, day, place, pauses, step)
    while clock.on_holiday == "roll" and (touched(day, pauses) or not place.is_working(day)):
        if held_for_good(day, pauses):
            return None
        day += step
    return None if held_for_good(day, pauses) else day


def count_one(
    clock: Clock, day: date, place: Calendar, pauses: Sequence[Pause], step: timedelta
) -> date:
    only_working = clock.unit is Unit.WORKING_DAY
    while touched(day, pauses) or (only_working and not place.is_working(day)):
        if held_for_good(day, pauses):
            return day
        day += step
    return day


def fingers(clock: Clock, start: date) -> int:
    """How many days there are to count."""
    if clock.unit in (Unit.WORKING_DAY, Unit.DAY):
        return clock.amount
    if clock.unit is Unit.WEEK:
        return clock.amount * 7
    months = clock.amount * (12 if clock.unit is Unit.YEAR else 1)
    if clock.counting is Counting.BEFORE:
        return (start - same_day_of(start.year, start.month - months, start.day)).days
    end = same_day_of(start.year, start.month + months, start.day)
    whole = clock.counting is Counting.BEGINNING_WITH and end.day < start.day
    return (end - start).days + whole


@settings(deadline=None)  # correctness, not speed: a busy machine must not fail it
@given(clock=clocks(), start=days, place=calendars)
def test_a_look_up_comes_to_what_counting_comes_to(
    clock: Clock, start: date, place: Calendar
) -> None:
    assert clock.due_date(start, place) == slowly(clock, start, place, ())


@settings(deadline=None)
@given(clock=clocks(most=12), start=moments, place=calendars, data=st.data())
def test_so_it_does_with_pauses(
    clock: Clock, start: datetime, place: Calendar, data: st.DataObject
) -> None:
    pauses = data.draw(some_pauses(start))
    day = start.astimezone(LONDON).date()
    assert clock.due(start, place, pauses).on == slowly(clock, day, place, pauses)


@settings(deadline=None, max_examples=40)
@given(clock=clocks(most=30, hours=True), start=moments, place=calendars, data=st.data())
def test_hours_come_to_what_counting_minutes_comes_to(
    clock: Clock, start: datetime, place: Calendar, data: st.DataObject
) -> None:
    pauses = data.draw(some_pauses(start))
    back = clock.counting is Counting.BEFORE
    moment, left = start, clock.amount * 60
    found = clock.due(start, place, pauses).moment
    while left:
        held = [p for p in pauses if p.begins <= moment and (not p.ends or moment < p.ends)]
        if held and not back:
            if any(pause.ends is None for pause in held):
                assert found is None
                return
        else:
            left -= 1
        moment += -MINUTE if back else MINUTE
    assert found == moment


@given(clock=clocks(), start=days, later=st.integers(0, 400), place=calendars)
def test_a_later_start_is_never_due_earlier(
    clock: Clock, start: date, later: int, place: Calendar
) -> None:
    assert clock.due_date(start, place) <= clock.due_date(start + later * DAY, place)


@given(clock=clocks(), start=moments, place=calendars)
def test_what_counts_on_is_never_due_before_its_start_nor_what_counts_back_after_it(
    clock: Clock, start: datetime, place: Calendar
) -> None:
    day = start.astimezone(LONDON).date()
    due = clock.due(start, place)
    assert due.on is not None
    assert due.on < day if clock.counting is Counting.BEFORE else due.on >= day


@settings(deadline=None)
@given(clock=clocks(most=12), start=moments, place=calendars, data=st.data())
def test_pauses_never_bring_a_due_date_forward(
    clock: Clock, start: datetime, place: Calendar, data: st.DataObject
) -> None:
    paused = clock.due(start, place, data.draw(some_pauses(start))).on
    plain = clock.due(start, place).on
    assert plain is not None
    assert paused is None or paused >= plain


@given(clock=clocks(most=6), start=moments, place=calendars, n=st.integers(1, 8))
def test_the_nth_occurrence_is_n_times_as_far_from_the_anchor(
    clock: Clock, start: datetime, place: Calendar, n: int
) -> None:
    amount, unit = clock.amount, clock.unit
    every = Clock(amount, unit, Counting.AFTER, repeats=True, on_holiday=clock.on_holiday)
    once = Clock(amount * n, unit, Counting.AFTER, on_holiday=clock.on_holiday)
    assert every.occurrence(start, n, place) == once.due(start, place)
    assert every.occurrence(start, 1, place) == every.due(start, place)


@settings(deadline=None)
@given(clock=clocks(most=12), start=moments, place=calendars, data=st.data())
def test_a_proof_counts_as_many_as_the_clock_says_and_ends_where_it_is_due(
    clock: Clock, start: datetime, place: Calendar, data: st.DataObject
) -> None:
    pauses = data.draw(some_pauses(start))
    proof = prove(clock, start, place, pauses)
    counted = [met for met in proof.days if met.counted]
    assert [met.number for met in counted] == list(range(1, len(counted) + 1))
    assert all(met.counted or met.reason for met in proof.days)
    assert all(bool(met.reason) == bool(met.reason_cy) for met in proof.days)
    assert len(proof.lines("en")) == len(proof.lines("cy"))
    if proof.due.on is None:
        return
    assert len(counted) == clock.amount * (7 if clock.unit is Unit.WEEK else 1)
    assert proof.days[-1].day == proof.due.on
