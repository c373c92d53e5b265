"""A span of days in a filter: its boxes as typed, its days, and what is wrong with them."""

from collections.abc import Mapping
from datetime import date

from candour.web.forms.days import PARTS, UnreadableError, read_day

SINCE, UNTIL = "since", "until"


def boxes_of(typed: Mapping[str, str], name: str) -> dict[str, str]:
    """Return the boxes of a day as they were typed."""
    return {part: typed.get(f"{name}-{part}", "") for part in PARTS}


def day_of(typed: Mapping[str, str], name: str) -> date | None:
    """Return the day typed, or None when there is none or it cannot be read."""
    try:
        return read_day(boxes_of(typed, name))
    except UnreadableError:
        return None


def faults_of(
    typed: Mapping[str, str], since_words: str, until_words: str, in_order: str
) -> dict[str, str]:
    """Return what is wrong with the two days, under the names of their fields.

    Args:
        typed: what was typed.
        since_words: what the first day is called.
        until_words: what the last is.
        in_order: what is said where the last comes before the first.
    """
    found = {}
    for name, words in ((SINCE, since_words), (UNTIL, until_words)):
        try:
            read_day(boxes_of(typed, name))
        except UnreadableError as error:
            found[name] = f"{words} {error}"
    since, until = day_of(typed, SINCE), day_of(typed, UNTIL)
    if since and until and until < since:
        found[UNTIL] = in_order
    return found
