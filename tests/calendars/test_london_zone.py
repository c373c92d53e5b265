"""The table of London's clock that goes with an invitation agrees with the machine's own."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from candour.calendars.events import Invitation, Method, Organizer, Person, itip
from candour.calendars.london_zone import zone
from candour.calendars.sittings import Times

LONDON = ZoneInfo("Europe/London")
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)


@given(st.integers(0, 60 * 24 * 366 * 30))
def test_by_its_rule_every_hour_is_what_london_s_clock_says(minutes: int) -> None:
    moment = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    clock = moment.astimezone(LONDON)
    assert offset_by_rule(zone(), moment) == clock.utcoffset()


def offset_by_rule(found: Any, moment: datetime) -> timedelta:  # the library has no types for it
    """Work the offset out of the table itself, as a program does that knows no zones."""
    changes = []
    for change in found.subcomponents:
        before, after = change["TZOFFSETFROM"].td, change["TZOFFSETTO"].td
        (month,) = change["RRULE"]["BYMONTH"]
        clock: datetime = change["DTSTART"].dt
        for year in (moment.year - 1, moment.year):
            last = datetime(year, int(month), 31, tzinfo=UTC)
            sunday = last - timedelta(days=(last.weekday() + 1) % 7)
            at = sunday.replace(hour=clock.hour, minute=clock.minute) - before
            changes.append((at, after))
    found_offset: timedelta = max(change for change in changes if change[0] <= moment)[1]
    return found_offset


@pytest.mark.parametrize(
    ("begins", "utc"),
    [
        ("2026-03-27T10:00", 10),  # the Friday before the clocks go forward
        ("2026-03-30T10:00", 9),  # the Monday after
        ("2026-10-23T10:00", 9),  # the Friday before they go back
        ("2026-10-26T10:00", 10),  # the Monday after
        ("2028-02-29T10:00", 10),
    ],
)
def test_a_meeting_at_ten_is_at_ten_on_the_wall_in_summer_and_winter(begins: str, utc: int) -> None:
    wall = datetime.fromisoformat(begins).replace(tzinfo=LONDON)
    written = itip(
        Invitation(
            "u@x",
            Person("Siân; “A”, B", "s@x.example"),
            Times(wall.date(), wall.astimezone(UTC), wall.astimezone(UTC) + timedelta(hours=1)),
            "PPM; with, commas",
            "Room 3",
            "Two\nlines",
        ),
        method=Method.REQUEST,
        sequence=3,
        organizer=Organizer("Council", "reply@x.example", "from@x.example"),
        as_of=AS_OF,
    )
    stamp = begins.replace("-", "").replace(":", "")
    assert f"DTSTART;TZID=Europe/London:{stamp}00" in written
    assert "TZID:Europe/London" in written
    (event,) = Calendar.from_ical(written).events
    assert isinstance(event.start, datetime)
    assert event.start.astimezone(UTC).hour == utc
    assert event.end - event.start == timedelta(hours=1)
    assert str(event["SUMMARY"]) == "PPM; with, commas"
    assert event["ATTENDEE"].params["CN"] == "Siân; “A”, B"
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
