"""Whatever somebody writes or sends: nothing is lost, nothing takes for ever."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candour.deidentifying import clean
from candour.experiences.marking import Span, answer_of, spans
from candour.safeguarding import signs_in

LONGEST = 50_000  # letters of an answer that is taken in
SECONDS = 10  # on a busy machine; a text that takes for ever takes hours
PIECES = st.sampled_from(
    [
        *(
            "Dr Patel",
            "my mum Jane",
            "Sarah",
            ", ",
            ". ",
            "\n",
            " and ",
            "i Ddafydd",
            "Mark",
            "St ",
        ),
        *("943 476 5919", "CF14 4XW", "07700 900123", "jo@example.org", "born on 3 May 1938", "O’"),
        *(
            "Hospital",
            "Kind regards, Jo",
            "’s",
            "[name]",
            "ŵ",
            "İ",
            "😀",
            "(",
            '"',
            "nurse called ",
        ),
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
@settings(max_examples=300, deadline=None)
def test_the_words_as_given_follow_from_the_clean_text_and_its_marks(text: str) -> None:
    cleaned = clean(text, language="en")
    assert cleaned.as_given() == text
    found = spans(cleaned)
    assert [text[span.begin : span.end] for span in found] == [m.words for m in cleaned.marks]
    assert answer_of(text, [_Waiting(span) for span in found], "en") == cleaned.text


class _Waiting:
    state = "waiting"

    def __init__(self, span: Span) -> None:
        self.sort, self.begin, self.end = span.sort, span.begin, span.end


@given(st.lists(st.sampled_from(["hit her ", "not ", "left in ", "İ", ". ", "dŵr "]), max_size=30))
@settings(max_examples=100, deadline=None)
def test_signs_stand_in_the_text_where_they_are_said_to(words: list[str]) -> None:
    text = unicodedata.normalize("NFC", "".join(words))
    for sign in signs_in(text):
        assert text[sign.begin : sign.end].strip() == sign.words


@pytest.mark.parametrize(
    "piece",
    ["a.", "a@b.", "Dr A. ", "Sarah, ", "07 ", "1", "born on the ", "not ", "hit the old ", "a'"],
)
def test_no_text_takes_for_ever(piece: str) -> None:
    text = (piece * LONGEST)[: LONGEST - 1] + "@"
    begun = time.monotonic()
    clean(text, language="en")
    signs_in(text)
    assert time.monotonic() - begun < SECONDS
