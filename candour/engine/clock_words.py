"""The words of clocks: what the law says, read into numbers and written out in two languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from candour.engine.errors import ClockError
from candour.engine.words import Language


class Unit(StrEnum):
    """What a clock counts."""

    WORKING_DAY = "working day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"


class Counting(StrEnum):
    """Which way a clock counts, and whether the day it starts on is day one."""

    BEGINNING_WITH = "beginning with"
    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock's words say; 0 days stand for “same day”, 0 hours for “at once”."""

    amount: int
    unit: Unit
    counting: Counting
    repeats: bool = False


SAME_DAY: Final = Reading(0, Unit.DAY, Counting.AFTER)
AT_ONCE: Final = Reading(0, Unit.HOUR, Counting.AFTER)
MOST_DIGITS: Final = 6
_WHOLE: Final = {"same day": SAME_DAY, "the same day": SAME_DAY, "at once": AT_ONCE}

_TO_NINE: Final = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS: Final = ["thir", "four", "fif", "six", "seven", "eigh", "nine"]
_NUMBERS: Final = [
    *(*_TO_NINE, "ten", "eleven", "twelve"),
    *(f"{stem}teen" for stem in _TEENS),
    *("twenty", *(f"twenty-{unit}" for unit in _TO_NINE), "thirty"),
]
_AMOUNTS: Final[Mapping[str, int]] = MappingProxyType(
    {word: number for number, word in enumerate(_NUMBERS, start=1)} | {"a": 1, "an": 1}
)
_UNITS: Final[Mapping[str, Unit]] = MappingProxyType(
    {unit.value: unit for unit in Unit}
    | {"calendar day": Unit.DAY, "calendar week": Unit.WEEK}
    | {"calendar month": Unit.MONTH, "calendar year": Unit.YEAR}
)
_COUNTINGS: Final[Mapping[str, Counting]] = MappingProxyType(
    {
        "beginning with": Counting.BEGINNING_WITH,
        "after": Counting.AFTER,
        "following": Counting.AFTER,
        "of": Counting.AFTER,
        "before": Counting.BEFORE,
    }
)
_AMOUNT = rf"(?P<amount>\d+|{'|'.join(sorted(_AMOUNTS, key=len, reverse=True))})"
_UNIT = rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})s?"
_SPAN = re.compile(rf"(?:within )?{_AMOUNT} {_UNIT} (?P<counting>{'|'.join(_COUNTINGS)})")
_EVERY = re.compile(rf"every (?:{_AMOUNT} )?{_UNIT}")


def read(words: str) -> Reading:
    """Return what a clock's words say: “20 working days beginning with”, “every 8 weeks”.

    Raises:
        ClockError: they are not a clock's words; the message gives the nearest that are.
    """
    plain = " ".join(words.lower().split())
    if plain in _WHOLE:
        return _WHOLE[plain]
    if found := _SPAN.fullmatch(plain):
        counting = _COUNTINGS[found["counting"]]
        return Reading(_amount(found["amount"]), _UNITS[found["unit"]], counting)
    if found := _EVERY.fullmatch(plain):
        amount = _amount(found["amount"] or "1")
        return Reading(amount, _UNITS[found["unit"]], Counting.AFTER, repeats=True)
    msg = f"“{words}” is not a clock I can count. The nearest I can is “{_nearest(plain)}”."
    raise ClockError(msg)


def _amount(word: str) -> int:
    if word in _AMOUNTS:
        return _AMOUNTS[word]
    if len(word) > MOST_DIGITS:
        msg = f"{word} is more than a clock can count. Give {'9' * MOST_DIGITS} or fewer."
        raise ClockError(msg)
    return int(word)


