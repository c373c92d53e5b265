"""Receipt codes: what somebody keeps to come back to what they told.

A code is sixteen signs in four groups. None of its seventeen signs is mistaken for another in
handwriting or over the telephone as easily as 0 and O, 1 and I, 5 and S, B, P and D are. The last
sign is a check: any one sign that is wrong, and any two that are swapped, are noticed before
anything is looked up.

Nothing from which a code could be made is kept with what was told. It is made from the form's own
key under the site's secret, so that a form sent twice has one receipt, and the database keeps a
keyed hash alone.
"""

import hashlib
import hmac
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

SIGNS: Final = "23456789FHKLMRWXY"  # a prime number of them, for the check to notice every swap
CHOSEN: Final = 15
GROUP: Final = 4
_SALT: Final = "candour.telling.receipt"
_PLACE: Final = {sign: place for place, sign in enumerate(SIGNS)}


class NoReceipt(ValueError):
    """What was typed cannot be a receipt code: a sign is missing, or was misread."""


def code_of(key: str) -> str:
    """Return the receipt code of the form with this key; the same one every time."""
    made = salted_hmac(f"{_SALT}.made", key, algorithm="sha256").digest()
    number = int.from_bytes(made, "big")
    signs = []
    for _ in range(CHOSEN):
        number, place = divmod(number, len(SIGNS))
        signs.append(SIGNS[place])
    return _grouped("".join(signs) + _check("".join(signs)))


def read_code(typed: str) -> str:
    """Return a code as it is written, from how somebody typed it.

    Raises:
        NoReceipt: it has too few or too many signs, one that no code has, or the check fails.
    """
    bare = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(bare) != CHOSEN + 1 or any(sign not in _PLACE for sign in bare):
        raise NoReceipt("A receipt code has sixteen letters and numbers.")
    if _check(bare[:CHOSEN]) != bare[CHOSEN]:
        raise NoReceipt("One of the letters or numbers is not right.")
    return _grouped(bare)


def hashes_of(code: str) -> list[bytes]:
    """Return what may be kept of a code: its hash under the site's secret, then former ones."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [salted_hmac(_SALT, code, secret=str(key), algorithm="sha256").digest() for key in keys]


def key_hash(key: str) -> bytes:
    """Return what is kept of a form's key, so that the form is taken once."""
    secret = hashlib.sha256(f"{_SALT}.key{settings.SECRET_KEY}".encode()).digest()
    return hmac.digest(secret, key.encode(), "sha256")


def _check(signs: str) -> str:
    total = sum((place + 1) * _PLACE[sign] for place, sign in enumerate(signs))
    return SIGNS[total % len(SIGNS)]


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))
