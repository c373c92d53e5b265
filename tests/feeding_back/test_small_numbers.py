"""No small number is told, and nobody can work one out, whatever rules they know."""

from collections import defaultdict
from itertools import pairwise, product
from typing import Any

from hypothesis import given as for_any
from hypothesis import strategies as st

from candour.feeding_back.small_numbers import BAND, Counted, Given, Side, given

ENOUGH_TO_DOUBT = 3  # a number that might be as many different ones is known to nobody
NUMBERS = st.integers(0, 40)
COUNTED = st.builds(
    Counted,
    st.fixed_dictionaries(dict.fromkeys(Side, NUMBERS)),
    st.dictionaries(st.tuples(st.sampled_from([Side.WELL, Side.IMPROVE]), st.text("ab")), NUMBERS),
)


def key(told: Given) -> Any:
    return told.enough, told.people, tuple(told.sides.items()), tuple(sorted(told.themes.items()))


def counted(*sides: int, **themes: int) -> Counted:
    return Counted(
        dict(zip(Side, sides, strict=True)),
        {(Side.WELL, name): number for name, number in themes.items()},
    )


def test_somebody_who_knows_the_rules_and_tries_every_table_learns_no_small_number() -> None:
    tables: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in product(range(20), repeat=len(Side)):
        tables[key(given(counted(*numbers)))].append(numbers)
    tried = 0
    for fitting in tables.values():
        for place in range(len(Side)):
            might_be = {numbers[place] for numbers in fitting}
            whole = all(sum(numbers) < 20 for numbers in fitting)  # no table above was left out
            if whole and min(might_be) < BAND:
                assert len(might_be) >= ENOUGH_TO_DOUBT, fitting
                tried += 1
    assert tried > 40


@for_any(COUNTED)
def test_a_number_that_is_given_is_a_band_of_five_people_or_more(numbers: Counted) -> None:
    told = given(numbers)
    shown = [told.people, *told.sides.values(), *told.themes.values()]
    assert all(least % BAND == 0 and least >= BAND for least in shown if least is not None)


@for_any(COUNTED, st.integers(0, 4))
def test_a_small_theme_changes_nothing_that_is_given(numbers: Counted, small: int) -> None:
    some = {**numbers.themes, (Side.WELL, "rare"): small}
    assert given(Counted(numbers.sides, some)) == given(numbers)


@for_any(COUNTED)
def test_a_theme_is_given_only_on_a_side_that_is(numbers: Counted) -> None:
    told = given(numbers)
    assert all(told.sides[side] is not None for side, _theme in told.themes)


@for_any(st.lists(COUNTED, min_size=2, max_size=4))
def test_what_was_not_given_once_is_not_given_by_a_correction(tables: list[Counted]) -> None:
    releases: tuple[Given, ...] = ()
    for numbers in tables:
        releases = (*releases, given(numbers, releases))
    for first, later in pairwise(releases):
        assert first.enough or not later.enough
        assert first.people is not None or later.people is None
        assert all(first.sides[side] is not None or later.sides[side] is None for side in Side)
        assert set(later.themes) <= set(first.themes)


def test_a_second_side_is_kept_back_where_the_total_would_tell_of_the_first() -> None:
    told = given(counted(8, 9, 4))
    assert told.sides == {Side.WELL: None, Side.IMPROVE: 5, Side.NEITHER: None}
    assert told.people == 20


def test_where_all_sides_are_small_the_total_is_not_given_either() -> None:
    told = given(counted(4, 4, 4))
    assert told.enough
    assert told.people is None


def test_of_fewer_than_five_people_nothing_is_said() -> None:
    assert key(given(counted(4, 0, 0, noise=4))) == key(given(counted(0, 0, 0)))


def test_numbers_that_are_all_large_are_given_in_fives() -> None:
    told = given(counted(12, 9, 5, food=7))
    assert (told.people, *told.sides.values()) == (25, 10, 5, 5)
    assert told.themes == {(Side.WELL, "food"): 5}
