"""Moments as people write them: a London day, a London time, or an instant with its offset."""

import re
from datetime import UTC, date, datetime
from typing import Final

from candour.engine.london import LONDON, local, start_of

_WRITTEN: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?")
LIKE: Final = "2026-03-30, or with a London time 2026-03-30T14:00"


def moment_of(written: str) -> datetime:
    """Return the UTC instant that is meant; a day alone stands for its start in London.

    Raises:
        ValueError: it is not written as a day or a moment, or there is no such day.
    """
    if not _WRITTEN.fullmatch(written):
        msg = f"“{written}” is not a day or moment. Write it like {LIKE}."
        raise ValueError(msg)
    try:
        if "T" not in written:
            return start_of(date.fromisoformat(written))
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        msg = f"“{written}” is not a real day or moment ({error}). Write it like {LIKE}."
        raise ValueError(msg) from error


def written(moment: datetime) -> str:
    """Return an instant as London time, with its offset."""
    return local(moment).isoformat(timespec="minutes")
