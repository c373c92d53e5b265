"""How well sentences are cleaned: on the half the rules were developed by, and on the other."""

import pytest

from tests.support.labelled import Half, score_cleaning, to_clean

LEAST = {Half.DEVELOPMENT: (0.98, 0.98), Half.HELD_OUT: (0.92, 0.97)}
NUMBERS = ("nhs_number", "ni_number", "postcode", "phone", "email", "birth_date")


def test_there_are_enough_sentences_and_the_halves_are_alike() -> None:
    sentences = to_clean()
    assert len(sentences) >= 300
    assert len({each.text for each in sentences}) == len(sentences)
    assert len([each for each in sentences if each.language == "cy"]) >= 100
    held_out = len(to_clean(Half.HELD_OUT)) / len(sentences)
    assert 0.4 < held_out < 0.6


@pytest.mark.parametrize("half", Half)
def test_names_are_found_and_little_else_is_taken_for_one(half: Half) -> None:
    recall, precision = LEAST[half]
    names = score_cleaning(to_clean(half))["name"]
    assert names.there >= 80
    assert names.recall >= recall
    assert names.precision >= precision


@pytest.mark.parametrize("half", Half)
def test_numbers_and_addresses_are_found_and_nothing_else_is_taken_for_one(half: Half) -> None:
    scores = [score_cleaning(to_clean(half))[sort] for sort in NUMBERS]
    there, found = sum(each.there for each in scores), sum(each.found for each in scores)
    assert found / there >= 0.9
    assert all(each.precision == 1.0 for each in scores)
