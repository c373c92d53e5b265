"""The one place that reads the clock.

Everything else takes the time as an argument, so that any date can be explained, replayed and
tested. For demonstrations and tests the variable ``CANDOUR_NOW`` (ISO 8601, with or without an
offset; London time when without) stops the clock at that instant.
"""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class ClockSettingError(ValueError):
    """``CANDOUR_NOW`` holds something that is not a moment."""


def now() -> datetime:
    """Return the present instant, aware and in UTC (or the one that ``CANDOUR_NOW`` names).

    Raises:
        ClockSettingError: ``CANDOUR_NOW`` is set but cannot be read as a date and time.
    """
    fixed = os.environ.get("CANDOUR_NOW", "").strip()
    if not fixed:
        return datetime.now(UTC)  # noqa: TID251  # this function is the one permitted reader
    try:
        moment = datetime.fromisoformat(fixed)
    except ValueError as error:
        raise ClockSettingError(
            f"CANDOUR_NOW is {fixed!r}, which is not a date and time. Write it like "
            "2026-03-30T09:00 or 2026-03-30T09:00+01:00, or unset it to use the real clock."
        ) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=LONDON)
    return moment.astimezone(UTC)
