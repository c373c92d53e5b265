"""Whether a desk answers at an instant, and until when."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from candour.bodies.hours import ALWAYS, OTHERWISE, UNKNOWN, Answers, Hours, answers_at
from candour.bodies.hours_words import read_hours
from candour.engine.errors import ClockError
from tests.bodies.hours_made_up import instants, kept

LONDON = ZoneInfo("Europe/London")
DESK = read_hours("Mon to Fri 8.30am to 5pm; Sat 10am to noon; closed on bank holidays")


def at(written: str, fold: int = 0) -> datetime:
    """Return an instant written as London clock time; `fold` 1 is the second time it comes."""
    return datetime.fromisoformat(written).replace(tzinfo=LONDON, fold=fold).astimezone(UTC)


def there(until: datetime | None = None) -> Answers:
    return Answers(open=True, until=until)


def closed(until: datetime | None = None) -> Answers:
    return Answers(open=False, until=until)


def told(hours: Hours, written: str, shut: frozenset[date] = frozenset()) -> Answers:
    return answers_at(hours, at(written), shut=shut)


def test_a_desk_is_open_from_its_first_minute_until_just_before_its_last() -> None:
    assert told(DESK, "2026-11-23 08:29:59") == closed(at("2026-11-23 08:30"))
    assert told(DESK, "2026-11-23 08:30") == there(at("2026-11-23 17:00"))
    assert told(DESK, "2026-11-23 16:59:59") == there(at("2026-11-23 17:00"))
    assert told(DESK, "2026-11-23 17:00") == closed(at("2026-11-24 08:30"))


def test_a_weekend_runs_until_monday_and_saturday_has_hours_of_its_own() -> None:
    assert told(DESK, "2026-11-28 11:00") == there(at("2026-11-28 12:00"))
    assert told(DESK, "2026-11-28 12:00") == closed(at("2026-11-30 08:30"))


def test_easter_and_christmas_close_it_for_days() -> None:
    assert told(DESK, "2026-04-02 17:00") == closed(at("2026-04-04 10:00"))
    assert told(DESK, "2026-04-04 13:00") == closed(at("2026-04-07 08:30"))
    assert told(DESK, "2026-12-24 17:30") == closed(at("2026-12-29 08:30"))


def test_boxing_day_on_a_saturday_is_closed_although_the_list_names_monday_only() -> None:
    assert told(DESK, "2026-12-26 10:30").open is False
    assert told(DESK, "2026-12-28 10:30").open is False


def test_a_scottish_holiday_closes_only_who_keeps_those_of_the_whole_kingdom() -> None:
    north = read_hours("Mon-Fri 9am to 5pm; closed on bank holidays anywhere in the UK")
    assert told(north, "2026-11-30 10:00").open is False  # St Andrew’s Day
    assert told(DESK, "2026-11-30 10:00").open is True


def test_a_desk_may_have_hours_of_its_own_on_bank_holidays_or_none_at_all() -> None:
    short = read_hours("Mon-Fri 9am to 5pm; bank holidays 10am to 2pm")
    assert told(short, "2026-12-25 09:30") == closed(at("2026-12-25 10:00"))
    assert told(short, "2026-12-25 10:00") == there(at("2026-12-25 14:00"))
    every = read_hours("Mon-Fri 9am to 5pm; open on bank holidays")
    assert told(every, "2026-12-25 09:30") == there(at("2026-12-25 17:00"))


def test_days_of_closure_close_it_whatever_its_hours_say() -> None:
    shut = frozenset({date(2026, 11, 23), date(2026, 11, 24)})
    assert told(DESK, "2026-11-23 10:00", shut) == closed(at("2026-11-25 08:30"))


def test_half_past_eight_is_half_past_eight_in_winter_and_in_summer() -> None:
    assert told(DESK, "2026-03-28 12:00").until == at("2026-03-30 08:30")
    assert told(DESK, "2026-10-24 12:00").until == at("2026-10-26 08:30")


def test_when_clocks_go_forward_a_stretch_within_the_hour_that_is_left_out_never_comes() -> None:
    night = read_hours("Sun 01:15 to 01:45")
    assert told(night, "2026-03-28 23:00") == closed(at("2026-04-05 01:15"))


def test_a_stretch_that_begins_in_the_hour_left_out_begins_when_the_clocks_have_changed() -> None:
    night = read_hours("Sun 01:30 to 03:00")
    assert told(night, "2026-03-29 00:30") == closed(at("2026-03-29 02:00"))


def test_when_clocks_go_back_the_hour_that_comes_twice_is_open_both_times() -> None:
    night = read_hours("Sun 01:15 to 01:45")
    first = answers_at(night, at("2026-10-25 01:20"))
    second = answers_at(night, at("2026-10-25 01:20", fold=1))
    assert first == there(at("2026-10-25 01:45"))
    assert second == there(at("2026-10-25 01:45", fold=1))
    assert second.until != first.until


def test_nights_that_touch_midnight_are_one_stretch() -> None:
    team = read_hours("every day 5pm to 8am; open on bank holidays")
    assert told(team, "2026-11-23 20:00") == there(at("2026-11-24 08:00"))


def test_always_is_open_and_hours_that_nobody_knows_are_neither() -> None:
    assert told(ALWAYS, "2026-12-25 03:00") == there()
    assert told(UNKNOWN, "2026-11-23 10:00") == Answers(None)
    assert told(OTHERWISE, "2026-11-23 10:00") == Answers(None)


def test_hours_that_never_come_are_closed_for_good() -> None:
    assert told(Hours.kept({}), "2026-11-23 10:00") == closed()


def test_years_beyond_the_calendar_keep_christmas_and_guess_no_other_holiday() -> None:
    assert told(DESK, "2045-12-25 10:00").open is False
    assert told(DESK, "2045-05-01 10:00").open is True


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ClockError, match="no time zone"):
        answers_at(DESK, datetime(2026, 11, 23, 10))  # noqa: DTZ001  # what is refused


@settings(deadline=None, max_examples=150)
@given(kept, instants)
def test_what_is_told_holds_until_the_instant_told_and_not_at_it(
    hours: Hours, instant: datetime
) -> None:
    found = answers_at(hours, instant)
    assert found.open is hours.is_open(instant)
    last = found.until or instant + timedelta(days=20)
    assert last > instant
    step = (last - instant) / 40
    assert all(hours.is_open(instant + step * part) is found.open for part in range(40))
    assert hours.is_open(last - timedelta(microseconds=1)) is found.open
    if found.until:
        assert hours.is_open(found.until) is not found.open
