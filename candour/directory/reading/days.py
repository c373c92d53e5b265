"""Dates as registers write them: the day before the month, the year in four digits."""

import re
from datetime import date, datetime
from typing import Final

NUMBERS: Final = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
ISO: Final = re.compile(r"^(\d{4})-(\d{2})-(\d{2})([T ].*)?$")
IN_WORDS: Final = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y")
SAID: Final = re.compile(r"(\d{1,2} [A-Z][a-z]+ \d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})")


def read_day(written: str) -> date | None:
    """Return the day that is written, or None where it is none. A time after it counts for nothing.

    Raises:
        ValueError: something is written, and it is no day.
    """
    text = written.strip()
    if not text or text in {"-", "N/A", "Not applicable"}:
        return None
    if found := ISO.match(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := NUMBERS.match(text.split(" ")[0]):
        return date(int(found[3]), int(found[2]), int(found[1]))
    for form in IN_WORDS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise ValueError(text)


def day_said(sentence: str) -> date | None:
    """Return the first day that a sentence names, as in “produced on 2 November 2026”."""
    found = SAID.search(sentence)
    if found is None:
        return None
    try:
        return read_day(found[1])
    except ValueError:
        return None
