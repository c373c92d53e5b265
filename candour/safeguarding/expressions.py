"""The expressions that signs are told by, read from the folder ``patterns`` once.

They are data: a line each, with short words in braces for what many of them share. Trying every
line at every word would be slow, so each is found by the letters that it can begin with.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from importlib.resources import files
from operator import or_
from typing import Final

from candour.safeguarding.beginnings import CONTRACTED, are_of, beginnings, needs

LETTERS: Final = 3  # of a word's beginning, by which the lines to look at are found
LONGEST: Final = 16  # letters of a word that are looked at: no line has a longer beginning to tell
LONGEST_PIECE: Final = 40  # letters between two spaces that are remembered
REMEMBERED: Final = 20_000  # words: people use the same few thousand
WORD: Final = re.compile(rf"\b\w{{1,{LONGEST}}}")  # as much of a word as tells what it begins
_OPENING: Final = re.compile(r"\((?!\?)")
_BETWEEN: Final = r"(?:[ ,]+\[?[\w'-]+\]?){0,4}?[ ,]+$"


@dataclass(frozen=True, slots=True)
class Expression:
    """One line: of which sort, and whether it says “not” by itself.

    Attributes:
        beginnings: it holds only at a word that begins with one of these letters, or is the
            whole of them where a space follows; or, where `CONTRACTED` is among them, at one
            that goes on so.
        needs: the same of a word that must be there as well; where there is none, of the first.
        number: among all expressions, from 0.
    """

    sort: str
    says_not: bool
    pattern: re.Pattern[str]
    beginnings: tuple[str, ...]
    needs: tuple[str, ...]
    number: int


@cache
def trying(*, contracted: bool) -> Callable[[str], tuple[Expression, ...]]:
    """Return what gives the expressions to try at a word, by its first `LONGEST` letters.

    Args:
        contracted: the text has a `CONTRACTED`, so that what begins so may hold at any word.
    """

    @lru_cache(maxsize=REMEMBERED)
    def at_word(letters: str) -> tuple[Expression, ...]:
        return tuple(
            each
            for each in _found_by(letters, _by_beginning())
            if are_of(letters, each.beginnings, contracted=contracted)
        )

    return at_word


def may_hold(text: str) -> int:
    """Return the expressions that a text in small letters can hold, as bits by their numbers.

    It has a word at which each can begin, and one that each needs. Few texts have both.
    """
    pieces = text.split()
    if len(max(pieces, key=len, default="")) > LONGEST_PIECE:
        pieces = WORD.findall(text)
    said = reduce(or_, map(_marking(contracted=CONTRACTED in text), pieces), 0)
    return said & (said >> len(everything()))


@cache
def _marking(*, contracted: bool) -> Callable[[str], int]:
    """Return what gives the words of a piece between spaces as bits.

    Above stands for what they are needed, below what can begin at them. Pieces are told apart far
    faster than words, and nearly all of them have come before, too.
    """
    at_word, above = trying(contracted=contracted), len(everything())

    def marks(word: str) -> Iterator[int]:
        yield from (1 << each.number for each in at_word(word))
        for each in _found_by(word, _by_need()):
            if are_of(word, each.needs, contracted=contracted):
                yield 1 << each.number + above

    @lru_cache(maxsize=REMEMBERED)
    def marks_of(piece: str) -> int:
        return reduce(or_, (mark for word in WORD.findall(piece) for mark in marks(word)), 0)

    return marks_of


Index = dict[str, list[Expression]]
"""Expressions by the first `LETTERS` letters of a word."""


@cache
def anywhere(number: int) -> re.Pattern[str]:
    """Return what finds the expression of this number at any word."""
    return re.compile(rf"\b(?:{everything()[number].pattern.pattern})")


@cache
def _by_beginning() -> Index:
    return _indexed((each, each.beginnings) for each in everything())


@cache
def _by_need() -> Index:
    return _indexed((each, each.needs) for each in everything())


def _indexed(begun: Iterable[tuple[Expression, tuple[str, ...]]]) -> Index:
    index: Index = {}
    for each, words in begun:
        for letters in {"" if some == CONTRACTED else some.rstrip()[:LETTERS] for some in words}:
            index.setdefault(letters, []).append(each)
    return index


def _found_by(letters: str, index: Index) -> Iterable[Expression]:
    """Return the expressions that stand under the first letters of a word, each once."""
    begun = (letters[:length] for length in range(LETTERS + 1))
    return dict.fromkeys(each for some in begun for each in index.get(some, ()))


@cache
def around(section: str) -> re.Pattern[str]:
    """Return the one expression of a section of ``around.txt``."""
    return re.compile("|".join(f"(?:{_spelled(line)})" for line in _sections("around")[section]))


@cache
def not_before() -> re.Pattern[str]:
    """Return the expression of a “not” that stands before the end of a text."""
    words = "|".join(_spelled(line) for line in _sections("around")["not_before"])
    right = "|".join(_spelled(line) for line in _sections("around")["right_before"])
    return re.compile(rf"\b(?:{words})\b(?:{_BETWEEN}|[ ,]+$)|\b(?:{right}) $")


@cache
def everything() -> tuple[Expression, ...]:
    """Return all expressions, by their numbers."""
    found: list[Expression] = []
    for name in ("english", "welsh"):
        for sort, lines in _sections(name).items():
            found += [_expression(sort, line, len(found) + more) for more, line in enumerate(lines)]
    return tuple(found)


def _expression(sort: str, line: str, number: int) -> Expression:
    spelled = _spelled(line.removeprefix("!"))
    return Expression(
        sort=sort,
        says_not=line.startswith("!"),
        pattern=re.compile(spelled),
        beginnings=tuple(dict.fromkeys(begun[:LONGEST] for begun in beginnings(spelled))),
        needs=tuple(dict.fromkeys(begun[:LONGEST] for begun in needs(spelled))),
        number=number,
    )


def _spelled(line: str) -> str:
    """Return a line with its short words written out, its brackets keeping nothing."""
    shared = _sections("shared")
    for name, lines in shared.items():
        line = line.replace("{" + name + "}", "(?:" + "|".join(lines) + ")")
    for name, lines in shared.items():  # some are made of others
        line = line.replace("{" + name + "}", "(?:" + "|".join(lines) + ")")
    return _OPENING.sub("(?:", line)


@cache
def _sections(name: str) -> dict[str, list[str]]:
    text = files("candour.safeguarding").joinpath("patterns", f"{name}.txt").read_text("utf-8")
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            lines = found.setdefault(line.strip("[]"), [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line)
    return found
