"""The code of a document: a seal short enough to print at the foot of a page and to type again.

A seal is a SHA-256 in hexadecimal. Its code has twenty characters in four groups: eighteen for the
first 90 bits of the seal, and two that tell a slip of the finger from a document nobody knows. The
letters I, L, O and U are never used; I and L typed are read as 1, and O as 0.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CARRYING, CHECKING, GROUP = 18, 2, 5
LENGTH = CARRYING + CHECKING
_BITS = 5
# A prime: with weights from 1 to 18 it notices every wrong character and every two swapped.
_MODULUS = 1021
_READ_AS = str.maketrans("ILO", "110")


class CodeFault(ValueError):
    """What somebody typed cannot be a code; the message says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


TOO_SHORT, TOO_LONG, STRANGE, MISTYPED = "too_short", "too_long", "strange", "mistyped"


def code_of(seal: str) -> str:
    """Return the code of a seal as it is printed, in four groups joined by hyphens."""
    carried = start_of_code(seal)
    whole = carried + _check(carried)
    return "-".join(whole[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def start_of_code(seal: str) -> str:
    """Return the characters of a seal's code that carry the seal: what a code is looked up by."""
    first = int(seal, 16) >> (256 - CARRYING * _BITS)
    return _written(first, CARRYING)


def read_code(typed: str) -> str:
    """Return the part of a typed code that carries the seal, as `start_of_code` gives it.

    Spaces and hyphens do not count, nor do small letters.

    Raises:
        CodeFault: it is too short or long, holds a strange character, or was mistyped.
    """
    plain = "".join(typed.split()).replace("-", "").replace("–", "").upper().translate(_READ_AS)
    if any(letter not in ALPHABET for letter in plain):
        raise CodeFault(STRANGE)
    if len(plain) != LENGTH:
        raise CodeFault(TOO_SHORT if len(plain) < LENGTH else TOO_LONG)
    carried, check = plain[:CARRYING], plain[CARRYING:]
    if check != _check(carried):
        raise CodeFault(MISTYPED)
    return carried


def _check(carried: str) -> str:
    weighed = (place * ALPHABET.index(letter) for place, letter in enumerate(carried, 1))
    return _written(sum(weighed) % _MODULUS, CHECKING)


def _written(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> (_BITS * place) & 31] for place in reversed(range(length)))
