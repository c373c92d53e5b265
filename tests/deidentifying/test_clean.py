"""The text that travels, and the marks in it."""

import pytest

from candour.deidentifying import Sort, clean, standing_in


def taken(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(mark.sort.value, mark.words) for mark in clean(text, language=language).marks]


def test_nothing_to_take_out() -> None:
    cleaned = clean("The food on Ward 4 was good.", language="en")
    assert cleaned.text == "The food on Ward 4 was good."
    assert cleaned.marks == ()


def test_a_mark_says_where_it_stands_and_what_was_there() -> None:
    cleaned = clean("Thanks to Sarah and Dr Patel.", language="en")
    assert cleaned.text == "Thanks to [name] and Dr [name]."
    assert [cleaned.text[mark.begin : mark.end] for mark in cleaned.marks] == ["[name]"] * 2
    assert [mark.words for mark in cleaned.marks] == ["Sarah", "Patel"]


def test_the_words_as_given_can_be_made_again() -> None:
    text = "Rwy’n diolch i Ddafydd, 943 476 5919, jo@example.org, CF14 4XW — am bopeth."
    assert clean(text, language="cy").as_given() == text


def test_welsh_words_stand_in_welsh_texts() -> None:
    cleaned = clean("Diolch i Siân a’r nyrs Gwenllian.", language="cy")
    assert cleaned.text == "Diolch i [enw] a’r nyrs [enw]."


@pytest.mark.parametrize(
    "written",
    ["9434765919", "943 476 5919", "943-476-5919", "943.476.5919", "943\u00a0476\u00a05919"],
)
def test_nhs_numbers_however_they_are_written(written: str) -> None:
    assert taken(f"It is {written} on the letter") == [("nhs_number", written)]


def test_ten_digits_whose_check_fails_are_none() -> None:
    assert taken("Reference 943 476 5918 on the letter") == []


def test_ten_digits_said_to_be_one_are_one_even_if_mistyped() -> None:
    assert taken("My NHS number is 943 476 5918.") == [("nhs_number", "943 476 5918")]


@pytest.mark.parametrize("written", ["AB123456C", "AB 12 34 56 C", "ab-12-34-56-c", "AB 123456 C"])
def test_national_insurance_numbers(written: str) -> None:
    assert taken(f"NI {written}, please") == [("ni_number", written)]


@pytest.mark.parametrize(
    "written", ["QQ 12 34 56 C", "GB 12 34 56 C", "AB 12 34 56 Z", "AO 12 34 56 A"]
)
def test_letters_that_no_national_insurance_number_has(written: str) -> None:
    assert taken(f"Code {written}, please") == []


def test_names_given_apart_are_taken_out_wherever_they_stand() -> None:
    cleaned = clean(
        "Zaraphine and her mum. zaraphine cried.", language="en", known=["Zaraphine Oke"]
    )
    assert cleaned.text == "[name] and her mum. zaraphine cried."


def test_a_name_found_once_is_found_again() -> None:
    assert clean("Dr Ngata came. Later Ngata left.", language="en").text == (
        "Dr [name] came. Later [name] left."
    )


def test_every_sort_has_words_in_both_languages() -> None:
    for sort in Sort:
        assert standing_in(sort, "en") != standing_in(sort, "cy")
        assert standing_in(sort, "unknown") == standing_in(sort, "en")