def _nearest(plain: str) -> str:
    """Return the valid wording closest to `plain`, with the number it names if it names one."""
    tokens = plain.replace("business", "working").split()
    named = [word for word in tokens if word.isdecimal() or word in _AMOUNTS]
    amount = max(1, _amount(named[0])) if named else 1
    if get_close_matches("every", tokens):
        readings = [Reading(amount, unit, Counting.AFTER, repeats=True) for unit in Unit]
    else:
        spans = [Reading(amount, unit, counting) for counting in Counting for unit in Unit]
        # Hours do not begin with a day.
        spans.remove(Reading(amount, Unit.HOUR, Counting.BEGINNING_WITH))
        readings = [SAME_DAY, AT_ONCE, *spans]
    known = [write(reading) for reading in readings]
    asked = " ".join(str(amount) if word in named else word for word in tokens)
    return get_close_matches(asked, known, n=1, cutoff=0.0)[0]


_UNITS_CY: Final[Mapping[Unit, str]] = MappingProxyType(
    {
        Unit.WORKING_DAY: "diwrnod gwaith",
        Unit.DAY: "diwrnod",
        Unit.WEEK: "wythnos",
        Unit.MONTH: "mis",
        Unit.YEAR: "blynedd",
        Unit.HOUR: "awr",
    }
)
_COUNTINGS_CY: Final[Mapping[Counting, str]] = MappingProxyType(
    {
        Counting.BEGINNING_WITH: "gan ddechrau gyda",
        Counting.AFTER: "ar ôl",
        Counting.BEFORE: "cyn",
    }
)
# Welsh numbers change the first sound of the word they count: dau fis, un flwyddyn, pum mlynedd.
_MUTATED_CY: Final[Mapping[tuple[int, Unit], str]] = MappingProxyType(
    {
        (2, Unit.WORKING_DAY): "ddiwrnod gwaith",
        (2, Unit.DAY): "ddiwrnod",
        (2, Unit.MONTH): "fis",
        (1, Unit.YEAR): "flwyddyn",
        (2, Unit.YEAR): "flynedd",
    }
    | {(number, Unit.YEAR): "mlynedd" for number in (5, 7, 8, 9, 10, 12, 15, 18, 20, 100)}
)


def write(reading: Reading, language: Language = "en") -> str:
    """Return the clock's words in `language`; the English ones are canonical and read back."""
    if reading == SAME_DAY:
        return "same day" if language == "en" else "yr un diwrnod"
    if reading == AT_ONCE:
        return "at once" if language == "en" else "ar unwaith"
    if language == "cy":
        return _write_cy(reading)
    several = f"{reading.amount} {reading.unit}{'' if reading.amount == 1 else 's'}"
    if reading.repeats:
        return f"every {reading.unit if reading.amount == 1 else several}"
    return f"{several} {reading.counting}"


def _write_cy(reading: Reading) -> str:
    unit = _MUTATED_CY.get((reading.amount, reading.unit), _UNITS_CY[reading.unit])
    several = f"{reading.amount} {unit}"
    if not reading.repeats:
        return f"{several} {_COUNTINGS_CY[reading.counting]}"
    if reading.amount > 1:
        return f"bob {several}"
    return f"bob {'blwyddyn' if reading.unit is Unit.YEAR else _UNITS_CY[reading.unit]}"


_DAYS: Final[Mapping[Language, list[str]]] = MappingProxyType(
    {
        "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        "cy": ["Llun", "Maw", "Mer", "Iau", "Gwe", "Sad", "Sul"],
    }
)
_MONTHS_EN: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_MONTHS_CY: Final = (
    *("Ion", "Chw", "Maw", "Ebr", "Mai", "Meh"),
    *("Gor", "Awst", "Medi", "Hyd", "Tach", "Rhag"),
)


def write_day(day: date, language: Language = "en") -> str:
    """Return a day for a person to read: “Wed 8 Apr 2026”, “Mer 8 Ebr 2026”."""
    months = _MONTHS_CY if language == "cy" else _MONTHS_EN
    return f"{_DAYS[language][day.weekday()]} {day.day} {months[day.month - 1]} {day.year}"


def write_moment(moment: datetime, language: Language = "en") -> str:
    """Return a local moment for a person to read: “Sun 29 Mar 2026, 15:00”."""
    return f"{write_day(moment.date(), language)}, {moment:%H:%M}"
