"""Which words of a text are signs, of what sort, and whether they speak of what is long over."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from candour.safeguarding.expressions import (
    CONTRACTED,
    LONGEST,
    Expression,
    around,
    may_hold,
    not_before,
    trying,
)


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


Tried = Callable[[str], Iterable[Expression]]
"""Gives the expressions to try at a word."""

_SENTENCE: Final = re.compile(r"[^.!?\n\r;]+(?:[.!?;]+(?=\s|$)|[\n\r]+|$|[.!?;]+)")
_WORD: Final = re.compile(rf"\b\w{{1,{LONGEST}}}")  # as much of a word as tells what it begins
_BEFORE: Final = 70  # letters before a sign in which a “not” may stand


def signs_in(text: str) -> list[Sign]:
    """Return the signs in a text, in its order; those that overlap as the graver one.

    A “not” before a sign takes it back, as do sentences about training, leaflets or the news.
    """
    straight = text.replace("’", "'").replace("‘", "'")
    low = straight.lower()
    if len(low) != len(text):  # a letter whose small form is two: places would not fit any more
        low = straight
    contracted = CONTRACTED in low
    may = may_hold(_WORD.findall(low), contracted=contracted)
    if not may:
        return []
    at_word = trying(contracted=contracted)

    def tried(word: str) -> Iterator[Expression]:
        return (each for each in at_word(word) if may >> each.number & 1)

    return [
        sign
        for match in _SENTENCE.finditer(low)
        for sign in _in_sentence(text, match.start(), match[0], tried)
    ]


def _in_sentence(text: str, begin: int, sentence: str, tried: Tried) -> list[Sign]:
    found = list(_matches(sentence, tried))
    if not found or around("elsewhere").search(sentence):
        return []
    past = around("past").search(sentence) is not None
    signs = [
        Sign(sort, begin + start, begin + end, text[begin + start : begin + end].strip(), past)
        for sort, start, end in found
    ]
    return sorted(_apart(signs), key=lambda sign: sign.begin)


def _matches(sentence: str, tried: Tried) -> Iterator[tuple[Sort, int, int]]:
    """Yield each place where an expression holds and no “not” takes it back."""
    for word in _WORD.finditer(sentence):
        start = word.start()
        for expression in tried(word[0]):
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
