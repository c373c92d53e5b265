"""How long a meeting spent on each heading, as they were taken up."""

from datetime import timedelta

from candour.engine import Entry
from candour.engine.headings import heading_times
from candour.engine.meetings import meetings
from tests.engine.small import at, entry, standing

OPENED = entry("meeting_opened", "2026-03-30T10:00", "sits", meeting="panel")


def taken(heading: str, when: str, of: str = "sits") -> Entry:
    return entry("heading_taken_up", when, "", of, title=heading, heading=heading)


def test_each_heading_has_its_time_and_one_taken_up_twice_has_both() -> None:
    found = standing(
        OPENED,
        taken("purpose", "2026-03-30T10:05"),
        taken("risk", "2026-03-30T10:15"),
        taken("purpose", "2026-03-30T10:45"),
    )
    (meeting,) = meetings(found)
    times = heading_times(found, meeting, at("2026-03-30T10:50"))
    assert times.now == "purpose"
    assert times.spent == {"purpose": timedelta(minutes=15), "risk": timedelta(minutes=30)}
    # Looked at while the second was taken up, the third is yet to come.
    assert heading_times(found, meeting, at("2026-03-30T10:20")).now == "risk"


def test_the_clock_of_the_last_heading_stops_with_the_meeting() -> None:
    held = entry("meeting_held", "2026-03-30T11:00", "", "sits", meeting="panel", chair_role="head")
    found = standing(OPENED, taken("risk", "2026-03-30T10:30"), held)
    (meeting,) = meetings(found)
    times = heading_times(found, meeting, at("2026-03-31T09:00"))
    assert (times.now, times.spent) == ("", {"risk": timedelta(minutes=30)})


def test_before_any_heading_there_is_no_time_and_other_meetings_do_not_count() -> None:
    other = entry("meeting_opened", "2026-03-23T10:00", "another", meeting="panel")
    found = standing(other, OPENED, taken("risk", "2026-03-30T10:30", "another"))
    _other, meeting = meetings(found)
    times = heading_times(found, meeting, at("2026-03-30T10:40"))
    assert (times.now, times.spent) == ("", {})
