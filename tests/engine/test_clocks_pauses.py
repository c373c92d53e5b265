"""What a pause does to a clock: hand-worked cases."""

from datetime import UTC, date, datetime

import pytest

from candour.engine.clocks import LONDON, Clock, ClockError, Due, OnHoliday, Pause
from candour.policies.calendars import calendar

WALES = calendar("wales")


def march(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=LONDON)


def april(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 4, day, hour, tzinfo=LONDON)


def due_on(words: str, *pauses: Pause, on_holiday: OnHoliday = "stand") -> date | None:
    """When it is due from 09:00 on Mon 9 Mar 2026: no holiday until Good Friday, 3 April."""
    return Clock.parse(words, on_holiday).due(march(9), WALES, pauses).on


def test_a_day_that_a_pause_touches_does_not_count() -> None:
    # Tue to Fri are 10 to 13 March; Wed 11 is paused for an hour only.
    assert due_on("3 working days after", Pause(march(11, 10), march(11, 11))) == date(2026, 3, 13)
    # Wed and Thu touched, and the weekend skipped.
    assert due_on("3 working days after", Pause(march(11), march(12))) == date(2026, 3, 16)


def test_a_pause_that_ends_at_midnight_leaves_the_day_that_begins_then_alone() -> None:
    assert due_on("3 working days after", Pause(march(11), march(12, 0))) == date(2026, 3, 13)


def test_a_pause_of_no_length_touches_nothing() -> None:
    assert due_on("3 working days after", Pause(march(11), march(11))) == date(2026, 3, 12)


def test_pauses_that_overlap_count_once() -> None:
    overlapping = [
        Pause(march(11), march(12)),
        Pause(march(11, 12), march(13)),
        Pause(march(11, 13), march(11, 14)),
    ]
    # Wed to Fri touched: Tue counts, then Mon and Tue.
    assert due_on("3 working days after", *overlapping) == date(2026, 3, 17)


def test_a_second_pause_counts_when_the_first_pushes_the_date_into_it() -> None:
    first, second = Pause(march(11), march(11, 10)), Pause(march(13), march(13, 10))
    assert due_on("3 working days after", second) == date(2026, 3, 12)
    assert due_on("3 working days after", first, second) == date(2026, 3, 16)


def test_a_pause_over_a_weekend_costs_working_days_nothing_and_calendar_days_two() -> None:
    weekend = Pause(march(14), march(15))
    assert due_on("7 working days after", weekend) == date(2026, 3, 18)
    assert due_on("7 days after", weekend) == date(2026, 3, 18)
    assert due_on("7 days after") == date(2026, 3, 16)


def test_beginning_with_leaves_out_a_first_day_that_is_paused() -> None:
    assert due_on("2 days beginning with") == date(2026, 3, 10)
    assert due_on("2 days beginning with", Pause(march(9, 12), march(9, 13))) == date(2026, 3, 11)
    assert due_on("2 days after", Pause(march(9, 12), march(9, 13))) == date(2026, 3, 11)
    assert due_on("same day", Pause(march(9, 12), march(10, 13))) == date(2026, 3, 11)


def test_weeks_months_and_years_move_on_by_the_days_paused() -> None:
    three_days = Pause(march(16), march(18))
    assert due_on("2 weeks after", three_days) == date(2026, 3, 26)
    assert due_on("1 month after", three_days) == date(2026, 4, 12)
    assert due_on("1 month beginning with", three_days) == date(2026, 4, 11)
    assert due_on("1 year after", three_days) == date(2027, 3, 12)


def test_a_pause_before_the_start_or_after_the_due_changes_nothing() -> None:
    before, after = Pause(march(1), march(8)), Pause(march(13), None)
    assert due_on("3 working days after", before, after) == date(2026, 3, 12)
    begun_before = Pause(march(1), march(10))
    assert due_on("3 working days after", begun_before) == date(2026, 3, 13)


def test_under_an_open_pause_nobody_knows_when_it_is_due() -> None:
    held = Clock.parse("3 working days after").due(march(9), WALES, [Pause(march(11), None)])
    assert held == Due(None, None, None)
    assert not held.is_late(datetime(2040, 1, 1, tzinfo=UTC))
    assert due_on("1 month after", Pause(march(11), None)) is None


def test_an_open_pause_swallows_those_that_begin_in_it() -> None:
    assert due_on("5 days after", Pause(march(11), None), Pause(march(12), march(13))) is None
    assert due_on("5 days after", Pause(march(10), march(12)), Pause(march(11), None)) is None


def test_hours_lose_exactly_the_time_paused() -> None:
    clock = Clock.parse("24 hours after")
    pauses = [Pause(march(9, 12), march(9, 14)), Pause(march(9, 13), march(9, 15))]
    assert clock.due(march(9), WALES, pauses).moment == march(10, 12)
    assert clock.due(march(9), WALES, [Pause(march(1), march(9, 10))]).moment == march(10, 10)
    assert clock.due(march(9), WALES, [Pause(march(1), march(2))]).moment == march(10, 9)
    assert clock.due(march(9), WALES, [Pause(march(10, 9), None)]).moment == march(10, 9)
    assert clock.due(march(9), WALES, [Pause(march(10, 8), None)]) == Due(None, None, None)


def test_a_pause_over_the_night_the_clocks_go_forward_has_one_hour_less() -> None:
    clock = Clock.parse("24 hours after")
    night = Pause(march(28, 12), march(29, 12))
    assert clock.due(march(28, 9), WALES, [night]).moment == march(30, 9)


def test_notice_counted_back_is_owed_whatever_stands_still() -> None:
    pause = Pause(march(1), None)
    assert due_on("3 working days before", pause) == date(2026, 3, 4)
    assert due_on("3 days before", pause) == date(2026, 3, 6)
    hours = Clock.parse("24 hours before").due(march(9), WALES, [pause])
    assert hours.moment == march(8)


def test_a_date_rolls_past_days_that_are_paused() -> None:
    # 25 days after Mon 9 Mar is Good Friday, 3 April; Tue 7 April is the next working day.
    assert due_on("25 days after", on_holiday="roll") == date(2026, 4, 7)
    # A pause on that Tuesday only: the count is over by then, and the date lands on Wednesday.
    tuesday = Pause(april(7), april(7, 10))
    assert due_on("25 days after", tuesday, on_holiday="roll") == date(2026, 4, 8)
    assert due_on("25 days after", tuesday) == date(2026, 4, 3)
    assert due_on("25 days after", Pause(april(7), None), on_holiday="roll") is None
    assert due_on("25 days after", Pause(april(8), None), on_holiday="roll") == date(2026, 4, 7)


def test_an_occurrence_is_put_off_by_pauses_too() -> None:
    clock = Clock.parse("every 2 weeks")
    paused = clock.occurrence(march(9), 2, WALES, [Pause(march(10), march(11))])
    assert paused.on == date(2026, 4, 8)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ClockError, match="before it begins"):
        Pause(march(11), march(10))


def test_a_pause_needs_a_time_zone() -> None:
    naive = datetime(2026, 3, 30, 9)  # noqa: DTZ001  the very thing that is refused
    for begins, ends in ((naive, None), (march(1), naive)):
        with pytest.raises(ClockError, match="has no time zone"):
            Pause(begins, ends)


def test_a_pause_that_pushes_the_date_out_of_time_is_an_error_in_words() -> None:
    forever = Pause(march(11), datetime(9999, 12, 1, tzinfo=UTC))
    for words in ("300 days after", "9999 hours after"):
        with pytest.raises(ClockError, match="years 1 to 9999"):
            Clock.parse(words).due(march(9), WALES, [forever])
