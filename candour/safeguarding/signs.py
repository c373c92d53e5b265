"""Which words of a text are signs, of what sort, and whether they speak of what is long over."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from candour.safeguarding.beginnings import CONTRACTED
from candour.safeguarding.expressions import WORD, anywhere, around, may_hold, not_before, trying


class Sort(StrEnum):
    """What a sign is a sign of."""

    SELF_HARM = "self_harm"
    SEXUAL = "sexual"
    CHILD = "child"
    ABUSE = "abuse"
    NEGLECT = "neglect"
    HARM = "harm"
    MEDICATION = "medication"
    REPRISAL = "reprisal"


GRAVITY: Final = tuple(Sort)
"""The sorts in the order in which they are looked at."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that are a sign.

    Attributes:
        sort: of what.
        begin, end: where the words stand in the text, in letters.
        words: the words.
        past: their sentence speaks of what is over, or may be.
    """

    sort: Sort
    begin: int
    end: int
    words: str
    past: bool


_SENTENCE: Final = re.compile(r"[^.!?\n\r;]+(?:[.!?;]+(?=\s|$)|[\n\r]+|$|[.!?;]+)")
_BEFORE: Final = 70  # letters before a sign in which a “not” may stand


def signs_in(text: str) -> list[Sign]:
    """Return the signs in a text, in its order; those that overlap as the graver one.

    A “not” before a sign takes it back, as do sentences about training, leaflets or the news.
    """
    straight = text.replace("’", "'").replace("‘", "'")
    low = straight.lower()
    if len(low) != len(text):  # a letter whose small form is two: places would not fit any more
        low = straight
    if not _holds_any(low):
        return []
    return [
        sign
        for match in _SENTENCE.finditer(low)
        for sign in _in_sentence(text, match.start(), match[0])
    ]


def _holds_any(low: str) -> bool:
    """Return whether any expression holds anywhere, taken back or not: in most texts none does."""
    may = may_hold(low)
    while may:
        last = may & -may
        if anywhere(last.bit_length() - 1).search(low):
            return True
        may -= last
    return False


def _in_sentence(text: str, begin: int, sentence: str) -> list[Sign]:
    found = list(_matches(sentence))
    if not found or around("elsewhere").search(sentence):
        return []
    past = around("past").search(sentence) is not None
    signs = [
        Sign(sort, begin + start, begin + end, text[begin + start : begin + end].strip(), past)
        for sort, start, end in found
    ]
    return sorted(_apart(signs), key=lambda sign: sign.begin)


def _matches(sentence: str) -> Iterator[tuple[Sort, int, int]]:
    """Yield each place where an expression holds and no “not” takes it back."""
    at_word = trying(contracted=CONTRACTED in sentence)
    for word in WORD.finditer(sentence):
        start = word.start()
        for expression in at_word(word[0]):
            match = expression.pattern.match(sentence, start)
            if match is None or match.end() == start:
                continue
            before = sentence[max(0, start - _BEFORE) : start]
            if expression.says_not or not _taken_back(before):
                yield Sort(expression.sort), start, match.end()


def _taken_back(before: str) -> bool:
    """Return whether a “not” right before a sign takes it back."""
    negated = not_before().search(before)
    return negated is not None and not around("still_counts").search(before, negated.start())


def _apart(found: list[Sign]) -> list[Sign]:
    """Return the signs without those that overlap a graver one, or a longer one as grave."""
    kept: list[Sign] = []
    for sign in sorted(found, key=lambda each: (GRAVITY.index(each.sort), -len(each.words))):
        if all(sign.end <= other.begin or other.end <= sign.begin for other in kept):
            kept.append(sign)
    return kept
