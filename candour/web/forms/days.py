"""Days and times as people type them, read strictly and with an answer that says what is missing.

Everything typed is London time. Times of the hour that the clocks skip in spring do not exist and
are refused; of the hour that comes twice in autumn the first is meant.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _

from candour.engine.london import LONDON, local
from candour.web import dates

PARTS = ("day", "month", "year")
TIME = "time"
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?")


class UnreadableError(ValueError):
    """What was typed is no day or no time; the message finishes the sentence “This …”."""


def parts_of(day: date | None, at: time | None = None) -> dict[str, str]:
    """Return a day (and time) as the boxes of a form hold it; empty boxes without a day."""
    if day is None:
        return dict.fromkeys((*PARTS, TIME), "")
    return {
        "day": str(day.day),
        "month": str(day.month),
        "year": str(day.year),
        TIME: f"{at:%H:%M}" if at else "",
    }


def moment_parts(moment: datetime) -> dict[str, str]:
    """Return an instant as the boxes of a form hold it, to the minute, in London time."""
    there = local(moment)
    return parts_of(there.date(), there.time())


def read_day(typed: Mapping[str, str]) -> date | None:
    """Return the day typed into three boxes, or None when all are empty.

    Raises:
        UnreadableError: a box is empty, or there is no such day.
    """
    day, month, year = (typed.get(part, "").strip() for part in PARTS)
    if not (day or month or year):
        return None
    missing = [
        words
        for words, value in ((_("a day"), day), (_("a month"), month), (_("a year"), year))
        if not value
    ]
    if missing:
        raise UnreadableError(_("must include %(parts)s") % {"parts": _(" and ").join(missing)})
    if not re.fullmatch(r"\d{4}", year, re.ASCII):
        raise UnreadableError(_("must have a year of 4 numbers, like 2026"))
    try:
        return date(int(year), _month(month), int(day) if day.isascii() else 0)
    except ValueError:
        raise UnreadableError(_("must be a real day, like 30 3 2026")) from None


def parts_in(typed: str, today: date) -> dict[str, str]:
    """Return the boxes that a day typed in one box fills: “10 April”, “Fri 10/4/26”, “2026-04-10”.

    Without a year the next such day is meant, today among them. What cannot be told apart stands in
    the first box, where `read_day` says what is missing.
    """
    words = [word for word in re.split(r"[\s/.,-]+", typed.strip()) if word]
    if len(words) in (3, 4) and not words[0][:1].isdigit():
        words = words[1:]  # the name of a weekday
    if len(words) == 3 and len(words[0]) == 4:
        words.reverse()
    if len(words) not in (2, 3):
        return dict(zip(PARTS, (typed.strip(), "", ""), strict=True))
    day, month, *years = words
    year = years[0] if years else _next_year_with(day, month, today)
    return dict(zip(PARTS, (day, month, f"20{year}" if len(year) == 2 else year), strict=True))


def _next_year_with(day: str, month: str, today: date) -> str:
    """Return the first year in which such a day comes, from today; this year where it never does.

    A 29 February may be eight years away.
    """
    for year in range(today.year, today.year + 9):
        try:
            found = read_day({"day": day, "month": month, "year": str(year)})
        except UnreadableError:
            continue
        if found is not None and found >= today:
            return str(year)
    return str(today.year)


def _month(typed: str) -> int:
    """Return the number of a month typed as a number or by its name, in either language."""
    if typed.isascii() and typed.isdigit():
        return int(typed)
    for number, names in enumerate(dates.month_names(), start=1):
        if typed.casefold() in names:
            return number
    raise ValueError(typed)


def read_time(typed: str) -> time | None:
    """Return a time of day, typed like 14:30, 14.30, 1430 or 2:30pm; None when empty.

    Raises:
        UnreadableError: it is not a time of day.
    """
    words = typed.strip().casefold()
    if not words:
        return None
    found = _TIME.fullmatch(words)
    half = (found["half"] or "")[:1] if found else ""
    hour = int(found["hour"]) if found else 24
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 24
    try:
        return time(hour, int(found["minute"] or 0) if found else 0)
    except ValueError:
        raise UnreadableError(_("must have a time like 14:30")) from None


def read_moment(typed: Mapping[str, str]) -> datetime | None:
    """Return the UTC instant typed as day and time; without a time, the start of that day.

    Raises:
        UnreadableError: there is no such day or time, or a time stands alone.
    """
    day, at = read_day(typed), read_time(typed.get(TIME, ""))
    if day is None:
        if at is None:
            return None
        raise UnreadableError(_("must include a day, a month and a year"))
    wall = datetime.combine(day, at or time(), tzinfo=LONDON)
    moment = wall.astimezone(UTC)
    if at is not None and moment.astimezone(LONDON).time() != at:
        raise UnreadableError(
            _("must be a time that the clock showed: it went forward an hour that night")
        )
    return moment
