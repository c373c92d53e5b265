"""What was typed into a form of outreach, read or refused."""

from datetime import date
from typing import Final

from candour.engine import Words
from candour.outreach.both_languages import BothWords, both

LONGEST: Final = 200
MOST_NUMBER: Final = 2**63 - 1


class OutreachRefusedError(ValueError):
    """What somebody asked for cannot be done; the message says why and what to do.

    Attributes:
        field: of the form that is to be put right.
        lines: each thing that is wrong, where there are several.
    """

    def __init__(self, field: str, *lines: Words | str) -> None:
        self.field = field
        self.lines = lines
        super().__init__(" ".join(map(str, lines)))


def days_typed(begins: date | None, ends: date | None) -> tuple[date, date]:
    """Return a first and a last day.

    Raises:
        OutreachRefusedError: one is missing, or the last comes before the first.
    """
    if begins is None:
        raise OutreachRefusedError("begins", both("Write its first day."))
    if ends is None:
        raise OutreachRefusedError("ends", both("Write its last day."))
    if ends < begins:
        raise OutreachRefusedError(
            "ends", both("It ends before it begins. Put one of the days right.")
        )
    return begins, ends


def words_typed(field: str, typed: str, missing: BothWords) -> str:
    """Return words that have to be there.

    Raises:
        OutreachRefusedError: there are none, or more than fit.
    """
    words = line_typed(field, typed)
    if not words:
        raise OutreachRefusedError(field, missing)
    return words


def line_typed(field: str, typed: str) -> str:
    """Return one line of words, or nothing.

    Raises:
        OutreachRefusedError: there are more than fit.
    """
    words = " ".join(typed.split())
    if len(words) > LONGEST:
        raise OutreachRefusedError(field, both("This is too long: 200 characters at most."))
    return words


def number_typed(typed: str) -> int | None:
    """Return a whole number written in figures, None for anything else."""
    plain = typed.strip()
    if not (plain.isascii() and plain.isdigit()) or len(plain) > len(str(MOST_NUMBER)):
        return None
    return int(plain) if int(plain) <= MOST_NUMBER else None
