"""What a column's first values look like: dates, ticks, ids, free text, contact details."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from candour.experiences.intake.dates import readings
from candour.experiences.intake.names import tidy

SHOWN_VALUES: Final = 3
LONGEST_SHOWN: Final = 80
MOST_DISTINCT: Final = 12
MOSTLY: Final = 0.8
FREE_TEXT: Final = 25  # letters on average
EARLIEST: Final = date(1990, 1, 1)
TICKS: Final = frozenset({"1", "0", "x", "y", "n", "yes", "no", "true", "false", "✓", "ie", "na"})
UNTICKED: Final = frozenset({"0", "n", "no", "false", "na"})
CONTACTS: Final = (
    re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    re.compile(r"(?:\+44\s?|0)(?:\d\s?){9,10}"),
    re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}"),
    re.compile(r"\d{3}[ -]\d{3}[ -]\d{4}"),
)


class Look(StrEnum):
    """What a column's values look like."""

    EMPTY = "empty"
    DATES = "dates"
    TICKS = "ticks"
    CONTACTS = "contact details"
    FREE_TEXT = "free text"
    FEW = "a few values again and again"
    IDS = "no value twice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its first rows show it.

    Attributes:
        key: what the file and a mapping know it by.
        name: as the file spells it.
        values: the first few, shortened.
        look: what they look like.
        distinct: all different values, where they are few.
        length: how long they are on average, in letters.
    """

    key: str
    name: str
    values: tuple[str, ...]
    look: Look
    distinct: tuple[str, ...]
    length: float


def column_seen(
    key: str, name: str, cells: Sequence[str], today: date, *, from_1904: bool
) -> Column:
    """Return what a column's cells, in order, show of it."""
    said = [value for value in map(tidy, cells) if value]
    distinct = tuple(dict.fromkeys(said))

    def is_date(value: str) -> bool:
        found = readings(value, earliest=EARLIEST, latest=today, from_1904=from_1904)
        return found.possible

    return Column(
        key=key,
        name=name,
        values=tuple(value[:LONGEST_SHOWN] for value in distinct[:SHOWN_VALUES]),
        look=_look(said, distinct, is_date),
        distinct=distinct if len(distinct) <= MOST_DISTINCT else (),
        length=sum(map(len, said)) / len(said) if said else 0.0,
    )


def _look(said: Sequence[str], distinct: Sequence[str], is_date: Callable[[str], bool]) -> Look:
    if not said:
        return Look.EMPTY
    tests: dict[Look, Callable[[], bool]] = {
        Look.TICKS: lambda: all(value.casefold() in TICKS for value in distinct),
        Look.DATES: lambda: _mostly(said, is_date),
        Look.CONTACTS: lambda: _mostly(said, is_contact),
        Look.FREE_TEXT: lambda: sum(map(len, said)) >= FREE_TEXT * len(said) and len(distinct) > 1,
        Look.IDS: lambda: len(distinct) == len(said) > 1,
        Look.FEW: lambda: 2 * len(distinct) <= len(said),
    }
    return next((look for look, test in tests.items() if test()), Look.TEXT)


def is_contact(value: str) -> bool:
    """Return whether a value is a way to reach somebody, or a number that names them."""
    return any(one.fullmatch(value) for one in CONTACTS)


def _mostly(said: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return sum(map(holds, said)) >= len(said) * MOSTLY
