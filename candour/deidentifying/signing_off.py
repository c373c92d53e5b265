"""Finds the name that ends a text, as a letter is signed: “Kind regards, Jo Bloggs”."""

from collections.abc import Iterator
from typing import Final

from candour.deidentifying import contexts as said
from candour.deidentifying.taking import FAMILY, GIVEN, Walk

LONGEST_NAME: Final = 4
FEWEST_WORDS: Final = 3  # a text of one or two words is an answer, and no signature
AFTER_A_NAME: Final = " .,!x\n\r\t)"
ONLY_PARTED: Final = frozenset({"from", "by", "gan"})


def signed_name(walk: Walk) -> Iterator[tuple[int, int]]:
    """Yield the places of the first word of the name that a text ends with, and after its last."""
    end = len(walk.tokens)
    if end < FEWEST_WORDS or walk.loud:
        return
    if walk.text[walk.tokens[-1].end :].strip(AFTER_A_NAME):
        return
    begin = _begin(walk, end)
    if begin == 0 or not 0 < end - begin <= LONGEST_NAME or walk.is_place(begin, end):
        return
    if _is_signed(walk, begin, end):
        yield begin, end


def _is_signed(walk: Walk, begin: int, end: int) -> bool:
    first, before = walk.tokens[begin], walk.tokens[begin - 1].low
    several = end - begin > 1
    known = first.low in GIVEN or (several and walk.tokens[end - 1].low in FAMILY)
    known = known or (several and len(first.text) == 1)  # “J. Bloggs”
    line = "\n" in first.gap
    if before in said.SIGNED:
        return before not in ONLY_PARTED or bool(first.gap.strip(" "))
    if before in said.SIGNED_THANKING:
        return known or line
    return known and line


def _begin(walk: Walk, end: int) -> int:
    """Return the place of the first of the last words that look like a name, or ``end``."""
    begin = end
    while begin > 0 and _looks_signed(walk, begin - 1):
        begin -= 1
        parting = walk.tokens[begin].gap.strip(" ")
        initial = begin > 0 and len(walk.tokens[begin - 1].text) == 1
        if parting and not (parting == "." and initial):
            break
    return begin


def _looks_signed(walk: Walk, place: int) -> bool:
    token = walk.tokens[place]
    initial = len(token.text) == 1 and token.capital and token.text != "I"
    return initial or walk.looks_like_one(place) or (token.capital and token.low in GIVEN)
