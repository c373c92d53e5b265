"""How days, instants and first lines are written in rows that are drawn from a log."""

from datetime import date, datetime

from candour.engine.london import local


def iso(point: date | None) -> str | None:
    """Return a day or an instant as it is written in a row."""
    return point.isoformat() if point else None


def london_day(moment: datetime | None) -> str | None:
    """Return the London day of an instant as it is written in a row."""
    return iso(local(moment).date()) if moment else None


def first_line(text: str, longest: int) -> str:
    """Return the first line of a text, cut to so many characters."""
    line = text.strip().partition("\n")[0].strip()
    return line if len(line) <= longest else f"{line[:longest].rstrip()}…"
