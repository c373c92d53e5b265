"""A text is passed over only where the rules about names would have found nothing in it."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from candour.deidentifying import contexts, remembering
from candour.deidentifying.names import _spans
from candour.deidentifying.reasons import SAYING, can_come_together
from candour.deidentifying.remembering import Remembered
from candour.deidentifying.taking import (
    FAMILY,
    GIVEN,
    MUTATING,
    NOT_NAMES,
    SURE,
    THINGS,
    WELSH,
    Walk,
)
from tests.support.labelled import to_clean

LISTS = (GIVEN, SURE, THINGS, FAMILY, NOT_NAMES, SAYING, MUTATING, WELSH, contexts.PERSONS)
LISTED = st.one_of(*(st.sampled_from(sorted(words)) for words in LISTS))
OTHERS = st.sampled_from(
    ["ward", "xyzzy", "ddafydd", "charys", "I", "a", "j", "o'neill", "mary-jane", "ngharys", "ŵ"]
)
WORDS = st.builds(
    lambda word, spell: spell(word),
    LISTED | OTHERS | st.text(max_size=3),
    st.sampled_from([str, str, str.capitalize, str.upper, lambda word: word + "’s"]),
)
GAPS = st.sampled_from([" ", " ", " ", ", ", ". ", "\n", " (", ") ", "-", ": ", " “", "'", ""])


@given(st.lists(st.tuples(WORDS, GAPS), max_size=9), st.sampled_from(["en", "cy"]))
@settings(max_examples=1_500, deadline=None)
@example([("Diolch", "\n"), ("J", " "), ("B", "")], "cy")
@example([("Kind", " "), ("care", "\n"), ("Jo", " "), ("Jones", "")], "en")
def test_what_is_passed_over_holds_no_name(words: list[tuple[str, str]], language: str) -> None:
    text = "".join(word + gap for word, gap in words)
    if not can_come_together(text):
        assert list(_spans(Walk(text, language))) == []


def test_the_labelled_sentences_with_names_are_not_passed_over() -> None:
    with_names = [each for each in to_clean() if any(sort == "name" for sort, *_ in each.spans)]
    found = [each for each in with_names if list(_spans(Walk(each.text, each.language)))]
    assert len(found) > 100
    assert [each.text for each in found if not can_come_together(each.text)] == []


def test_texts_without_any_reason_are_passed_over() -> None:
    assert not can_come_together(
        "The staff were very kind. They helped me, and I was seen quickly."
    )
    assert not can_come_together("Thank you for good care")
    assert can_come_together("Thank you Xyzzy")


def test_what_is_remembered_stays_small() -> None:
    asked: list[str] = []

    def work_out(word: str) -> int:
        asked.append(word)
        return len(word)

    known = Remembered(work_out)
    for _ in range(2):
        assert known["ward"] == 4
        assert known["w" * 41] == 41
    assert asked == ["ward", "w" * 41, "w" * 41]
    for number in range(remembering.MOST + 10):
        known[str(number)]
    assert len(known) <= remembering.MOST
    assert known["ward"] == 4
