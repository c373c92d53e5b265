"""Shares against the population: known answers, and that small numbers cannot be worked out."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.experiences.fewest import FEWEST_TOLD
from candour.outreach.heard import (
    Change,
    Heard,
    Interval,
    Verdict,
    changed,
    difference,
    heard_against,
    kept_back,
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
    area = {"a": 10, "b": 90}
    assert not heard_against({"a": 8, "b": 92}, area).shares[0].under
    assert heard_against({"a": 8, "b": 392}, area).shares[0].under
    assert not heard_against({}, area).shares[0].under


# The more answers, the fewer people can be tried in good time; each is beyond the last threshold.
TRIED = [(("a", "b"), 60), (ORDER, 26), (FOUR, 22)]


@pytest.mark.parametrize(("order", "most"), TRIED)
def test_whoever_knows_all_rules_learns_no_small_number(order: tuple[str, ...], most: int) -> None:
    """Of all that tell the same, each answer that may be small takes every value from 0 to 4.

    What is compared is all that can be shown: numbers, ranges, verdicts and the total.
    """
    area = {answer: place * 7 + 3 for place, answer in enumerate(order)}
    told: dict[Heard, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in product(range(most + 1), repeat=len(order)):
        if sum(numbers) <= most:  # else a table that tells the same may lie outside
            told[heard_against(dict(zip(order, numbers, strict=True)), area)].append(numbers)
    for shown, same in told.items():
        for place, share in enumerate(shown.shares):
            might_be = {numbers[place] for numbers in same}
            if share.small:
                assert might_be == set(range(FEWEST_TOLD)), (shown, might_be)
            else:
                assert min(might_be) >= FEWEST_TOLD, (shown, might_be)


@pytest.mark.parametrize(("order", "most"), TRIED)
def test_what_is_told_to_lie_between_lies_between(order: tuple[str, ...], most: int) -> None:
    area = dict.fromkeys(order, 10)
    for numbers in product(range(0, most + 1, 3), repeat=len(order)):
        heard = dict(zip(order, numbers, strict=True))
        for share in heard_against(heard, area).shares:
            number = heard[share.answers[0]]
            assert share.least <= number
            assert share.most is None or number <= share.most


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 1000)), min_size=2, max_size=6))
def test_a_verdict_is_that_of_the_number_itself(counted: list[tuple[int, int]]) -> None:
    """A verdict that is given is never one that the number, were it told, would take back."""
    heard = {str(place): number for place, (number, _people) in enumerate(counted)}
    area = {str(place): people for place, (_number, people) in enumerate(counted)}
    of = sum(heard.values())
    for share in heard_against(heard, area).shares:
        if share.verdict is not Verdict.UNKNOWN:
            below = wilson(heard[share.answers[0]], of).high < share.population
            assert share.under == below


@given(st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_enough_people_stand_behind_what_is_kept_back(numbers: list[int]) -> None:
    order = [str(place) for place in range(len(numbers))]
    heard = dict(zip(order, numbers, strict=True))
    hidden = kept_back(heard, order)
    assert hidden.small == {each for each in order if heard[each] < FEWEST_TOLD}
    if hidden.small and hidden.of is not None:
        behind = sum(heard[each] for each in hidden.answers)
        assert hidden.others
        assert behind > 4 * len(hidden.small) + 5 * len(hidden.others)


def test_of_two_answers_the_small_one_is_told_to_be_small_and_nothing_more() -> None:
    """Three of a hundred, where one in five of the area would say so: that is under-heard."""
    found = heard_against({"yes": 3, "no": 97}, {"yes": 200, "no": 800})
    yes, no = found.shares
    assert found.of == 100
    assert (yes.small, yes.number, yes.least, yes.most) == (True, None, 0, 4)
    assert yes.interval == Interval(0.0, wilson(4, 100).high)
    assert yes.verdict == Verdict.UNDER
    assert (no.number, no.least, no.most, no.verdict) == (None, 96, 100, Verdict.NOT_SHOWN)
    assert found.together is None
    same = [heard_against({"yes": n, "no": 100 - n}, {"yes": 200, "no": 800}) for n in range(5)]
    assert set(same) == {found}


def test_where_the_small_one_might_reach_its_share_nothing_is_claimed() -> None:
    found = heard_against({"yes": 3, "no": 20}, {"yes": 100, "no": 900})
    assert found.shares[0].verdict == Verdict.NOT_SHOWN
    close = heard_against({"yes": 1, "no": 46}, {"yes": 12, "no": 88})
    assert close.shares[0].verdict == Verdict.UNKNOWN


def test_of_too_few_altogether_only_that_is_told() -> None:
    found = heard_against({"yes": 3, "no": 6}, {"yes": 200, "no": 800})
    assert (found.of, found.together) == (None, None)
    assert [each.small for each in found.shares] == [True, False]
    assert {each.interval for each in found.shares} == {None}
    assert {each.verdict for each in found.shares} == {Verdict.UNKNOWN}


def test_others_are_told_with_the_small_ones_together() -> None:
    found = heard_against({"a": 2, "b": 30, "c": 300}, AREA)
    assert [each.number for each in found.shares] == [None, None, 300]
    assert [(each.least, each.most) for each in found.shares[:2]] == [(0, 4), (28, 32)]
    assert found.of == 332
    assert found.together is not None
    assert (found.together.answers, found.together.number) == (("a", "b"), 32)
    assert found.together.under
    assert [each.under for each in found.shares] == [True, True, False]
    several = heard_against({"a": 2, "b": 5, "c": 9, "d": 80}, dict.fromkeys(FOUR, 10))
    assert [(each.least, each.most) for each in several.shares] == [
        (0, 4),
        (5, 11),
        (5, 11),
        (80, 80),
    ]
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


TWO = {"yes": 200, "no": 800}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ((3, 97), (40, 60), Change.MORE),
        ((40, 60), (3, 97), Change.LESS),
        ((3, 97), (2, 98), Change.UNSURE),
        ((3, 97), (9, 91), Change.TOO_FEW),  # of four it could be chance, of none it could not
        ((3, 4), (40, 60), Change.TOO_FEW),
    ],
)
def test_a_change_is_claimed_only_whichever_the_number_is(
    before: tuple[int, int], after: tuple[int, int], says: Change
) -> None:
    one, two = (heard_against(dict(zip(TWO, each, strict=True)), TWO) for each in (before, after))
    assert changed(one, two, "yes") == says


@given(st.integers(5, 300), st.integers(5, 300), st.data())
def test_a_difference_grows_with_the_later_number_and_falls_with_the_earlier(
    first: int, second: int, data: st.DataObject
) -> None:
    """So the ends of what is kept back decide for all that lies between them."""
    before = data.draw(st.integers(0, first - 1))
    after = data.draw(st.integers(0, second - 1))
    found = difference((before, first), (after, second))
    more = difference((before, first), (after + 1, second))
    less = difference((before + 1, first), (after, second))
    for end in ("low", "high"):
        assert getattr(less, end) <= getattr(found, end) + 1e-12
        assert getattr(found, end) <= getattr(more, end) + 1e-12
