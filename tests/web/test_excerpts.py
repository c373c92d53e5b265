"""The part of an answer that a list shows."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from candour.web.presenters.excerpts import LENGTH, MORE, excerpt, whole

WORDS = st.lists(st.text("abcŵ<&", min_size=1, max_size=12), max_size=120).map(" ".join)


def _plain(shown: Markup) -> str:
    return shown.replace("<mark>", "").replace("</mark>", "").unescape()


def test_what_was_found_is_marked_and_nothing_typed_becomes_markup() -> None:
    shown = whole("<b>cold</b> & cold", [(3, 7), (14, 18)])
    assert shown == "&lt;b&gt;<mark>cold</mark>&lt;/b&gt; &amp; <mark>cold</mark>"


def test_a_long_answer_is_shown_around_what_was_found() -> None:
    answer = "early " * 200 + "needle " + "late " * 200
    place = answer.index("needle")
    shown = excerpt(answer, [(place, place + 6)])
    assert "<mark>needle</mark>" in shown
    assert shown.startswith(f"{MORE}early")
    assert shown.endswith(f"late{MORE}")


def test_the_end_of_an_answer_fills_its_room() -> None:
    answer = "word " * 200 + "needle"
    shown = excerpt(answer, [(1000, 1006)])
    assert shown.endswith("<mark>needle</mark>")
    assert len(_plain(shown)) > LENGTH - 80


@given(WORDS, st.integers(0, 600))
def test_an_excerpt_is_part_of_the_answer_and_no_longer_than_asked(answer: str, at: int) -> None:
    at = min(at, len(answer))
    found = [(at, min(at + 3, len(answer)))] if at < len(answer) else []
    shown = _plain(excerpt(answer, found)).removeprefix(MORE).removesuffix(MORE)
    assert shown in answer
    assert len(shown) <= LENGTH
    assert shown == answer or len(answer) > LENGTH


@given(WORDS)
def test_what_was_found_first_is_always_shown(answer: str) -> None:
    if not answer:
        return
    at = len(answer) // 2
    assert "<mark>" in excerpt(answer, [(at, at + 1)])
