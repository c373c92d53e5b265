"""Days as spreadsheets count them, in the two systems that there are."""

from datetime import date, timedelta
from typing import Final

FIRST_OF_1904: Final = date(1904, 1, 1)
# Excel believes that 1900 was a leap year: from its 1 March on, its days count from here.
FIRST_OF_1900: Final = date(1899, 12, 30)
LEAP_DAY_THAT_WAS_NOT: Final = 60
LAST_SERIAL: Final = 2_958_465  # 31 December 9999
LATER_IN_1904: Final = 1_462  # days


def serial_day(days: int, *, from_1904: bool) -> date | None:
    """Return the day of a serial number in one of the two systems, or None where it is no day."""
    if not 0 <= days <= LAST_SERIAL - (LATER_IN_1904 if from_1904 else 0):
        return None
    if from_1904:
        return FIRST_OF_1904 + timedelta(days=days)
    if days in (0, LEAP_DAY_THAT_WAS_NOT):
        return None
    return FIRST_OF_1900 + timedelta(days=days + (days < LEAP_DAY_THAT_WAS_NOT))
