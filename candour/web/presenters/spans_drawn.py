"""From when to when, drawn: bars on one line of time, which the table beside them says in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH = 440
NARROWEST = 4
MARGIN = timedelta(days=365)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar: where it begins and how wide it is, of `WIDTH`; whether its ends are open."""

    left: int
    wide: int


@dataclass(frozen=True, slots=True)
class Axis:
    """A line of time, from a day to a day; `mark` is the place of the day asked about."""

    first: date
    last: date
    mark: int

    def bar(self, begins: date | None, ends: date | None) -> Drawn:
        """Return the bar of something that holds from a day to a day; empty is open."""
        left = self._place(begins) if begins else 0
        right = self._place(ends + A_DAY) if ends and ends < self.last else WIDTH
        left = min(left, WIDTH - NARROWEST)
        return Drawn(left, max(NARROWEST, right - left))

    def _place(self, day: date) -> int:
        return round(WIDTH * max(0.0, min(1.0, (day - self.first) / (self.last - self.first))))


def axis(days: Iterable[date | None], asked: date) -> Axis:
    """Return a line of time that takes in these days and the one asked about, with a margin."""
    known = [asked, *(day for day in days if day is not None)]
    first, last = min(known) - MARGIN, max(known) + MARGIN
    mark = round(WIDTH * ((asked - first) / (last - first)))
    return Axis(first, last, mark)
