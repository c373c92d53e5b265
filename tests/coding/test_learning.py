"""What is learned from coding: it tells themes from words, and how far to trust each."""

import hashlib
from dataclasses import replace

import pytest

from candour.coding.keeping import TamperedMachineError, card_of, from_bytes, to_bytes
from candour.coding.learning import (
    FEWEST,
    Example,
    Learned,
    TooFewExamplesError,
    learn,
    suggest,
    suggest_sentiment,
)
from candour.coding.scores import average_f1
from tests.coding.made_up import examples


@pytest.fixture(scope="module")
def learned() -> Learned:
    rare = [
        Example(f"a shuttle bus number {n}", "", frozenset({"Buses"})) for n in range(FEWEST - 1)
    ]
    return learn([*examples(), *rare])


def test_themes_are_told_from_words_nobody_coded(learned: Learned) -> None:
    found = suggest(
        learned,
        [
            Example("My lunch was cold, and there was nowhere to park"),
            Example("It was a Tuesday in the evening"),
        ],
    )
    assert {each.theme for each in found[0]} == {"Food", "Parking"}
    assert found[1] == ()


def test_a_suggestion_says_how_sure_it_is_and_on_which_words_it_rests(learned: Learned) -> None:
    ((only,),) = suggest(learned, [Example("the food was cold", "What was it like?")])
    assert only.percent >= 90
    assert "food" in " ".join(only.because)
    assert not any("q_" in word for word in only.because), "the question is no reason"


def test_the_surest_comes_first(learned: Learned) -> None:
    (found,) = suggest(learned, [Example("parking cost too much and the food was cold")])
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_a_theme_with_too_few_examples_is_counted_and_not_learned(learned: Learned) -> None:
    scores = {each.theme: each for each in learned.scores}
    assert scores["Buses"].examples == FEWEST - 1
    assert scores["Buses"].f1 is None
    assert "Buses" not in learned.themes
    assert scores["Food"].f1 is not None
    assert scores["Food"].f1 > 0.9


def test_sentiment_is_told_too(learned: Learned) -> None:
    texts = [Example("I am happy, thank you"), Example("never again, I am angry")]
    assert suggest_sentiment(learned, texts) == [1, 5]
    assert {each.theme for each in learned.feeling_scores} == {"1", "5"}


def test_without_sentiments_none_is_told() -> None:
    unfelt = learn([replace(each, sentiment=None) for each in examples(120)])
    assert suggest_sentiment(unfelt, [Example("I am happy")]) == [None]
    assert unfelt.feeling_scores == ()


def test_the_same_examples_teach_the_same(learned: Learned) -> None:
    texts = [Example("the food was cold and the nurse was kind")]
    assert suggest(learn(examples()), texts) == suggest(learn(examples()), texts)


def test_scores_are_of_what_was_held_out() -> None:
    """Themes thrown by a coin cannot be learned; scores of what was learned would say they can."""
    told = examples(200)
    thrown = [
        replace(each, themes=frozenset({"Coin"} if hash_of(n) else ()), words=f"{each.words} {n}")
        for n, each in enumerate(told)
    ]
    (score,) = learn(thrown).scores
    assert score.f1 is not None
    assert score.f1 < 0.85
    assert average_f1([score]) == score.f1


def hash_of(number: int) -> bool:
    return (number * 2654435761 >> 7) % 2 == 0


@pytest.mark.parametrize("told", [examples(30), [Example(f"nothing {n}") for n in range(80)]])
def test_too_little_coding_is_refused_with_what_is_needed(told: list[Example]) -> None:
    with pytest.raises(TooFewExamplesError, match="Code some more"):
        learn(told)


def test_a_machine_is_kept_and_read_back(learned: Learned) -> None:
    kept, card = to_bytes(learned), card_of(learned)
    again = from_bytes(kept, hashlib.sha256(kept).hexdigest(), card)
    texts = examples(20, seed=9)
    assert suggest(again, texts) == suggest(learned, texts)
    assert again.scores == learned.scores
    with pytest.raises(TamperedMachineError, match="Learn anew"):
        from_bytes(kept + b"x", hashlib.sha256(kept).hexdigest(), card)


def test_nothing_to_look_at_gives_nothing(learned: Learned) -> None:
    assert suggest(learned, []) == []
    assert suggest_sentiment(learned, []) == []
