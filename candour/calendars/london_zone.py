"""Europe/London as a calendar file tells it: the rule, and not a list of years.

Since 1996 clocks go forward on the last Sunday of March and back on the last Sunday of October,
both at 01:00 Greenwich time (in Europe, the Directive 2000/84/EC and before; here, the Summer Time
Order 2002, SI 2002/262). As RFC 5545 has it, each change is dated in the clock time before it.
"""

from datetime import datetime, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

NAME = "Europe/London"
_GREENWICH, _SUMMER = timedelta(0), timedelta(hours=1)


def zone() -> Timezone:
    """Return the VTIMEZONE of London, right from 1996 on and for as long as the rule stands."""
    zone = Timezone()
    zone.add("TZID", NAME)
    zone.add("X-LIC-LOCATION", NAME)
    forward, back = TimezoneDaylight(), TimezoneStandard()
    for change, name, before, after, month, clock in (
        (forward, "BST", _GREENWICH, _SUMMER, 3, datetime(1996, 3, 31, 1)),  # noqa: DTZ001
        (back, "GMT", _SUMMER, _GREENWICH, 10, datetime(1996, 10, 27, 2)),  # noqa: DTZ001
    ):  # clock times of a place need no zone: these lines say what its zone is
        change.add("DTSTART", clock)
        change.add("TZOFFSETFROM", before)
        change.add("TZOFFSETTO", after)
        change.add("TZNAME", name)
        change.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY="-1SU"))
        zone.add_component(change)
    return zone
