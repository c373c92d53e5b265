"""Days told from the present, so that a demonstration never looks old."""

from datetime import datetime

import pytest

from candour.engine.london import LONDON
from candour.policies.calendars import calendar
from candour.site.demonstration.days import Timetable, UnreadableDay

# The Tuesday after Easter: Friday and Monday were bank holidays.
TUESDAY = Timetable(datetime(2026, 4, 7, 12, tzinfo=LONDON), calendar("wales"))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-04-07"),
        ("1 working days ago", "2026-04-02"),
        ("2 working days ago", "2026-04-01"),
        ("in 1 working days", "2026-04-08"),
        ("in 4 working days", "2026-04-13"),
        ("3 days ago", "2026-04-04"),
        ("in 5 days", "2026-04-12"),
        ("1 weeks ago", "2026-03-31"),
        ("in 4 weeks", "2026-05-05"),
    ],
)
def test_words_mean_a_day(words: str, day: str) -> None:
    assert TUESDAY.day(words).isoformat() == day


def test_weeks_lead_to_a_working_day() -> None:
    monday = Timetable(datetime(2026, 4, 20, 12, tzinfo=LONDON), calendar("wales"))
    assert monday.day("2 weeks ago").isoformat() == "2026-04-02"  # not Easter Monday
    before = Timetable(datetime(2026, 3, 20, 12, tzinfo=LONDON), calendar("wales"))
    assert before.day("in 2 weeks").isoformat() == "2026-04-07"  # not Good Friday


def test_a_time_is_london_time_and_never_still_to_come() -> None:
    assert TUESDAY.moment("1 working days ago, 14:00").isoformat() == "2026-04-02T14:00:00+01:00"
    assert TUESDAY.moment("today, 16:00") == TUESDAY.as_of


@pytest.mark.parametrize("words", ["yesterday", "2 working days", "in -1 days", "", "today, 9am"])
def test_other_words_are_refused_with_those_that_serve(words: str) -> None:
    with pytest.raises(UnreadableDay, match="6 weeks ago"):
        TUESDAY.day(words)


def test_a_moment_needs_its_time() -> None:
    with pytest.raises(UnreadableDay):
        TUESDAY.moment("2 days ago")
