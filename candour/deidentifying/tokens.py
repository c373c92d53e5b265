"""A text as words, each with what stands before it: what the rules about names walk over."""

import re
from typing import Final, NamedTuple

from candour.deidentifying.remembering import Remembered

WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ENDS: Final = re.compile(r"[.!?\n\r:;•*\"“”]|^\s*-|\s[-–]\s")
_LOUD_FROM: Final = 5  # capitals in fewer words than this tell nothing about how a text is written
_LOUD_PART: Final = 0.75


class Spelling(NamedTuple):
    """What a word is by its letters alone, wherever it stands.

    Attributes:
        text: as it stands, without a possessive “’s”.
        low: in small letters.
        capital: it begins with a capital.
        acronym: it is two capitals or more and nothing else.
    """

    text: str
    low: str
    capital: bool
    acronym: bool


class Token(NamedTuple):
    """One word.

    Attributes:
        text: as it stands, without a possessive “’s”.
        begin, end: where it stands, without a possessive “’s”.
        low: in small letters.
        capital: it begins with a capital.
        acronym: it is two capitals or more and nothing else.
        gap: what stands between the word before and this one.
        first: a sentence, a line or a list begins with it.
    """

    text: str
    begin: int
    end: int
    low: str
    capital: bool
    acronym: bool
    gap: str
    first: bool


def spelling(word: str) -> Spelling:
    """Return what a word is by its letters."""
    if len(word) > 2 and word[-1] in "sS" and word[-2] in "'’":
        word = word[:-2]
    capital = word[0].isupper()
    acronym = capital and len(word) > 1 and word.isupper()
    return Spelling(word, word.casefold().replace("’", "'"), capital, acronym)


_SPELLED: Final = Remembered(spelling)


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text in order."""
    found: list[Token] = []
    place = 0
    for match in WORD.finditer(text):
        begin, after = match.span()
        word, low, capital, acronym = _SPELLED[match[0]]
        gap = text[place:begin]
        place = after
        first = not found or (gap != " " and _ENDS.search(gap) is not None)
        end = begin + len(word)
        found.append(Token(word, begin, end, low, capital, acronym, gap, first))
    return found


def is_loud(tokens: list[Token]) -> bool:
    """Return whether most words have capitals anyway, so that a capital tells nothing."""
    inner = [token for token in tokens if not token.first and len(token.text) > 1]
    if len(inner) < _LOUD_FROM:
        return bool(tokens) and len(tokens) > 2 and all(token.acronym for token in tokens)
    return sum(token.capital for token in inner) > _LOUD_PART * len(inner)
