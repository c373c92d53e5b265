"""What has to be known of a body before a pack can be written for it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from candour.engine.contacts import DAYS
from candour.engine.errors import nearest

# Whom a safeguarding line is for -> the referrals that it answers.
SERVES: Final = {
    "adults": ("safeguarding_adult",),
    "children": ("safeguarding_child",),
    "both": ("safeguarding_adult", "safeguarding_child"),
}
OTHERWISE: Final = "otherwise"
ALWAYS: Final = "always"
_LIKE: Final = "Mon-Fri 08:00-20:00, Sat 09:30-16:00"
_HOURS = re.compile(r"([a-z]+)(?:\s*-\s*([a-z]+))?\s+(\d\d:\d\d)\s*-\s*(\d\d:\d\d)", re.IGNORECASE)


class Unfit(ValueError):
    """Something about the body cannot be used; the message says what and how to give it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A number to call for safeguarding.

    Attributes:
        serves: the referrals that it answers.
        name: the team’s name.
        phone: its number.
        hours: (days, from, to) for each of its hours; empty where it has none of its own.
        otherwise: whether it answers only while those with hours do not.
    """

    serves: tuple[str, ...]
    name: str
    phone: str
    hours: tuple[tuple[tuple[str, ...], str, str], ...] = ()
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body that takes up the procedure of a base.

    Attributes:
        id: the name of its pack: small letters, digits and _.
        name: what it is called, in English and in Welsh (the same where it has no Welsh name).
        based_on: the base that it takes over.
        nation: whose law it follows.
        calendar: whose holidays its clocks go by.
        councils: the councils of its area.
        scrutiny: the scrutiny committee that it refers matters to.
        commissioner: who commissions the services of its area, mostly an integrated care board.
        lines: the safeguarding numbers.
        chief_executive: the title of who decides, in English and in Welsh.
        chair: the title of who chairs its board, in English and in Welsh.
        approved: the day on which its policy was approved.
        every: how often it is reviewed, in a clock’s words.
        review: the day of the next review; None has it worked out.
    """

    id: str
    name: tuple[str, str]
    based_on: str
    nation: str
    calendar: str
    councils: tuple[str, ...]
    scrutiny: str
    commissioner: str
    lines: tuple[Line, ...]
    chief_executive: tuple[str, str]
    chair: tuple[str, str]
    approved: date
    every: str
    review: date | None


def line_from(written: str) -> Line:
    """Return a safeguarding line from “adults; Call Anytown; 01632 960001; Mon-Fri 08:00-20:00”.

    Raises:
        Unfit: it cannot be understood; the message shows how it is written.
    """
    parts = [part.strip() for part in written.split(";")]
    if len(parts) != 4 or not all(parts):
        msg = f"“{written}” has to be: whom for; name; number; hours. Like: adults; Call Anytown; "
        raise Unfit(f"{msg}01632 960001; {_LIKE}")
    whom, name, phone, hours = parts
    if whom.lower() not in SERVES:
        msg = f"“{whom}” is not one of {', '.join(SERVES)}.{nearest(whom, SERVES)}"
        raise Unfit(msg)
    serves = SERVES[whom.lower()]
    if hours.lower() in (OTHERWISE, ALWAYS):
        return Line(serves, name, phone, otherwise=hours.lower() == OTHERWISE)
    return Line(serves, name, phone, tuple(_hours(part) for part in hours.split(",")))


def _hours(written: str) -> tuple[tuple[str, ...], str, str]:
    found = _HOURS.fullmatch(written.strip())
    if found is None:
        msg = f"“{written.strip()}” is not understood. Write hours like {_LIKE}, or “{OTHERWISE}” "
        raise Unfit(f"{msg}for a number outside others’ hours, or “{ALWAYS}”.")
    first = _day(found[1])
    last = _day(found[2]) if found[2] else first
    if last < first:
        msg = f"“{written.strip()}” ends before it begins. Days go from Monday to Sunday."
        raise Unfit(msg)
    return DAYS[first : last + 1], found[3], found[4]


def _day(written: str) -> int:
    fitting = [n for n, day in enumerate(DAYS) if day.startswith(written.lower())]
    if len(fitting) != 1 or len(written) < 3:
        msg = f"“{written}” is not a day of the week. Write Mon, Tue, Wed, Thu, Fri, Sat or Sun."
        raise Unfit(msg)
    return fitting[0]
