"""The cycles in which a body feeds back: months, quarters or years of the calendar, in London days.

Pure. HD-07: on a regular cycle through the year, which the body chooses.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

MONTHS: Final = 12
A_DAY: Final = timedelta(days=1)


class Every(StrEnum):
    """How often a body feeds back."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months a cycle has."""
        return {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: MONTHS}[self]


@dataclass(frozen=True, slots=True, order=True)
class Cycle:
    """The days of one cycle, both included."""

    first: date
    last: date

    @property
    def due(self) -> date:
        """The day from which its digest is due: the first that is no longer in it."""
        return self.last + A_DAY

    def overlaps(self, other: "Cycle") -> bool:
        """Return whether any day is in both."""
        return self.first <= other.last and other.first <= self.last


def cycle_of(every: Every, day: date) -> Cycle:
    """Return the cycle that a day lies in."""
    months = day.year * MONTHS + day.month - 1
    begins = months - months % every.months
    return Cycle(_first_of(begins), _first_of(begins + every.months) - A_DAY)


def _first_of(months: int) -> date:
    return date(months // MONTHS, months % MONTHS + 1, 1)
