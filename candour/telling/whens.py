"""Days as people write them: read where they name one day, and left in their words where not."""

import re
from datetime import date, timedelta
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "ionawr", "ion"),
            ("february", "feb", "chwefror", "chwef"),
            ("march", "mar", "mawrth"),
            ("april", "apr", "ebrill", "ebr"),
            ("may", "mai"),
            ("june", "jun", "mehefin", "meh"),
            ("july", "jul", "gorffennaf", "gorff"),
            ("august", "aug", "awst"),
            ("september", "sept", "sep", "medi"),
            ("october", "oct", "hydref", "hyd"),
            ("november", "nov", "tachwedd", "tach"),
            ("december", "dec", "rhagfyr", "rhag"),
        ),
        start=1,
    )
    for name in names
}
_TODAY: Final = {"today": 0, "heddiw": 0, "yesterday": 1, "ddoe": 1}
_NUMBERS = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|af|ail|ydd|fed|eg|ain)? (?:o )?([a-z]+),? ?(\d{4})?")


def day_named(typed: str, today: date) -> date | None:
    """Return the one day that these words name, or None where they name none, or one to come.

    “12 May” is the last one that there was.
    """
    words = " ".join(typed.casefold().split()).removeprefix("on ").removeprefix("ar ")
    if words in _TODAY:
        return today - timedelta(days=_TODAY[words])
    if found := _NUMBERS.fullmatch(words):
        day, month, year = (int(part) for part in found.groups())
        return _past(year, month, day, today)
    if (found := _NAMED.fullmatch(words)) and found[2] in MONTHS:
        day, month = int(found[1]), MONTHS[found[2]]
        if found[3]:
            return _past(int(found[3]), month, day, today)
        years = (today.year, today.year - 1)
        return next((d for y in years if (d := _past(y, month, day, today))), None)
    return None


def _past(year: int, month: int, day: int, today: date) -> date | None:
    try:
        named = date(year, month, day)
    except ValueError:
        return None
    return named if named <= today else None
