"""Whether there is any reason to look for names in a text: most comments have none, and many come.

Every rule about names begins one at a word that may be a name, and nearly every rule asks for
another word beside it that says so. So what each word may be, wherever it stands, is worked out
once and remembered; a text whose words cannot come together to a name needs no further look. The
rules are in `candour.deidentifying.names`: whatever they can find must have a reason here.
"""

import string
from functools import reduce
from operator import or_
from typing import Final

from candour.deidentifying import contexts as said
from candour.deidentifying.mutations import unmutated
from candour.deidentifying.remembering import Remembered
from candour.deidentifying.taking import FAMILY, GIVEN, NOT_NAMES, SURE, THINGS, WORDS
from candour.deidentifying.tokens import WORD, spelling

SAYING: Final = frozenset().union(
    *(said.TITLES, said.ROLES, said.RELATIONS, said.ADDRESSED, said.CALLED, said.NAME),
    *(said.THANKED, said.MENTIONED, said.SIGNED, said.SIGNED_THANKING),
)
"""The words that say that a name is beside them."""

_PARTED: Final = dict.fromkeys(map(ord, string.punctuation + "’‘“”–—…"), " ")

# What a word may be, as bits: a text's words are taken together by “or”.
_NOTHING: Final = 0
_SAYS: Final = 1  # it says that a name is beside it
_BESIDE: Final = 2  # a name, beside a word that says so
_SIGNS: Final = 4  # a name at the end of a letter, on a line of its own
_ALONE: Final = 8  # a name by itself


def may_hold_name(text: str) -> bool:
    """Return whether the rules about names have any reason to go through a text."""
    return can_come_together(text) and _has_capital_or_saying(text)


def can_come_together(text: str) -> bool:
    """Return whether the words of a text can come together to a name by any of the rules."""
    may = reduce(or_, map(_KINDS.__getitem__, text.split()), _NOTHING)
    if may & _ALONE or (may & _SAYS and may & _BESIDE):
        return True
    return bool(may & _SIGNS) and "\n" in text


def _kinds_of_piece(piece: str) -> int:
    """Return what the words of a piece between spaces may be: “Mary-Jane,” is one, “(J.Smith)” two.

    Pieces are told apart far faster than words, and nearly all of them have come before, too.
    """
    return reduce(or_, map(_kinds, WORD.findall(piece)), _NOTHING)


def _kinds(word: str) -> int:
    """Return what a word may be."""
    spelled = spelling(word)
    says = _SAYS if spelled.low in SAYING else _NOTHING
    if spelled.capital:
        return says | _kinds_of_capital(spelled.text, spelled.low)
    known = spelled.low in SURE or (spelled.low in FAMILY and spelled.low not in NOT_NAMES)
    return says | (_BESIDE if known else _NOTHING)


def _kinds_of_capital(text: str, low: str) -> int:
    if len(text) == 1 and text != "I":
        return _BESIDE | _SIGNS  # an initial
    if low in GIVEN:
        return _ALONE | _BESIDE
    if low in NOT_NAMES:
        return _NOTHING
    if low.split("-", maxsplit=1)[0] in SURE | WORDS or _is_mutated(low):
        return _ALONE | _BESIDE
    return _BESIDE | (_SIGNS if low in FAMILY else _NOTHING)


def _is_mutated(low: str) -> bool:
    """Return whether a word may be a first name with a Welsh mutation."""
    return any(was in SURE or (was in WORDS and was not in THINGS) for was in unmutated(low))


_KINDS: Final = Remembered(_kinds_of_piece)


def _has_capital_or_saying(text: str) -> bool:
    """Return whether a word has a capital after the first, or says that a name follows.

    A first word counts where it is a first name.
    """
    words = text.translate(_PARTED).split()
    if any(word[0].isupper() and word != "I" for word in words[1:]):
        return True
    low = {word.casefold() for word in words}
    return not low.isdisjoint(SAYING) or bool(words and words[0].casefold() in GIVEN)
