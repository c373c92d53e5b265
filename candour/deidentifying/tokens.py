"""A text as words, each with what stands before it: what the rules about names walk over."""

import re
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ENDS: Final = re.compile(r"[.!?\n\r:;•*\"“”]|^\s*-|\s[-–]\s")
_LOUD_FROM: Final = 5  # capitals in fewer words than this tell nothing about how a text is written
_LOUD_PART: Final = 0.75


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


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text in order."""
    found: list[Token] = []
    place = 0
    for match in _WORD.finditer(text):
        begin, end = match.span()
        word = match[0]
        gap = text[place:begin]
        place = end
        if len(word) > 2 and word[-1] in "sS" and word[-2] in "'’":
            word, end = word[:-2], end - 2
        capital = word[0].isupper()
        found.append(
            Token(
                word,
                begin,
                end,
                word.casefold().replace("’", "'"),
                capital,
                capital and len(word) > 1 and word.isupper(),
                gap,
                not found or bool(gap != " " and _ENDS.search(gap)),
            )
        )
    return found


def is_loud(tokens: list[Token]) -> bool:
    """Return whether most words have capitals anyway, so that a capital tells nothing."""
    inner = [token for token in tokens if not token.first and len(token.text) > 1]
    if len(inner) < _LOUD_FROM:
        return bool(tokens) and len(tokens) > 2 and all(token.acronym for token in tokens)
    return sum(token.capital for token in inner) > _LOUD_PART * len(inner)
