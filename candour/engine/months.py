"""Months: the same day of another month, or its last day where it has no such day."""

from calendar import monthrange
from datetime import date


def months_on(day: date, months: int) -> date:
    """Return `day` moved by `months`: 31 August + 6 is 28 February, 29 February + 12 is the 28th.

    Raises:
        ValueError: the result lies outside the years 1 to 9999.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
