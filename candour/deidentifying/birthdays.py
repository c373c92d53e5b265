"""Finds dates of birth: a date that somebody says is one, and no other date."""

import re
from collections.abc import Iterator
from typing import Final

from candour.deidentifying.marks import Found, Sort

_MONTHS: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    # Welsh months, with the mutations that follow “o” and “ym mis”.
    "|ionawr|chwefror|[mf]awrth|ebrill|[mf]ai|[mf]ehefin|[gn]?orffennaf|awst|[mf]edi"
    "|hydref|dachwedd|tachwedd|rhagfyr|ragfyr"
)
_ENDING: Final = "(?:st|nd|rd|th|af|il|ydd|ed|fed|eg)?"
_DATE: Final = (
    r"(?:\d{1,2}[ ]?[/.\-][ ]?\d{1,2}[ ]?[/.\-][ ]?(?:\d{4}|\d{2})(?!\d)"
    r"|\d{4}-\d{2}-\d{2}(?!\d)"
    rf"|\d{{1,2}}{_ENDING}(?: of| o)?(?: mis)? (?:{_MONTHS})\b\.?,?"
    r"(?: ?(?:19|20)\d{2}| \d{2}\b)?"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}{_ENDING}\b,?(?: (?:19|20)\d{{2}})?)"
)
_SAID: Final = (
    r"(?:\bd\.? ?o\.? ?b\b\.?|\bdate of birth|\bbirth ?date|\bbirthday|\bborn\b"
    r"|\b(?:dyddiad|dyddiad fy|dyddiad ei) (?:geni|ngeni|eni)|\b(?:g|ng)?eni\b"
    r"|\b(?:g|ng)anw?[ey]d\b"
    r"|\banwyd\b|\b(?:p|ph|b|mh)en-?blwydd\b)"
)
# What may stand between: “is”, “was given as”, “on the”, “in Bangor on”; nothing that tells a tale.
_BETWEEN: Final = (
    r"(?:[\s:=(–-]|\b(?:is|was|being|given|recorded|down|wrong(?:ly)?|as|on|the|ar|ar y|y|yw|oedd|"
    r"fi|i|ef|hi|fe|o|me|him|her)\b"
    r"|\b(?:at|in|yn|ym|yng) [^\W\d_]+(?: [^\W\d_]+)? (?=on |ar )){1,8}"
)
_BIRTHDAY: Final = re.compile(rf"{_SAID}{_BETWEEN}(?P<date>{_DATE})", re.IGNORECASE)
_HINT: Final = re.compile(r"b\.? ?o|birth|born|eni\b|an[wey]{1,2}d|blwydd|\bd\.o", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d")


def birth_dates(text: str) -> Iterator[Found]:
    """Yield dates that are said to be somebody's birth: the date alone, not what says so."""
    if _DIGIT.search(text) is None or _HINT.search(text) is None:
        return
    for found in _BIRTHDAY.finditer(text):
        yield Found(found.start("date"), found.end("date"), Sort.BIRTH_DATE)
