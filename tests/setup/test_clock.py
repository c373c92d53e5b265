from datetime import UTC, datetime, timedelta

import pytest

from candour.site.clock import ClockSettingError, now


def test_the_clock_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CANDOUR_NOW", raising=False)
    first, second = now(), now()
    assert timedelta(0) <= second - first < timedelta(minutes=1)
    assert first.tzinfo is UTC


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2026-03-30T09:00", datetime(2026, 3, 30, 8, 0, tzinfo=UTC)),  # London is in summer time
        ("2026-03-28T09:00", datetime(2026, 3, 28, 9, 0, tzinfo=UTC)),
        ("2026-03-30T09:00+00:00", datetime(2026, 3, 30, 9, 0, tzinfo=UTC)),
        ("2026-03-30", datetime(2026, 3, 29, 23, 0, tzinfo=UTC)),
    ],
)
def test_the_clock_can_be_stopped(
    monkeypatch: pytest.MonkeyPatch, words: str, moment: datetime
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", words)
    assert now() == moment


def test_a_clock_set_to_nonsense_says_how_to_set_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "next Tuesday")
    with pytest.raises(ClockSettingError, match=r"'next Tuesday'.*Write it like 2026-03-30T09:00"):
        now()
