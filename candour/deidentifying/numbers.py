"""Finds NHS numbers and National Insurance numbers."""

import re
from collections.abc import Iterator
from typing import Final

from candour.deidentifying.marks import Found, Sort

# Ten digits, as one or as 3-3-4, the way they are printed on letters.
_TEN: Final = re.compile(
    r"(?<![\d£$€.,/+-])(\d{3})([ \u00a0.–-]?)(\d{3})\2(\d{4})(?![\d%]|[.,/-]\d)"
)
# What says that ten digits are an NHS number even where one was mistyped.
_SAID: Final = re.compile(
    r"(?:\bNHS|\bGIG|\brhif (?:y )?(?:NHS|GIG))\W{0,3}"
    r"(?:(?:number|num|no|nr|rhif|is|was|yw|oedd|claf)\W{1,3}){0,3}$",
    re.IGNORECASE,
)
_WEIGHTS: Final = (10, 9, 8, 7, 6, 5, 4, 3, 2)
_LONGEST_SAYING: Final = 40

_NI: Final = re.compile(
    r"(?<![A-Za-z\d])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"([ \u00a0-]?)\d{2}([ \u00a0-]?)\d{2}\2\d{2}\1[A-D](?![A-Za-z\d])",
    re.IGNORECASE,
)


def nhs_number_holds(digits: str) -> bool:
    """Return whether ten digits are an NHS number: the last one checks the others, modulo 11."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    check = 11 - total % 11
    return digits[:1] != "0" and int(digits[9]) == (0 if check == 11 else check)


def nhs_numbers(text: str) -> Iterator[Found]:
    """Yield NHS numbers: those whose check digit holds, and those that are said to be one."""
    for found in _TEN.finditer(text):
        digits = found[1] + found[3] + found[4]
        before = text[max(0, found.start() - _LONGEST_SAYING) : found.start()]
        if nhs_number_holds(digits) or _SAID.search(before):
            yield Found(found.start(), found.end(), Sort.NHS_NUMBER)


def ni_numbers(text: str) -> Iterator[Found]:
    """Yield National Insurance numbers, written together, in pairs, or with dashes."""
    for found in _NI.finditer(text):
        yield Found(found.start(), found.end(), Sort.NI_NUMBER)
