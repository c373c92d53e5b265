"""Who answers at a given hour: hours, Saturdays, nights, bank holidays, clock changes, dates."""

from datetime import UTC, date, datetime, time

import pytest

from candour.engine.calendars import Calendar, Holiday
from candour.engine.contacts import Contact, Hours, answering
from candour.engine.errors import ClockError
from candour.engine.london import LONDON
from candour.engine.words import Words

GOOD_FRIDAY = date(2026, 4, 3)
CALENDAR = Calendar(
    "small",
    date(2026, 1, 1),
    date(2026, 12, 31),
    {GOOD_FRIDAY: Holiday("Good Friday", "Dydd Gwener y Groglith", "published")},
)
WEEK = Hours((0, 1, 2, 3, 4), time(8), time(20))
SATURDAY = Hours((5,), time(9, 30), time(16))
TEAM = Contact("team", Words("Team"), ("adult",), phone="1", hours=(WEEK, SATURDAY))
NIGHT = Contact("night", Words("Out of hours"), ("adult",), phone="2", otherwise=True)
POLICE = Contact("police", Words("Emergency"), ("adult", "police"), phone="999")
CONTACTS = (TEAM, NIGHT, POLICE)


def who(moment: datetime, referral: str = "adult") -> list[str]:
    return [one.contact.id for one in answering(CONTACTS, referral, moment, CALENDAR)]


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        ("2026-03-30", "07:59:59", "night"),  # Monday after the clocks went forward
        ("2026-03-30", "08:00", "team"),
        ("2026-03-27", "19:59:59", "team"),  # Friday
        ("2026-03-27", "20:00", "night"),
        ("2026-03-28", "08:30", "night"),  # Saturday begins later
        ("2026-03-28", "09:30", "team"),
        ("2026-03-28", "16:00", "night"),
        ("2026-03-29", "12:00", "night"),  # Sunday, the day the clocks go forward
        ("2026-04-03", "12:00", "night"),  # Good Friday
        ("2026-12-26", "12:00", "night"),  # Boxing Day, a Saturday: the list has the Monday only
        ("2026-10-25", "01:30", "night"),  # Sunday, in the hour that comes twice
        ("2026-10-26", "08:00", "team"),
    ],
)
def test_the_number_for_the_hour(day: str, clock: str, expected: str) -> None:
    assert who(at(day, clock)) == [expected, "police"]


def test_hours_are_london_time_in_summer_and_in_winter() -> None:
    assert who(datetime(2026, 3, 27, 7, 30, tzinfo=UTC))[0] == "night"  # 07:30 in London
    assert who(datetime(2026, 3, 30, 7, 30, tzinfo=UTC))[0] == "team"  # 08:30 in London


def test_it_says_until_when() -> None:
    [team, police] = answering(CONTACTS, "adult", at("2026-03-28", "10:00"), CALENDAR)
    assert team.until == at("2026-03-28", "16:00")
    assert police.until is None


def test_only_those_who_are_there_for_the_referral() -> None:
    assert who(at("2026-03-30", "09:00"), "police") == ["police"]
    assert who(at("2026-03-30", "09:00"), "scrutiny") == []


def test_some_are_open_on_bank_holidays() -> None:
    always = Contact("x", Words("X"), ("adult",), hours=(WEEK,), on_holidays="open")
    [found] = answering([always], "adult", at("2026-04-03", "12:00"), CALENDAR)
    assert found.contact is always


def test_a_body_that_has_gone_is_not_called_and_its_successor_is() -> None:
    old = Contact("old", Words("Old"), ("nhs",), valid_to=date(2026, 6, 30))
    new = Contact("new", Words("New"), ("nhs",), valid_from=date(2026, 7, 1))

    def called(moment: datetime) -> list[str]:
        return [one.contact.id for one in answering((old, new), "nhs", moment, CALENDAR)]

    assert called(at("2026-06-30", "23:59")) == ["old"]
    assert called(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == ["new"]  # 1 July in London


def test_beyond_the_calendar_hours_alone_decide() -> None:
    assert who(at("2031-03-31", "09:00"))[0] == "team"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ClockError):
        answering(CONTACTS, "adult", datetime(2026, 3, 30, 9), CALENDAR)  # noqa: DTZ001  the fault tested
