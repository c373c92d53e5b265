"""Finds NHS numbers and National Insurance numbers."""

import re
from collections.abc import Iterator
from typing import Final

from candour.deidentifying.marks import Found, Sort

_GAP: Final = r"[ \u00a0\u2009\u202f.–—-]{1,3}"
# Ten digits, as one, as 3-3-4, the way they are printed on letters, or as people group them.
_GROUPED: Final = ("10", "3 3 4", "5 5", "3 7", "6 4", "4 6", "3 4 3", "4 3 3", "2 2 2 2 2")
_TEN: Final = re.compile(
    r"(?<![\d£$€+])(?<!\d[.,/-])(?=(?:\d[ \u00a0\u2009\u202f.–—-]{0,3}){10})(?:"
    + "|".join(_GAP.join(rf"\d{{{n}}}" for n in each.split()) for each in _GROUPED)
    + r")(?![\d%]|[.,/-]\d)"
)
# What says that ten digits are an NHS number even where one was mistyped: before them, or after.
_NHS: Final = r"\b(?:NHS|N\.H\.S\.?|GIG|national health(?: service)?|gwasanaeth iechyd)\b"
_A_NUMBER: Final = r"(?:number|num|no|nr|nos?|rhif|card|cerdyn|id|is|was|yw|ydy|ydi|oedd)"
_SAID: Final = re.compile(
    rf"(?:{_NHS}[^\d!?\n]{{0,30}}?\b{_A_NUMBER}\b|\brhif (?:y |fy )?(?:NHS|GIG)\b|{_NHS}\W{{0,3}}$)"
    r"[^\d!?\n]{0,30}$",
    re.IGNORECASE,
)
_SAID_AFTER: Final = re.compile(
    rf"\W{{0,3}}(?:(?:is|was|as|being|yw|ydy|oedd|my|his|her|their|our|the|an?|fy|ei|eu|ein)\s+"
    rf"|[\w\[\]]+['’]s\s+|rhif\s+(?:y\s+)?){{0,4}}{_NHS}\s+(?:number|num|no\b)|"
    r"\W{0,3}(?:(?:yw|ydy|oedd)\s+)?(?:fy|ei|eu|ein|y|ei)?\s*rhif (?:y )?(?:NHS|GIG)\b",
    re.IGNORECASE,
)
_WEIGHTS: Final = (10, 9, 8, 7, 6, 5, 4, 3, 2)
_LONGEST_SAYING: Final = 90

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
        digits = "".join(filter(str.isdecimal, found[0]))
        before = text[max(0, found.start() - _LONGEST_SAYING) : found.start()]
        after = text[found.end() : found.end() + _LONGEST_SAYING]
        if nhs_number_holds(digits) or _SAID.search(before) or _SAID_AFTER.match(after):
            yield Found(found.start(), found.end(), Sort.NHS_NUMBER)


def ni_numbers(text: str) -> Iterator[Found]:
    """Yield National Insurance numbers, written together, in pairs, or with dashes."""
    for found in _NI.finditer(text):
        yield Found(found.start(), found.end(), Sort.NI_NUMBER)
