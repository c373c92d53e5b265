"""What the cells of a workbook say, as text: as the program would write them to CSV, or better."""

import functools
import re
from dataclasses import dataclass, field

from candour.experiences.intake.report import Sightings
from candour.experiences.intake.serials import LAST_SERIAL, serial_day
from candour.experiences.intake.workbooks.bounds import MOST_COLUMNS

LETTERS = 26
LONGEST_LETTERS = 4  # XFD is the last column that there is
DIGITS = "0123456789"
LARGEST_WHOLE = 1e15
SECONDS = 86_400
# What is between quotation marks, in square brackets or after a backslash is no part of a date.
BESIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
DATES = frozenset(range(14, 18)) | {22} | frozenset(range(27, 37)) | frozenset(range(50, 59))
TIMES = frozenset({18, 19, 20, 21, 45, 46, 47})


@dataclass(slots=True)
class Noted:
    """What was met while a sheet was read that somebody ought to know.

    Attributes:
        without_value: for a column's letters, where a formula holds no value.
        errors: for a column's letters, where the value is an error (#N/A).
        filled: rows that took a value from a cell merged over several rows.
    """

    without_value: dict[str, Sightings] = field(default_factory=dict)
    errors: dict[str, Sightings] = field(default_factory=dict)
    filled: Sightings = field(default_factory=Sightings)

    def said(self) -> dict[str, Sightings]:
        """Return what a report says of it: the rows, by what is the matter."""
        lines = {
            f"column {column} has a formula that holds no value, read as empty (open the workbook, "
            "let it calculate, save it)": seen
            for column, seen in self.without_value.items()
        }
        lines |= {
            f"column {column} holds an error (such as #N/A), read as empty": seen
            for column, seen in self.errors.items()
        }
        if self.filled.count:
            lines["a cell merged over several rows counts for each of them"] = self.filled
        return lines


def column_letters(place: int) -> str:
    """Return what a sheet calls a column; the first, 0, is A."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_of(reference: str) -> tuple[int, int]:
    """Return the column (from 0) and row (from 1) of a reference such as AB12; row 0 if none."""
    letters = reference.rstrip(DIGITS)
    row = reference[len(letters) :]
    return _column(letters[:LONGEST_LETTERS]), int(row) if row and len(row) < 9 else 0


@functools.lru_cache(maxsize=MOST_COLUMNS)
def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            break
        column = column * LETTERS + ord(letter) - ord("A") + 1
    return column - 1


def is_date_format(code: str) -> bool:
    """Return whether a number format shows a number as a date or a time."""
    shown = BESIDE.sub("", code).split(";")[0].lower()
    return any(letter in shown for letter in "dyhs") or ("m" in shown and "#" not in shown)


def number_text(written: str) -> str:
    """Return a number without an exponent or a needless fraction: 1.0 is 1."""
    try:
        number = float(written)
    except ValueError:
        return written
    if number.is_integer() and abs(number) < LARGEST_WHOLE:
        return str(int(number))
    return repr(number)


def date_text(written: str, *, from_1904: bool) -> str:
    """Return the date, time or both that a number stands for; the number where it is none."""
    try:
        number = float(written)
    except ValueError:
        return written
    if not 0 <= number <= LAST_SERIAL:
        return number_text(written)
    days, part = divmod(round(number * SECONDS), SECONDS)
    clock = f"{part // 3600:02}:{part // 60 % 60:02}:{part % 60:02}"
    day = serial_day(days, from_1904=from_1904)
    if day is None or (days == 0 and part):
        return clock if part else number_text(written)
    return f"{day.isoformat()} {clock}" if part else day.isoformat()
