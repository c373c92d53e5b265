"""What a calendar says of a day, and where it stops knowing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.engine.calendars import BeyondCalendar, Calendar, Holiday
from candour.engine.errors import ClockError

GOOD_FRIDAY = date(2026, 4, 3)
EASTER_MONDAY = date(2026, 4, 6)
SPRING = Calendar(
    "spring",
    date(2026, 3, 1),
    date(2026, 5, 31),
    {
        EASTER_MONDAY: Holiday("Easter Monday", "Llun y Pasg", "computed"),
        GOOD_FRIDAY: Holiday("Good Friday", "Dydd Gwener y Groglith", "published"),
        date(2026, 5, 9): Holiday("A fair on a Saturday", "Ffair", "published"),
    },
)
days_of_spring = st.dates(SPRING.first, SPRING.last)


@pytest.mark.parametrize(
    ("day", "english", "welsh"),
    [
        (date(2026, 4, 2), None, None),
        (GOOD_FRIDAY, "Good Friday", "Dydd Gwener y Groglith"),
        (date(2026, 4, 4), "Saturday", "Dydd Sadwrn"),
        (date(2026, 4, 5), "Sunday", "Dydd Sul"),
        (
            EASTER_MONDAY,
            "Easter Monday (computed, not yet published)",
            "Llun y Pasg (wedi’i gyfrifo, heb ei gyhoeddi eto)",
        ),
        (date(2026, 5, 9), "Saturday", "Dydd Sadwrn"),
    ],
)
def test_a_day_says_why_it_is_not_a_working_day(
    day: date, english: str | None, welsh: str | None
) -> None:
    assert SPRING.why_not(day) == english
    assert SPRING.why_not(day, "cy") == welsh
    assert SPRING.is_working(day) is (english is None)


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2026, 6, 1)])
def test_a_day_it_does_not_know_is_an_error_that_names_the_day_and_the_bounds(day: date) -> None:
    for ask in (SPRING.is_working, SPRING.why_not, SPRING.next_working, SPRING.previous_working):
        with pytest.raises(BeyondCalendar) as refusal:
            ask(day)
        assert refusal.value.day == day
        for part in (day.isoformat(), "“spring”", "2026-03-01", "2026-05-31"):
            assert part in str(refusal.value)
    with pytest.raises(BeyondCalendar):
        SPRING.working_days_between(min(day, SPRING.first), max(day, SPRING.first))


def test_a_count_that_leaves_the_calendar_is_an_error_that_says_where_it_started() -> None:
    for offset in (400, -400):
        with pytest.raises(BeyondCalendar, match=r"Counting from 2026-04-01 leaves .* “spring”"):
            SPRING.working_day(date(2026, 4, 1), offset)


def test_the_last_day_can_be_counted_from_and_the_first_working_day_counted_to() -> None:
    assert SPRING.previous_working(date(2026, 5, 31)) == date(2026, 5, 29)
    assert SPRING.next_working(date(2026, 3, 1)) == date(2026, 3, 2)
    with pytest.raises(BeyondCalendar):
        SPRING.next_working(date(2026, 5, 31))
    with pytest.raises(BeyondCalendar):
        SPRING.previous_working(date(2026, 3, 1))


def test_closures_close_a_body_and_leave_the_calendar_they_came_from_alone() -> None:
    closed = SPRING.with_closures(
        {date(2026, 4, 7): "Training day", GOOD_FRIDAY: "Closed anyway"}, "spring of a body"
    )
    assert closed.why_not(date(2026, 4, 7)) == "Training day"
    assert closed.why_not(date(2026, 4, 7), "cy") == "Training day"
    assert closed.holidays[date(2026, 4, 7)].source == "closure"
    assert closed.why_not(GOOD_FRIDAY) == "Good Friday"
    assert closed.next_working(GOOD_FRIDAY) == date(2026, 4, 8)
    assert closed.name == "spring of a body"
    assert SPRING.next_working(GOOD_FRIDAY) == date(2026, 4, 7)


def test_a_closure_outside_the_calendar_is_refused() -> None:
    with pytest.raises(BeyondCalendar, match="2027-01-04"):
        SPRING.with_closures({date(2027, 1, 4): "Moving house"}, "spring of a body")


def test_a_calendar_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ClockError, match="before it begins"):
        Calendar("upside down", date(2026, 2, 1), date(2026, 1, 1), {})


def test_nobody_changes_the_holidays_of_a_calendar() -> None:
    given_holidays = {GOOD_FRIDAY: Holiday("Good Friday", "", "published")}
    calendar = Calendar("mine", SPRING.first, SPRING.last, given_holidays)
    given_holidays.clear()
    assert calendar.why_not(GOOD_FRIDAY) == "Good Friday"
    with pytest.raises(TypeError):
        calendar.holidays[EASTER_MONDAY] = Holiday("", "", "closure")  # type: ignore[index]  # the point


@given(first=days_of_spring, last=days_of_spring)
def test_working_days_between_are_the_working_days_that_one_can_point_at(
    first: date, last: date
) -> None:
    first, last = min(first, last), max(first, last)
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    assert SPRING.working_days_between(first, last) == sum(map(SPRING.is_working, days))


@given(day=days_of_spring, offset=st.integers(-10, 10), from_next=st.booleans())
def test_places_in_the_table_are_found_by_walking_too(
    day: date, offset: int, *, from_next: bool
) -> None:
    known = [SPRING.first + timedelta(n) for n in range((SPRING.last - SPRING.first).days + 1)]
    working = [each for each in known if SPRING.is_working(each)]
    ahead = [each for each in working if (each > day if from_next else each >= day)]
    place = len(working) - len(ahead) + offset
    if 0 <= place < len(working):
        assert SPRING.working_day(day, offset, from_next) == working[place]
    else:
        with pytest.raises(BeyondCalendar):
            SPRING.working_day(day, offset, from_next)
