"""Days and times as people type them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.web.forms.days import (
    UnreadableError,
    moment_parts,
    parts_of,
    read_day,
    read_moment,
    read_time,
)


def typed(day: str = "", month: str = "", year: str = "", at: str = "") -> dict[str, str]:
    return {"day": day, "month": month, "year": year, "time": at}


@pytest.mark.parametrize(
    ("boxes", "day"),
    [
        (typed("30", "3", "2026"), date(2026, 3, 30)),
        (typed(" 30 ", "03", "2026"), date(2026, 3, 30)),
        (typed("30", "March", "2026"), date(2026, 3, 30)),
        (typed("30", "mar", "2026"), date(2026, 3, 30)),
        (typed("30", "Mawrth", "2026"), date(2026, 3, 30)),
        (typed(), None),
    ],
)
def test_days_are_read_in_figures_and_words(boxes: dict[str, str], day: date | None) -> None:
    assert read_day(boxes) == day


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        (typed("30", "", "2026"), "must include a month"),
        (typed("30"), "must include a month and a year"),
        (typed("31", "2", "2026"), "must be a real day"),
        (typed("30", "Smarch", "2026"), "must be a real day"),
        (typed("30", "3", "26"), "4 numbers"),
        (typed("30", "3", "٢٠٢٦"), "4 numbers"),
        (typed("³", "3", "2026"), "must be a real day"),
        (typed("0", "3", "2026"), "must be a real day"),
        (typed("30", "3", "0000"), "must be a real day"),
    ],
)
def test_what_is_no_day_is_refused_with_what_is_missing(boxes: dict[str, str], words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read_day(boxes)


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("1430", time(14, 30)),
        ("2:30pm", time(14, 30)),
        ("2 p.m.", time(14)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("9", time(9)),
        ("", None),
    ],
)
def test_times_are_read_as_people_write_them(words: str, at: time | None) -> None:
    assert read_time(words) == at


@pytest.mark.parametrize("words", ["25:00", "14:60", "13pm", "0am", "noon", "1:2:3", "-1"])
def test_what_is_no_time_is_refused(words: str) -> None:
    with pytest.raises(UnreadableError, match="must have a time"):
        read_time(words)


def test_a_moment_is_london_time() -> None:
    summer = read_moment(typed("30", "3", "2026", "10:00"))
    winter = read_moment(typed("2", "3", "2026", "10:00"))
    assert summer == datetime(2026, 3, 30, 9, tzinfo=UTC)
    assert winter == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_day_alone_is_its_start_and_a_time_alone_is_nothing() -> None:
    assert read_moment(typed("30", "6", "2026")) == datetime(2026, 6, 29, 23, tzinfo=UTC)
    assert read_moment(typed()) is None
    with pytest.raises(UnreadableError, match="a day, a month and a year"):
        read_moment(typed(at="10:00"))


def test_the_hour_that_the_clocks_skip_does_not_exist() -> None:
    with pytest.raises(UnreadableError, match="went forward"):
        read_moment(typed("29", "3", "2026", "1:30"))


def test_of_the_hour_that_comes_twice_the_first_is_meant() -> None:
    assert read_moment(typed("25", "10", "2026", "1:30")) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


@given(st.dates(date(1900, 1, 1)))
def test_what_a_form_shows_reads_back(day: date) -> None:
    assert read_day(parts_of(day)) == day


@given(st.integers(0, 30_000_000))
def test_a_moment_shown_reads_back_to_the_minute(minutes: int) -> None:
    minute = datetime(1980, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    read = read_moment(moment_parts(minute))
    # In the hour that comes twice, the later one reads back as the first.
    assert read is not None
    assert (minute - read).total_seconds() in (0, 3600)
