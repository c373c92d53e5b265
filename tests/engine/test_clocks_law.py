"""Clocks against dates worked out by hand from the law, the calendar on the wall beside them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from candour.engine.clocks import LONDON, BeyondCalendar, Clock, ClockError, Due
from candour.policies.calendars import calendar


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("words", "place", "start", "due"),
    [
        # SI 2012/3094 reg 44: one recipient, two recipients; a social-care referral.
        ("20 working days beginning with", "england", date(2025, 12, 8), date(2026, 1, 7)),
        ("30 working days beginning with", "england", date(2025, 12, 8), date(2026, 1, 21)),
        ("20 working days beginning with", "england", date(2025, 12, 17), date(2026, 1, 16)),
        # Received on a Saturday: the Monday is day one. Easter lies between.
        ("20 working days beginning with", "england", date(2026, 3, 21), date(2026, 4, 21)),
        # FOIA s.10: the 20th working day following, a bank holiday anywhere in the UK left out:
        # St Patrick's Day, Good Friday and Easter Monday; in England alone only the latter two.
        ("20 working days following", "uk-any", date(2026, 3, 16), date(2026, 4, 16)),
        ("20 working days following", "england", date(2026, 3, 16), date(2026, 4, 15)),
        # Scotland alone closes on Mon 15 Jun 2026, by proclamation.
        ("5 working days after", "uk-any", date(2026, 6, 8), date(2026, 6, 16)),
        ("5 working days after", "wales", date(2026, 6, 8), date(2026, 6, 15)),
        # Cardiff and Vale: a meeting on Mon 30 Mar 2026, before Easter.
        ("1 working day after", "wales", date(2026, 3, 30), date(2026, 3, 31)),
        ("5 working days after", "wales", date(2026, 3, 30), date(2026, 4, 8)),
        ("10 working days after", "wales", date(2026, 3, 30), date(2026, 4, 15)),
        ("2 days after", "wales", date(2026, 3, 30), date(2026, 4, 1)),
        ("2 weeks after", "wales", date(2026, 3, 30), date(2026, 4, 13)),
        ("6 weeks after", "wales", date(2026, 3, 30), date(2026, 5, 11)),
        ("6 months after", "wales", date(2026, 3, 30), date(2026, 9, 30)),
        # Bank holidays that came once, or moved.
        ("1 working day after", "england", date(2012, 6, 1), date(2012, 6, 6)),
        ("1 working day after", "england", date(2020, 5, 7), date(2020, 5, 11)),
        ("1 working day after", "england", date(2020, 5, 1), date(2020, 5, 4)),
        ("5 working days after", "wales", date(2022, 5, 30), date(2022, 6, 8)),
        ("1 working day after", "england", date(2022, 9, 16), date(2022, 9, 20)),
        ("1 working day after", "england", date(2023, 5, 5), date(2023, 5, 9)),
        # Christmas and New Year: substitutes in 2021 and 2026, the year's end crossed.
        ("1 working day after", "england", date(2021, 12, 24), date(2021, 12, 29)),
        ("10 working days after", "england", date(2026, 12, 21), date(2027, 1, 7)),
        ("7 working days after", "wales", date(2027, 12, 22), date(2028, 1, 5)),
        # Computed years: Easter 2030 is 21 April.
        ("1 working day after", "england", date(2030, 4, 18), date(2030, 4, 23)),
        # Calendar days, weeks, months and years; leap days and short months.
        ("28 days beginning with", "england", date(2026, 7, 1), date(2026, 7, 28)),
        ("28 days after", "england", date(2026, 7, 1), date(2026, 7, 29)),
        ("90 days after", "wales", date(2026, 10, 1), date(2026, 12, 30)),
        ("2 weeks beginning with", "england", date(2026, 3, 2), date(2026, 3, 15)),
        ("6 months after", "england", date(2025, 8, 31), date(2026, 2, 28)),
        ("6 months after", "england", date(2023, 8, 31), date(2024, 2, 29)),
        ("1 calendar month after", "wales", date(2026, 1, 30), date(2026, 2, 28)),
        ("1 month after", "england", date(2026, 12, 31), date(2027, 1, 31)),
        ("1 month beginning with", "england", date(2026, 3, 1), date(2026, 3, 31)),
        ("1 month beginning with", "england", date(2026, 3, 5), date(2026, 4, 4)),
        ("1 month beginning with", "england", date(2026, 1, 31), date(2026, 2, 28)),
        ("1 year after", "england", date(2024, 2, 29), date(2025, 2, 28)),
        ("4 years after", "england", date(2024, 2, 29), date(2028, 2, 29)),
        # Notice, counted back.
        ("7 days before", "wales", date(2026, 9, 1), date(2026, 8, 25)),
        ("5 working days before", "wales", date(2026, 4, 7), date(2026, 3, 27)),
        ("1 month before", "england", date(2026, 3, 31), date(2026, 2, 28)),
        ("1 year before", "england", date(2024, 2, 29), date(2023, 2, 28)),
        ("same day", "wales", date(2026, 4, 3), date(2026, 4, 3)),
        ("at once", "wales", date(2026, 4, 3), date(2026, 4, 3)),
    ],
)
def test_the_day_is_the_one_worked_out_by_hand(
    words: str, place: str, start: date, due: date
) -> None:
    clock = Clock.parse(words)
    assert clock.due_date(start, calendar(place)) == due
    assert clock.due(at(start.year, start.month, start.day), calendar(place)).on == due


@pytest.mark.parametrize(
    ("words", "start", "stands", "rolls"),
    [
        ("2 weeks after", date(2026, 3, 20), date(2026, 4, 3), date(2026, 4, 7)),
        ("2 weeks after", date(2026, 3, 19), date(2026, 4, 2), date(2026, 4, 2)),
        ("same day", date(2026, 4, 4), date(2026, 4, 4), date(2026, 4, 7)),
        # Notice rolls back, or it would be shorter than what was promised.
        ("7 days before", date(2026, 4, 10), date(2026, 4, 3), date(2026, 4, 2)),
        ("1 working day after", date(2026, 4, 2), date(2026, 4, 7), date(2026, 4, 7)),
    ],
)
def test_a_date_on_a_holiday_stands_or_rolls(
    words: str, start: date, stands: date, rolls: date
) -> None:
    wales = calendar("wales")
    assert Clock.parse(words).due_date(start, wales) == stands
    assert Clock.parse(words, on_holiday="roll").due_date(start, wales) == rolls


@pytest.mark.parametrize(
    ("words", "start", "due"),
    [
        # Summer time begins at 01:00 on Sun 29 Mar 2026 and ends at 02:00 on Sun 25 Oct 2026.
        ("24 hours after", at(2026, 3, 28, 14), at(2026, 3, 29, 15)),
        ("24 hours after", at(2026, 10, 24, 14), at(2026, 10, 25, 13)),
        ("24 hours before", at(2026, 10, 25, 13), at(2026, 10, 24, 14)),
        ("1 hour after", at(2026, 3, 29, 0, 30), at(2026, 3, 29, 2, 30)),
        ("24 hours after", at(2026, 12, 24, 17), at(2026, 12, 25, 17)),
        ("72 hours after", at(2026, 3, 27, 23), at(2026, 3, 31, 0)),
        ("at once", at(2026, 3, 28, 14), at(2026, 3, 28, 14)),
    ],
)
def test_hours_are_hours_that_passed(words: str, start: datetime, due: datetime) -> None:
    found = Clock.parse(words).due(start, calendar("wales"))
    assert found == Due(due.date(), due.astimezone(UTC), due.astimezone(UTC))
    assert found.moment is not None
    assert found.moment.utcoffset() == timedelta()


def test_a_day_is_a_day_in_london() -> None:
    just_before_midnight_utc = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    due = Clock.parse("1 day after").due(just_before_midnight_utc, calendar("england"))
    assert due.on == date(2026, 4, 2)


def test_what_is_due_on_a_day_is_late_when_the_day_is_over() -> None:
    due = Clock.parse("5 working days after").due(at(2026, 3, 30), calendar("wales"))
    midnight = datetime(2026, 4, 8, 23, tzinfo=UTC)
    assert due == Due(date(2026, 4, 8), None, midnight)
    assert not due.is_late(midnight - timedelta(seconds=1))
    assert due.is_late(midnight)


def test_what_is_due_at_a_moment_is_late_after_it() -> None:
    due = Clock.parse("24 hours after").due(at(2026, 6, 1, 12), calendar("wales"))
    moment = datetime(2026, 6, 2, 11, tzinfo=UTC)
    assert due == Due(date(2026, 6, 2), moment, moment)
    assert not due.is_late(moment)
    assert due.is_late(moment + timedelta(microseconds=1))


def test_what_repeats_is_counted_from_its_anchor_and_never_drifts() -> None:
    england = calendar("england")
    anchor = at(2025, 12, 31)
    clock = Clock.parse("every 2 months")
    found = [clock.occurrence(anchor, n, england).on for n in range(1, 6)]
    assert found == [
        date(2026, 2, 28),
        date(2026, 4, 30),
        date(2026, 6, 30),
        date(2026, 8, 31),
        date(2026, 10, 31),
    ]
    eight_weeks = Clock.parse("every 8 weeks").occurrence(at(2026, 1, 5), 3, england)
    assert eight_weeks.on == date(2026, 6, 22)
    yearly = Clock.parse("every year")
    assert yearly.due(at(2024, 2, 29), england).on == date(2025, 2, 28)
    assert yearly.occurrence(at(2024, 2, 29), 4, england).on == date(2028, 2, 29)


def test_each_occurrence_rolls_by_itself() -> None:
    clock = Clock.parse("every 4 weeks", on_holiday="roll")
    found = [clock.occurrence(at(2026, 3, 6), n, calendar("wales")).on for n in (1, 2)]
    assert found == [date(2026, 4, 7), date(2026, 5, 1)]


@pytest.mark.parametrize(("words", "n"), [("every 8 weeks", 0), ("8 weeks after", 1)])
def test_only_what_repeats_has_occurrences_and_the_first_is_one(words: str, n: int) -> None:
    with pytest.raises(ClockError, match="1 or more"):
        Clock.parse(words).occurrence(at(2026, 1, 5), n, calendar("wales"))


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("20 working days beginning with", date(2040, 12, 10)),
        ("1 working day after", date(2041, 1, 1)),
        ("1 working day before", date(2012, 1, 2)),
        ("1 working day after", date(2011, 12, 31)),
    ],
)
def test_a_date_beyond_the_calendar_is_an_error_and_never_a_guess(words: str, start: date) -> None:
    with pytest.raises(BeyondCalendar, match="2012-01-01 to 2040-12-31"):
        Clock.parse(words).due_date(start, calendar("england"))


def test_a_date_that_stands_needs_no_calendar_but_one_that_rolls_does() -> None:
    far = date(2045, 6, 1)
    assert Clock.parse("8 years after").due_date(far, calendar("england")) == date(2053, 6, 1)
    with pytest.raises(BeyondCalendar):
        Clock.parse("8 years after", on_holiday="roll").due_date(far, calendar("england"))


def test_a_moment_needs_a_time_zone() -> None:
    naive = datetime(2026, 3, 30, 9)  # noqa: DTZ001  the very thing that is refused
    with pytest.raises(ClockError, match="has no time zone"):
        Clock.parse("1 day after").due(naive, calendar("england"))


def test_a_moment_is_not_taken_for_a_day_nor_a_day_for_a_moment() -> None:
    with pytest.raises(ClockError, match="is a moment, not a day"):
        Clock.parse("1 day after").due_date(at(2026, 3, 30), calendar("england"))
    with pytest.raises(ClockError, match="needs the moment"):
        Clock.parse("24 hours after").due_date(date(2026, 3, 30), calendar("england"))


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("1 day after", datetime(9999, 12, 30, tzinfo=UTC)),
        ("2 days after", datetime(9999, 12, 30, tzinfo=UTC)),
        ("9 years after", datetime(9999, 12, 30, tzinfo=UTC)),
        ("900000 years before", datetime(2026, 1, 1, tzinfo=UTC)),
        ("900000 hours after", datetime(9999, 12, 30, tzinfo=UTC)),
        ("1 day after", datetime.max.replace(tzinfo=UTC)),
        ("1 day after", datetime.max.replace(tzinfo=timezone(timedelta(hours=-5)))),
    ],
)
def test_the_end_of_the_calendar_itself_is_an_error_in_words(words: str, start: datetime) -> None:
    with pytest.raises(ClockError, match="years 1 to 9999"):
        Clock.parse(words).due(start, calendar("england"))
