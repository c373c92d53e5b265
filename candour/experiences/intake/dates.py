"""Dates written day first and month first in one column, told apart and never guessed in silence.

A value such as ``30/09/2021`` has one possible reading. ``03/10/2021`` has two, and is settled in
this order, each settling counted:

1. *one reading*: the other would be no date, or lies after the import or before the earliest day
   that the mapping allows;
2. *neighbours*: among values of the same group (the mapping names the columns, such as trust and
   question), the nearest with one reading before it and the nearest after it agree;
3. *nearer neighbour*: they disagree, or there is one on one side only: the nearer by line counts;
4. *default*: there is none, or both are equally near: the mapping's usual order counts.

A bare number of five digits, which a spreadsheet shows for a date that lost its format, is the
count of days in the file's system, from 1900 or from 1904; those are counted apart.
"""

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from candour.experiences.intake.serials import serial_day

SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]\d{2}:\d{2}.*)?")


class Order(StrEnum):
    """Which of the first two numbers is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class How(StrEnum):
    """What settled how a date is read."""

    ONE_READING = "only one reading is a possible date"
    NEIGHBOURS = "neighbours before and after agree"
    NEARER = "the nearer neighbour"
    DEFAULT = "the mapping's usual order"
    SERIAL = "a number of days, as a spreadsheet counts them"


@dataclass(frozen=True, slots=True)
class Readings:
    """The dates that a value can stand for.

    Attributes:
        day_first: the date when the first number is the day, or None if that is none.
        month_first: the same for the month.
        counted: the value is a number of days.
    """

    day_first: date | None
    month_first: date | None
    counted: bool = False

    @property
    def possible(self) -> bool:
        """Whether there is any reading."""
        return self.day_first is not None or self.month_first is not None

    @property
    def ambiguous(self) -> bool:
        """Whether there are two different ones."""
        return None not in (self.day_first, self.month_first) and self.day_first != self.month_first

    @property
    def shows(self) -> Order | None:
        """The order that this value is proof of, or None when it fits both or neither."""
        if (self.day_first is None) == (self.month_first is None):
            return None
        return Order.MONTH_FIRST if self.day_first is None else Order.DAY_FIRST


def readings(text: str, *, earliest: date, latest: date, from_1904: bool = False) -> Readings:
    """Return the readings of a value that fall between two days, both included.

    Understood are two numbers and a year of four digits with ``/``, ``-`` or ``.`` between, and
    ISO dates, each with or without a time of day; and numbers of days, from 1900 unless
    ``from_1904``. Anything else has no reading.
    """
    if iso := ISO.fullmatch(text):
        only = _day(*map(int, iso.groups()), earliest=earliest, latest=latest)
        return Readings(only, only)
    if slashed := SLASHED.fullmatch(text):
        first, second, year = map(int, slashed.groups())
        return Readings(
            day_first=_day(year, second, first, earliest=earliest, latest=latest),
            month_first=_day(year, first, second, earliest=earliest, latest=latest),
        )
    if counted := SERIAL.fullmatch(text):
        only = serial_day(int(counted.group(1)), from_1904=from_1904)
        if only is not None and earliest <= only <= latest:
            return Readings(only, only, counted=True)
    return Readings(None, None)


def _day(year: int, month: int, day: int, *, earliest: date, latest: date) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if earliest <= found <= latest else None


@dataclass(slots=True)
class _Runs:
    """Stretches of lines whose values show one order: first line, last line, day first or not."""

    begins: "array[int]" = field(default_factory=lambda: array("q"))
    ends: "array[int]" = field(default_factory=lambda: array("q"))
    day_first: "array[int]" = field(default_factory=lambda: array("b"))


@dataclass(frozen=True, slots=True)
class Settled:
    """A date, the order it was read in, and what settled that."""

    day: date
    order: Order
    how: How


class Evidence:
    """What the values with one reading say about those with two.

    Kept as runs of lines, so that a file of any length in one order takes a few bytes a group.
    """

    def __init__(self) -> None:
        self._runs: dict[tuple[str, ...], _Runs] = {}

    def add(self, group: tuple[str, ...], line: int, order: Order) -> None:
        """Note that the value on this line shows this order. Lines come in ascending order."""
        runs = self._runs.setdefault(group, _Runs())
        day_first = order is Order.DAY_FIRST
        if runs.day_first and bool(runs.day_first[-1]) == day_first:
            runs.ends[-1] = line
        else:
            runs.begins.append(line)
            runs.ends.append(line)
            runs.day_first.append(day_first)

    def settle(
        self, found: Readings, group: tuple[str, ...], line: int, *, usual: Order
    ) -> Settled | None:
        """Return the date that a value stands for and what settled it; None if it stands for none.

        Args:
            found: the value's readings.
            group: the group whose neighbours count.
            line: where the value stands.
            usual: the order when nothing else tells.
        """
        if not found.ambiguous:
            order = found.shows or usual
            day = found.day_first or found.month_first
            how = How.SERIAL if found.counted else How.ONE_READING
            return None if day is None else Settled(day, order, how)
        order, how = self._from_neighbours(group, line) or (usual, How.DEFAULT)
        day = found.day_first if order is Order.DAY_FIRST else found.month_first
        return None if day is None else Settled(day, order, how)

    def _from_neighbours(self, group: tuple[str, ...], line: int) -> tuple[Order, How] | None:
        runs = self._runs.get(group)
        if runs is None:
            return None
        after = bisect_right(runs.begins, line)
        before = after - 1
        if before >= 0 and line <= runs.ends[before]:
            return _order(runs, before), How.NEIGHBOURS
        distances = []
        if before >= 0:
            distances.append((line - runs.ends[before], before))
        if after < len(runs.begins):
            distances.append((runs.begins[after] - line, after))
        nearest = min(distances)
        if len(distances) == 2 and distances[0][0] == distances[1][0]:
            return None
        return _order(runs, nearest[1]), How.NEARER


def _order(runs: _Runs, index: int) -> Order:
    return Order.DAY_FIRST if runs.day_first[index] else Order.MONTH_FIRST
