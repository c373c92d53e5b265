"""Signs that somebody is not safe: found, and not seen where there are none."""

import pytest

from candour.safeguarding import Sort, signs_in
from tests.support.labelled import Half, score_signs, to_look_at


def sorts(text: str) -> list[str]:
    return [sign.sort.value for sign in signs_in(text)]


def test_the_words_that_are_a_sign_are_said() -> None:
    text = "Lunch was cold. A nurse slapped my mum, and she is covered in bruises."
    assert [(sign.sort, text[sign.begin : sign.end]) for sign in signs_in(text)] == [
        (Sort.ABUSE, "slapped my mum"),
        (Sort.HARM, "covered in bruises"),
    ]


def test_capitals_and_curly_marks_make_no_difference() -> None:
    assert sorts("I DON’T WANT TO LIVE") == ["self_harm"]


@pytest.mark.parametrize(
    "text",
    [
        "I was never hit.",
        "There is no sign of neglect.",
        "Nobody hit me.",
        "We have no concerns about abuse.",
        "Nid oedd esgeulustod yno.",
    ],
)
def test_a_not_takes_a_sign_back(text: str) -> None:
    assert sorts(text) == []


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("They did not believe I was suicidal.", "self_harm"),
        ("Not only was she hit, she was laughed at.", "abuse"),
        ("She was not given any water for two days.", "neglect"),
        ("Nobody came, and he was left in his own urine.", "neglect"),
    ],
)
def test_a_not_about_something_else_does_not(text: str, sort: str) -> None:
    assert sort in sorts(text)


def test_what_is_over_is_said_to_be() -> None:
    assert [sign.past for sign in signs_in("Years ago a nurse slapped me.")] == [True]
    assert [sign.past for sign in signs_in("A nurse slapped me.")] == [False]


@pytest.mark.parametrize(
    ("half", "recall", "precision"),
    [
        (Half.DEVELOPMENT, 0.97, 0.97),
        (Half.HELD_OUT, 0.9, 0.94),
    ],
)
def test_how_well_texts_are_told_apart(half: Half, recall: float, precision: float) -> None:
    score = score_signs(to_look_at(half))["any"]
    assert score.there >= 60
    assert score.recall >= recall
    assert score.precision >= precision


def test_every_sort_is_measured_in_both_languages() -> None:
    assert len(to_look_at()) >= 200
    measured = {sort for case in to_look_at() for sort in case.sorts}
    assert measured == {sort.value for sort in Sort}
