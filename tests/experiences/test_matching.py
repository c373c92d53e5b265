"""What a search found in an answer, in English and in Welsh."""

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.matching import START, STOP, joined, matches, spans
from tests.support.told import tell


@pytest.fixture
def council(db: None) -> Body:
    return Body.objects.create(name="Cardiff Council", nation="wales", slug="cardiff")


@pytest.mark.parametrize(
    ("answer", "search", "marked"),
    [
        ("The nurses were kind", "nurse", ["nurses"]),
        ("Roedd y tŷ yn oer. Ty arall", "ty", ["tŷ", "Ty"]),
        ("Roedd y tŷ yn oer. Ty arall", "tŷ", ["tŷ", "Ty"]),
        ("Delays, delays", "delay -rude", ["Delays", "delays"]),
        ("<b>Cold</b> food & cold tea", "cold", ["Cold", "cold"]),
        ("Nobody came", "zebra", []),
    ],
)
def test_the_words_that_a_search_found(
    council: Body, answer: str, search: str, marked: list[str]
) -> None:
    [told] = tell(council, [answer])
    with acting_for([council.pk]):
        found = matches([told.pk], search)[told.pk]
    assert [answer[begin:end] for begin, end in found] == marked


def test_without_a_search_nothing_is_asked(
    council: Body, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_num_queries(0):
        assert matches([1], "  ") == {}


def test_a_text_with_marks_of_its_own_is_left_unmarked(council: Body) -> None:
    [told] = tell(council, [f"a {START}cold{STOP} ward"])
    with acting_for([council.pk]):
        assert matches([told.pk], "cold")[told.pk] == []


@given(st.text(alphabet=f"ab {START}{STOP}"), st.integers(0, 30))
def test_places_never_leave_the_text(headline: str, length: int) -> None:
    for begin, end in spans(headline, length):
        assert 0 <= begin <= end <= length


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9))))
def test_joined_places_cover_the_same_letters_and_stand_apart(
    given_places: list[tuple[int, int]],
) -> None:
    places = [(begin, begin + length) for begin, length in given_places]
    whole = joined(places)
    covered = {letter for begin, end in places for letter in range(begin, end)}
    assert {letter for begin, end in whole for letter in range(begin, end)} == covered
    assert all(one[1] < other[0] for one, other in itertools.pairwise(whole))
