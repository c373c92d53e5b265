"""Local time: instants are UTC, but a day is a day in London, in summer and in winter."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from candour.engine.errors import ClockError

LONDON = ZoneInfo("Europe/London")


def local(moment: datetime) -> datetime:
    """Return an aware instant as London clock time.

    Raises:
        ClockError: the instant has no time zone, so nobody can say when it was, or its local day
            lies outside the years 1 to 9999.
    """
    if moment.tzinfo is None:
        msg = f"{moment.isoformat()} has no time zone. Give an instant with its offset."
        raise ClockError(msg)
    try:
        return moment.astimezone(LONDON)
    except OverflowError as error:
        raise _beyond(moment) from error


@lru_cache(maxsize=10_000)  # some thirty years of days
def start_of(day: date) -> datetime:
    """Return the UTC instant at which a London day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the UTC instant at which a London day is over: the start of the next.

    Raises:
        ClockError: the next day lies beyond the year 9999.
    """
    try:
        return start_of(day + timedelta(days=1))
    except OverflowError as error:
        raise _beyond(day) from error


def _beyond(point: date) -> ClockError:
    return ClockError(f"{point.isoformat()} is at the edge of the years 1 to 9999. Choose another.")
