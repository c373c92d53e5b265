"""Finds what somebody can be reached by: postcodes, phone numbers, mail addresses."""

import re
from collections.abc import Iterator
from typing import Final

from phonenumbers import Leniency, PhoneNumberMatcher

from candour.deidentifying.lexicon import listed
from candour.deidentifying.marks import Found, Sort

# The areas that exist: without them “B12 1st” or “A6 2nd” would be one.
_AREAS: Final = listed("postcode_areas")
_POSTCODE: Final = re.compile(
    r"(?<![A-Za-z\d])([A-Za-z]{1,2})(\d[A-Za-z\d]?)([ \u00a0]{0,2})"
    r"(\d)([ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})(?![A-Za-z\d])"
)
_ORDINALS: Final = frozenset({"1st", "2nd", "3rd"})
# Looked for around each @, no further than an address reaches: a long text would take for ever.
_BEFORE_AT: Final = re.compile(r"[A-Za-z\d](?:[\w.%+'’-]{0,63}[\w%+-])?\s?$")
_AFTER_AT: Final = re.compile(r"\s?[A-Za-z\d-]{1,63}(?:\.[A-Za-z\d-]{1,63}){0,4}\.[A-Za-z]{2,63}")
_LOCAL: Final = 66  # letters before the @, a space included
_LONG_ENOUGH: Final = re.compile(r"(?:\d[ \u00a0().+/–-]{0,3}){9,}")

_GAP: Final = r"[ \u00a0().–/-]{0,2}"
# Ten or eleven digits that begin as ours do: numbers not given out and slips of a finger, too.
_HERE: Final = re.compile(
    rf"(?<![\d£.,/-])(?:(?:\+|00)44{_GAP}(?:\(?0\)?)?{_GAP}|\(?0)[12378](?:{_GAP}\d){{8,9}}(?![\d/]|[.,-]\d)"
)


def postcodes(text: str) -> Iterator[Found]:
    """Yield full postcodes of areas that exist, in capitals or not."""
    for found in _POSTCODE.finditer(text):
        area, _, gap, digit, letters = found.groups()
        if area.casefold() not in _AREAS:
            continue
        inward = digit + letters
        mixed = area.isupper() != letters.isupper()
        # “M8 2nd bed”, “B12 1st dose”, “s4 7hs”: small letters after a capital are an ordinal.
        if inward.lower() in _ORDINALS and (mixed or letters.islower()):
            continue
        if not gap and area.islower() and letters.islower() and len(area) == 1:
            continue  # “e10 5mg” without its gap: no postcode is written so
        yield Found(found.start(), found.end(), Sort.POSTCODE)


def mail_addresses(text: str) -> Iterator[Found]:
    """Yield mail addresses."""
    at = text.find("@")
    while at >= 0:
        before = _BEFORE_AT.search(text, max(0, at - _LOCAL), at)
        after = _AFTER_AT.match(text, at + 1)
        if before and after:
            yield Found(before.start(), after.end(), Sort.EMAIL)
        at = text.find("@", at + 1)


def phone_numbers(text: str) -> Iterator[Found]:
    """Yield phone numbers: any of the length and beginning of one here, and valid foreign ones."""
    if _LONG_ENOUGH.search(text) is None:
        return
    for found in _HERE.finditer(text):
        yield Found(found.start(), found.end(), Sort.PHONE)
    for match in PhoneNumberMatcher(text, "GB", leniency=Leniency.VALID):
        yield Found(match.start, match.end, Sort.PHONE)
