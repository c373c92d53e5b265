"""Dates with two readings are settled by a rule that can be told, and every one is counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.experiences.intake.dates import Evidence, How, Order, Readings, readings

EARLIEST, LATEST = date(2000, 1, 1), date(2026, 6, 1)
DAY, MONTH = Order.DAY_FIRST, Order.MONTH_FIRST


def read(text: str) -> Readings:
    return readings(text, earliest=EARLIEST, latest=LATEST)


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("30/09/2021", date(2021, 9, 30), None),
        ("02/14/2022", None, date(2022, 2, 14)),
        ("2/14/2022", None, date(2022, 2, 14)),
        ("03/10/2021", date(2021, 10, 3), date(2021, 3, 10)),
        ("07/07/2021", date(2021, 7, 7), date(2021, 7, 7)),
        ("30.9.2021", date(2021, 9, 30), None),
        ("30-09-2021 14:05", date(2021, 9, 30), None),
        ("2021-09-30", date(2021, 9, 30), date(2021, 9, 30)),
        ("2021-09-30T14:05:00Z", date(2021, 9, 30), date(2021, 9, 30)),
        ("29/02/2024", date(2024, 2, 29), None),
        ("29/02/2023", None, None),
        ("31/31/2021", None, None),
        ("30/09/21", None, None),
        ("last week", None, None),
        ("", None, None),
    ],
)
def test_a_value_has_the_readings_that_are_dates(
    text: str, day_first: date | None, month_first: date | None
) -> None:
    assert read(text) == Readings(day_first, month_first)


def test_a_reading_after_the_import_or_before_such_files_began_is_none() -> None:
    assert read("05/07/2026") == Readings(None, date(2026, 5, 7))
    assert read("07/05/2026").shows is DAY
    assert read("01/01/1999") == Readings(None, None)


@given(st.dates(EARLIEST, LATEST), st.sampled_from(Order))
def test_what_was_written_is_among_the_readings_and_all_of_them_are_in_range(
    day: date, order: Order
) -> None:
    text = day.strftime("%d/%m/%Y" if order is DAY else "%m/%d/%Y")
    found = read(text)
    assert day == (found.day_first if order is DAY else found.month_first)
    for reading in (found.day_first, found.month_first):
        assert reading is None or EARLIEST <= reading <= LATEST
    assert found.ambiguous == (day.day <= 12 and day.day != day.month and both_in_range(day))


def both_in_range(day: date) -> bool:
    return EARLIEST <= date(day.year, day.day, day.month) <= LATEST


def settle(shown: list[tuple[int, Order]], line: int, usual: Order = DAY) -> tuple[Order, How]:
    evidence = Evidence()
    for where, order in shown:
        evidence.add(("group",), where, order)
    settled = evidence.settle(read("03/10/2021"), ("group",), line, usual=usual)
    assert settled is not None
    expected = date(2021, 10, 3) if settled.order is DAY else date(2021, 3, 10)
    assert settled.day == expected
    return settled.order, settled.how


def test_neighbours_on_both_sides_that_agree_settle_it() -> None:
    assert settle([(2, MONTH), (90, MONTH)], 10) == (MONTH, How.NEIGHBOURS)


def test_when_they_disagree_the_nearer_one_does() -> None:
    assert settle([(2, DAY), (20, MONTH)], 10) == (DAY, How.NEARER)
    assert settle([(2, DAY), (17, MONTH)], 10) == (MONTH, How.NEARER)


def test_a_neighbour_on_one_side_only_does() -> None:
    assert settle([(500, MONTH)], 10) == (MONTH, How.NEARER)
    assert settle([(3, MONTH)], 10) == (MONTH, How.NEARER)


def test_at_equal_distance_or_with_none_the_usual_order_does() -> None:
    assert settle([(5, DAY), (15, MONTH)], 10, MONTH) == (MONTH, How.DEFAULT)
    assert settle([], 10) == (DAY, How.DEFAULT)
    assert settle([], 10, MONTH) == (MONTH, How.DEFAULT)


def test_another_group_tells_nothing() -> None:
    evidence = Evidence()
    evidence.add(("elsewhere",), 9, MONTH)
    settled = evidence.settle(read("03/10/2021"), ("here",), 10, usual=DAY)
    assert settled is not None
    assert (settled.order, settled.how) == (DAY, How.DEFAULT)


def test_one_reading_needs_no_neighbours_and_none_is_none() -> None:
    evidence = Evidence()
    for line in range(1, 100):
        evidence.add((), line, MONTH)
    settled = evidence.settle(read("30/09/2021"), (), 50, usual=MONTH)
    assert settled is not None
    assert (settled.day, settled.how) == (date(2021, 9, 30), How.ONE_READING)
    assert evidence.settle(read("soon"), (), 50, usual=DAY) is None


@given(
    st.lists(st.tuples(st.integers(0, 2200), st.booleans(), st.integers(0, 2)), max_size=60),
    st.sampled_from(Order),
)
def test_every_date_is_settled_once_on_a_day_it_can_mean_as_a_slow_reader_would(
    written: list[tuple[int, bool, int]], usual: Order
) -> None:
    """Against a reader that looks at every line for every line, with no runs and no search."""
    lines = []
    for number, (days, day_first, trust) in enumerate(written, start=2):
        day = EARLIEST + timedelta(days)
        lines.append((number, day.strftime("%d/%m/%Y" if day_first else "%m/%d/%Y"), (str(trust),)))
    evidence = Evidence()
    for number, text, group in lines:
        if (order := read(text).shows) is not None:
            evidence.add(group, number, order)
    for number, text, group in lines:
        found = read(text)
        settled = evidence.settle(found, group, number, usual=usual)
        assert settled is not None
        assert settled.day in {found.day_first, found.month_first}
        if found.ambiguous:
            shown = [(n, read(t).shows) for n, t, g in lines if g == group and read(t).shows]
            assert (settled.order, settled.how) == slow(shown, number, usual)
        else:
            assert settled.how is How.ONE_READING


def slow(
    shown: list[tuple[int, Order | None]], line: int, usual: Order
) -> tuple[Order | None, How]:
    before = max((pair for pair in shown if pair[0] < line), default=None)
    after = min((pair for pair in shown if pair[0] > line), default=None)
    if before and after and before[1] == after[1]:
        return before[1], How.NEIGHBOURS
    near = sorted((abs(n - line), order) for n, order in filter(None, (before, after)))
    if not near or (len(near) == 2 and near[0][0] == near[1][0]):
        return usual, How.DEFAULT
    return near[0][1], How.NEARER
