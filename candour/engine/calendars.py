"""Working days: a calendar knows which days count, why the others do not, and where it ends.

A calendar covers whole days from `first` to `last`, both included. Asked about any other day it
raises `BeyondCalendar`: a bank holiday nobody has proclaimed yet is not ours to guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal

from candour.engine.errors import ClockError
from candour.engine.words import Language

Source = Literal["published", "computed", "closure"]

SATURDAY = 5
WEEKEND: Mapping[int, Mapping[Language, str]] = MappingProxyType(
    {5: {"en": "Saturday", "cy": "Dydd Sadwrn"}, 6: {"en": "Sunday", "cy": "Dydd Sul"}}
)
_COMPUTED: Mapping[Language, str] = MappingProxyType(
    {"en": "computed, not yet published", "cy": "wedi’i gyfrifo, heb ei gyhoeddi eto"}
)


@cache
def _all_days(first: date, last: date) -> tuple[date, ...]:
    """Return every day of a span; calendars of the same years share them, to stay small."""
    return tuple(map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)))


@cache
def _numbers(count: int) -> tuple[int, ...]:
    """Return 0 to `count`, shared in the same way."""
    return tuple(range(count + 1))


class BeyondCalendar(ClockError):
    """A day outside the years that a calendar knows."""

    def __init__(self, day: date | None, calendar: "Calendar", *, counting_from: date) -> None:
        """Say which day was asked for, of which calendar, and what it does know."""
        self.day = day
        asked = (
            f"{day.isoformat()} is outside the calendar “{calendar.name}”"
            if day
            else f"Counting from {counting_from.isoformat()} leaves the calendar “{calendar.name}”"
        )
        super().__init__(
            f"{asked}, which knows {calendar.first.isoformat()} to {calendar.last.isoformat()}. "
            "Choose a day within those years, or give the calendar more of them."
        )


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named day that is not a working day, in English and Welsh, and how we know of it.

    `published` is in the official list or proclaimed, `computed` follows from the law's own rule
    for a year the list has not reached, `closure` is a body's own.
    """

    name: str
    name_cy: str
    source: Source

    def text(self, language: Language = "en") -> str:
        """Return the name in `language`; a computed holiday says that it is one."""
        name = self.name_cy if language == "cy" else self.name
        return f"{name} ({_COMPUTED[language]})" if self.source == "computed" else name


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The working days of one place: not Saturdays, not Sundays, not its holidays. Immutable.

    `first` and `last` bound what it knows. Two tables, made once, answer any count without a
    loop: how many working days precede each day, and the working days in order.
    """

    name: str
    first: date
    last: date
    holidays: Mapping[date, Holiday]
    _base: int = field(init=False, repr=False)
    _span: int = field(init=False, repr=False)
    _before: list[int] = field(init=False, repr=False)
    _working: tuple[date, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check that every holiday lies within the bounds, and build the tables.

        Raises:
            ClockError: the bounds are the wrong way round.
            BeyondCalendar: a holiday lies outside them.
        """
        if self.last < self.first:
            msg = f"The calendar “{self.name}” ends on {self.last} before it begins, {self.first}."
            raise ClockError(msg)
        for day in self.holidays:
            self._inside(day)
        self._set("holidays", MappingProxyType(dict(sorted(self.holidays.items()))))
        every_day = _all_days(self.first, self.last)
        numbers = _numbers(len(every_day))
        before: list[int] = []
        working: list[date] = []
        for day in every_day:
            before.append(numbers[len(working)])
            if day.weekday() < SATURDAY and day not in self.holidays:
                working.append(day)
        before.append(numbers[len(working)])
        self._set("_base", self.first.toordinal())
        self._set("_span", len(every_day))
        self._set("_before", before)
        self._set("_working", tuple(working))

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _inside(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise BeyondCalendar(day, self, counting_from=day)

    def is_working(self, day: date) -> bool:
        """Return whether `day` is a working day.

        Raises:
            BeyondCalendar: the calendar does not know that day.
        """
        self._inside(day)
        return day.weekday() < SATURDAY and day not in self.holidays

    def why_not(self, day: date, language: Language = "en") -> str | None:
        """Return why `day` is not a working day (“Saturday”, “Good Friday”), or None if it is one.

        Raises:
            BeyondCalendar: the calendar does not know that day.
        """
        self._inside(day)
        if day.weekday() >= SATURDAY:
            return WEEKEND[day.weekday()][language]
        holiday = self.holidays.get(day)
        return holiday.text(language) if holiday else None

    # Called a million times a second: the flag is positional, and bounds are checked once.
    def working_day(self, day: date, offset: int, from_next: bool = False) -> date:  # noqa: FBT001, FBT002  speed
        """Return the working day `offset` places from `day`, in constant time.

        Place 0 is the first working day from `day` on (`from_next`: from the day after it on);
        place −1 is the last working day before that.

        Raises:
            BeyondCalendar: `day`, or the day to return, is not one that the calendar knows.
        """
        index = day.toordinal() - self._base
        if not 0 <= index < self._span:
            raise BeyondCalendar(day, self, counting_from=day)
        place = self._before[index + from_next] + offset
        if place >= 0:
            try:
                return self._working[place]
            except IndexError:
                pass
        raise BeyondCalendar(None, self, counting_from=day)

    def working_days_between(self, first: date, last: date) -> int:
        """Return how many working days there are from `first` to `last`, both included.

        Raises:
            BeyondCalendar: the calendar does not know one of them.
        """
        self._inside(first)
        self._inside(last)
        counts = self._before
        return counts[last.toordinal() - self._base + 1] - counts[first.toordinal() - self._base]

    def next_working(self, day: date) -> date:
        """Return `day` if it is a working day, else the next one.

        Raises:
            BeyondCalendar: the calendar does not know that day.
        """
        return self.working_day(day, 0)

    def previous_working(self, day: date) -> date:
        """Return `day` if it is a working day, else the one before.

        Raises:
            BeyondCalendar: the calendar does not know that day.
        """
        return self.working_day(day, -1, True)  # noqa: FBT003  as above

    def with_closures(self, closures: Mapping[date, str], name: str) -> "Calendar":
        """Return a calendar called `name` that also leaves out a body's own closure days.

        A day that is a bank holiday already keeps its name.

        Raises:
            BeyondCalendar: a closure lies outside the calendar.
        """
        own = {day: Holiday(reason, reason, "closure") for day, reason in closures.items()}
        return Calendar(name, self.first, self.last, {**own, **self.holidays})
