"""When somebody answers: hours of London clock time by the day of the week, and bank holidays.

Pure: the instant is an argument. Half past eight is half past eight in winter and in summer; where
the clocks go back at night, an hour that comes twice is open or closed both times. Nothing here is
guessed: hours that nobody told us are unknown, never “always”.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Self

from candour.engine.contacts import CLOSED_EACH_YEAR
from candour.engine.london import LONDON, local
from candour.policies.calendars import calendar

MIDNIGHT: Final = 24 * 60  # minutes: where a day ends
WEEK: Final = range(7)
FURTHEST: Final = timedelta(days=400)  # how far ahead a change is looked for
CLOCK_CHANGE: Final = time(1, tzinfo=UTC)  # the clocks of London change at this hour, if at all

Stretch = tuple[int, int]  # minutes of a day: from the first until just before the second


class Sort(StrEnum):
    """In what way somebody keeps hours."""

    KEPT = "kept"
    ALWAYS = "always"
    OTHERWISE = "otherwise"  # whenever those before them in the line do not answer
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours that a desk keeps.

    Attributes:
        sort: whether it keeps hours at all, and if not, why not.
        week: for each day of the week (0 is Monday) its stretches, in order, apart from each other.
        on_holidays: the stretches of a bank holiday; None where it is a day like any other.
        holidays_of: whose bank holidays: a calendar's name ("england", "wales", "uk-any").
    """

    sort: Sort
    week: tuple[tuple[Stretch, ...], ...] = ((),) * 7
    on_holidays: tuple[Stretch, ...] | None = ()
    holidays_of: str = "england"

    @classmethod
    def kept(
        cls,
        week: Mapping[int, Iterable[Stretch]],
        *,
        on_holidays: Iterable[Stretch] | None = (),
        holidays_of: str = "england",
    ) -> Self:
        """Return hours of a week; a stretch that ends at or before its beginning runs overnight.

        Stretches that touch or overlap become one. What runs past midnight is kept under the next
        day of the week, and so is closed where that day is a bank holiday.
        """
        days: dict[int, list[Stretch]] = {day: [] for day in WEEK}
        for day, stretches in week.items():
            for opens, closes in stretches:
                if opens < closes:
                    days[day].append((opens, closes))
                else:
                    days[day].append((opens, MIDNIGHT))
                    days[(day + 1) % 7].append((0, closes))
        return cls(
            Sort.KEPT,
            tuple(joined(days[day]) for day in WEEK),
            None if on_holidays is None else joined(on_holidays),
            holidays_of,
        )

    def stretches(self, day: date, shut: Container[date] = ()) -> tuple[Stretch, ...]:
        """Return the stretches in which it answers on a London day.

        Args:
            day: the day.
            shut: days on which its body is closed for reasons of its own.
        """
        if day in shut:
            return ()
        if self.on_holidays is not None and is_holiday(day, self.holidays_of):
            return self.on_holidays
        return self.week[day.weekday()]

    def is_open(self, instant: datetime, shut: Container[date] = ()) -> bool | None:
        """Return whether it answers at an instant; None where only a line can tell, or nobody.

        Raises:
            ClockError: the instant has no time zone.
        """
        at = local(instant)
        if self.sort is Sort.KEPT:
            minute = at.hour * 60 + at.minute
            return any(a <= minute < b for a, b in self.stretches(at.date(), shut))
        return True if self.sort is Sort.ALWAYS else None


ALWAYS: Final = Hours(Sort.ALWAYS, on_holidays=None)
OTHERWISE: Final = Hours(Sort.OTHERWISE, on_holidays=None)
UNKNOWN: Final = Hours(Sort.UNKNOWN, on_holidays=None)


@dataclass(frozen=True, slots=True)
class Answers:
    """Whether somebody answers, and until when that is so.

    Attributes:
        open: True or False; None where nobody knows.
        until: the first instant at which it is otherwise; None where that does not come within
            `FURTHEST`.
    """

    open: bool | None
    until: datetime | None = None


def answers_at(hours: Hours, instant: datetime, *, shut: Container[date] = ()) -> Answers:
    """Return whether hours are open at an instant, and until when that holds.

    Args:
        hours: the hours.
        instant: any instant, with its time zone.
        shut: days on which the body is closed, whatever its hours say.

    Raises:
        ClockError: the instant has no time zone.
    """
    now = hours.is_open(instant, shut)
    if hours.sort is not Sort.KEPT:
        return Answers(now)
    until = first_change(
        instant, lambda at: hours.is_open(at, shut), lambda day: edges(hours, day, shut)
    )
    return Answers(now, until)


def first_change(
    instant: datetime,
    state: Callable[[datetime], object],
    minutes_of: Callable[[date], Iterable[int]],
) -> datetime | None:
    """Return the first instant after this one at which a state is another than now, or None.

    Args:
        instant: where to begin.
        state: what holds at an instant; it changes only at midnight, when the clocks change, or at
            one of the minutes that `minutes_of` names for the day.
        minutes_of: the minutes of a London day at which it may change.
    """
    now = state(instant)
    day = local(instant).date()
    last = day + FURTHEST
    while day <= last:
        for at in sorted(set(_instants(day, minutes_of(day)))):
            if at > instant and state(at) != now:
                return at
        day += timedelta(days=1)
    return None


def edges(hours: Hours, day: date, shut: Container[date] = ()) -> Iterator[int]:
    """Yield the minutes of a day at which hours may open or close."""
    for opens, closes in hours.stretches(day, shut):
        yield from (opens, closes)


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return stretches in order, those that touch or overlap as one, and none that are empty."""
    found: list[Stretch] = []
    for opens, closes in sorted(stretches):
        if opens >= closes:
            continue
        if found and opens <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], closes))
        else:
            found.append((opens, closes))
    return tuple(found)


def is_holiday(day: date, whose: str) -> bool:
    """Return whether offices are closed on a day: a bank holiday, Christmas or New Year's Day.

    Beyond the years that the calendar knows only the days that are the same every year count.
    """
    return (day.month, day.day) in CLOSED_EACH_YEAR or day in calendar(whose).holidays


def _instants(day: date, minutes: Iterable[int]) -> Iterator[datetime]:
    """Yield the instants at which clocks show these minutes: both, where an hour comes twice."""
    yield datetime.combine(day, CLOCK_CHANGE)
    for minute in {0, *minutes} - {MIDNIGHT}:
        wall = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=LONDON)
        yield wall.astimezone(UTC)
        yield wall.replace(fold=1).astimezone(UTC)
