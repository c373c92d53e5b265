"""Months, quarters and years, with leap days and turns of the year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.feeding_back.cycles import Cycle, Every, cycle_of

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(st.sampled_from(Every), DAYS)
def test_each_day_lies_in_one_cycle_and_they_follow_without_a_gap(every: Every, day: date) -> None:
    cycle = cycle_of(every, day)
    assert cycle.first <= day <= cycle.last
    after = cycle_of(every, cycle.due)
    assert after.first == cycle.last + timedelta(days=1)
    assert not cycle.overlaps(after)
    assert cycle.overlaps(Cycle(day, day))


@pytest.mark.parametrize(
    ("every", "first", "last"),
    [
        (Every.MONTH, date(2028, 2, 1), date(2028, 2, 29)),
        (Every.QUARTER, date(2028, 1, 1), date(2028, 3, 31)),
        (Every.YEAR, date(2028, 1, 1), date(2028, 12, 31)),
    ],
)
def test_a_leap_day_is_in_its_cycle(every: Every, first: date, last: date) -> None:
    assert cycle_of(every, date(2028, 2, 29)) == Cycle(first, last)
