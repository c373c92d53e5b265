"""No expression is passed over at a word where it holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from candour.safeguarding.beginnings import CONTRACTED
from candour.safeguarding.expressions import WORD, Expression, everything, may_hold, trying
from candour.safeguarding.signs import signs_in
from tests.support.labelled import to_look_at

ALL = everything()


def may(each: Expression, text: str) -> bool:
    return bool(may_hold(text) >> each.number & 1)


def tried_at(word: str, text: str) -> tuple[Expression, ...]:
    return trying(contracted=CONTRACTED in text)(word)


@given(st.sampled_from(ALL).flatmap(lambda each: st.tuples(st.just(each), matching(each))))
@settings(max_examples=600, deadline=None)
def test_an_expression_is_tried_where_what_it_matches_begins(
    held: tuple[Expression, str],
) -> None:
    each, text = held
    word = WORD.match(text)
    assert word is not None, text
    assert each in tried_at(word[0], text)
    assert may(each, text)
    assert may(each, f"{text} {'x' * 50}")


def matching(each: Expression) -> st.SearchStrategy[str]:
    return st.from_regex(each.pattern, fullmatch=True)


@given(st.lists(st.sampled_from([each.text for each in to_look_at()]), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_trying_every_expression_at_every_word_finds_no_more(texts: list[str]) -> None:
    text = " ".join(texts).replace("’", "'").lower()
    for word in WORD.finditer(text):
        hold = [each for each in ALL if each.pattern.match(text, word.start())]
        assert set(hold) <= set(tried_at(word[0], text))
        assert all(may(each, text) for each in hold)


def test_what_an_expression_needs_is_what_says_most() -> None:
    took = next(each for each in ALL if each.pattern.match("took my money"))
    assert "took " in took.beginnings
    assert {"money", "purse", "cash"} <= set(took.needs)
    assert not may(took, "it took my mum a year")
    assert may(took, "they took her mum's money")
    assert [each.number for each in ALL] == list(range(len(ALL)))


def test_a_text_in_which_no_word_begins_any_has_no_signs() -> None:
    assert signs_in("kind quick xyzzy") == []
    assert signs_in("") == []
