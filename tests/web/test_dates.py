"""Days and times read alike everywhere, in both languages and in London time."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from candour.web import dates

BEFORE_MIDNIGHT_UTC = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight in London


def test_a_day_is_short_and_has_its_weekday() -> None:
    assert dates.day(date(2026, 4, 8)) == "Wed 8 Apr 2026"
    assert dates.long_day(date(2026, 4, 8)) == "Wednesday 8 April 2026"


def test_a_day_is_said_in_welsh() -> None:
    with translation.override("cy"):
        assert dates.day(date(2026, 4, 8)) == "Mer 8 Ebr 2026"
        assert dates.long_day(date(2026, 4, 8)) == "Dydd Mercher 8 Ebrill 2026"


def test_an_instant_falls_on_its_day_in_london() -> None:
    assert dates.day(BEFORE_MIDNIGHT_UTC) == "Wed 1 Jul 2026"
    assert dates.moment(BEFORE_MIDNIGHT_UTC) == "Wed 1 Jul 2026, 12:30am"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(9, 0, "9am"), (12, 0, "12pm"), (14, 30, "2:30pm"), (0, 5, "12:05am")],
)
def test_a_time_of_day_has_minutes_only_when_they_matter(
    hour: int, minute: int, words: str
) -> None:
    assert dates.clock_time(datetime(2026, 1, 5, hour, minute, tzinfo=UTC)) == words


def test_a_time_without_a_zone_is_refused_with_what_to_do() -> None:
    naive = datetime(2026, 1, 5, 9)  # noqa: DTZ001  # the mistake under test
    with pytest.raises(ValueError, match=r"carries no time zone\. Pass an aware datetime"):
        dates.day(naive)
    with pytest.raises(ValueError, match="no time zone"):
        dates.clock_time(naive)


@pytest.mark.parametrize(
    ("day", "english", "welsh"),
    [
        (date(2026, 4, 5), "today", "heddiw"),
        (date(2026, 4, 6), "tomorrow", "yfory"),
        (date(2026, 4, 4), "yesterday", "ddoe"),
        (date(2026, 4, 8), "in 3 days", "ymhen 3 diwrnod"),
        (date(2026, 4, 3), "2 days ago", "2 diwrnod yn ôl"),
    ],
)
def test_how_far_away_a_day_is(day: date, english: str, welsh: str) -> None:
    as_of = date(2026, 4, 5)
    assert dates.days_from(day, as_of) == english
    with translation.override("cy"):
        assert dates.days_from(day, as_of) == welsh


def test_a_machine_can_read_the_date_too() -> None:
    assert dates.day_tag(date(2026, 4, 8)) == '<time datetime="2026-04-08">Wed 8 Apr 2026</time>'
    assert dates.moment_tag(BEFORE_MIDNIGHT_UTC).startswith(
        '<time datetime="2026-07-01T00:30+01:00">'
    )
