"""Shares against the population: known answers, and that small numbers cannot be worked out."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.outreach.heard import (
    Change,
    changed,
    difference,
    heard_against,
    kept_back,
    under_heard,
    wilson,
)

ORDER = ("a", "b", "c")
FOUR = ("a", "b", "c", "d")
AREA = {"a": 100, "b": 200, "c": 700}


@pytest.mark.parametrize(
    ("number", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_what_is_published(number: int, of: int, low: float, high: float) -> None:
    found = wilson(number, of)
    assert found.low == pytest.approx(low, abs=0.0001)
    assert found.high == pytest.approx(high, abs=0.0001)


def test_the_difference_is_newcombes() -> None:
    """56 of 70 against 48 of 80: 0.2, from 0.0524 to 0.3339."""
    found = difference((48, 80), (56, 70))
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)


@pytest.mark.parametrize(("number", "of"), [(1, 0), (3, 2), (-1, 2)])
def test_no_share_of_nobody(number: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(number, of)


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_its_share_and_lies_within_all(counted: tuple[int, int]) -> None:
    number, of = counted
    found = wilson(number, of)
    assert 0 <= found.low <= number / of + 1e-12
    assert number / of - 1e-12 <= found.high <= 1
    other = wilson(of - number, of)
    assert other.low == pytest.approx(1 - found.high)


def test_under_heard_needs_more_than_a_smaller_share() -> None:
    assert not under_heard(8, 100, 0.10)
    assert under_heard(8, 400, 0.10)
    assert not under_heard(0, 0, 0.10)


@pytest.mark.parametrize(("order", "most"), [(ORDER, 24), (FOUR, 20)])
def test_every_small_number_may_be_any(order: tuple[str, ...], most: int) -> None:
    """Of all that look alike, each answer that may be small takes every value from 0 to 4."""
    looks = defaultdict(list)
    for numbers in product(range(most + 1), repeat=len(order)):
        heard = dict(zip(order, numbers, strict=True))
        hidden = kept_back(heard, order)
        shown = tuple((each, heard[each]) for each in order if each not in hidden)
        behind = sum(heard[each] for each in hidden) if len(hidden) < len(order) else None
        if behind is None or behind <= most:
            looks[shown, hidden, behind].append(heard)
    assert len(looks) > 100
    for look, same in looks.items():
        for answer in look[1]:
            told = {each[answer] for each in same}
            assert set(range(5)) <= told or min(told) >= 5, (look, answer)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_what_is_kept_back_holds_each_small_answer(numbers: list[int]) -> None:
    order = [str(place) for place in range(len(numbers))]
    heard = dict(zip(order, numbers, strict=True))
    hidden = kept_back(heard, order)
    small = {each for each in order if heard[each] < 5}
    assert small <= hidden
    assert bool(hidden) == bool(small)
    if hidden and len(hidden) < len(order):
        others = len(hidden - small)
        assert others
        assert sum(heard[each] for each in hidden) > 4 * len(small) + 5 * others


def test_nothing_small_is_told_with_the_rest() -> None:
    found = heard_against({"a": 2, "b": 30, "c": 300}, AREA)
    assert [each.number for each in found.shares] == [None, None, 300]
    assert found.of == 332
    assert found.together is not None
    assert (found.together.answers, found.together.number) == (("a", "b"), 32)
    assert found.together.under
    assert [each.under for each in found.shares] == [False, True, False]
    nothing = heard_against({"a": 2, "b": 3}, AREA)
    assert (nothing.of, nothing.together) == (None, None)
    assert {each.number for each in nothing.shares} == {None}
    whole = heard_against({"a": 50, "b": 50, "c": 50}, AREA)
    assert whole.together is None
    assert [each.under for each in whole.shares] == [False, False, True]


def test_answers_outside_the_population_do_not_count() -> None:
    assert heard_against({"a": 50, "b": 50, "c": 50, "prefer_not": 9}, AREA).of == 150


@pytest.mark.parametrize(
    ("after", "says"),
    [(80, Change.MORE), (12, Change.UNSURE), (3, Change.TOO_FEW)],
)
def test_a_change_is_claimed_only_beyond_chance(after: int, says: Change) -> None:
    before = heard_against({"a": 10, "b": 100, "c": 100}, AREA)
    then = heard_against({"a": after, "b": 100, "c": 100}, AREA)
    assert changed(before, then, "a") == says


def test_less_is_said_as_well() -> None:
    before = heard_against({"a": 80, "b": 100, "c": 100}, AREA)
    then = heard_against({"a": 10, "b": 100, "c": 100}, AREA)
    assert changed(before, then, "a") == Change.LESS
