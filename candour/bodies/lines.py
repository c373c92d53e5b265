"""A line of desks: who answers at an instant when one takes over from another.

Pure. A desk in front goes before those behind it while it answers. Whoever keeps the hours
“otherwise” stands in exactly when nobody before them does, so that no minute falls between two
entries of a timetable.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.bodies.hours import Hours, Sort, edges, first_change


@dataclass(frozen=True, slots=True)
class Desk:
    """One place in a line: its hours, and the days on which its body is closed."""

    hours: Hours
    shut: Container[date] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """Who takes a call.

    Attributes:
        place: the place in the line of the one that answers; None where nobody does.
        until: until when that is so; None where it does not change.
        sure: False where somebody further in front may answer, as their hours are not known.
    """

    place: int | None
    until: datetime | None
    sure: bool = True


def line_at(line: Sequence[Desk], instant: datetime) -> Taken:
    """Return who answers in a line at an instant, and until when.

    Raises:
        ClockError: the instant has no time zone.
    """
    place = _place(line, instant)
    before = line if place is None else line[:place]
    sure = all(desk.hours.sort is not Sort.UNKNOWN for desk in before)
    if all(desk.hours.sort is not Sort.KEPT for desk in line):
        return Taken(place, None, sure)
    until = first_change(instant, lambda at: _place(line, at), lambda day: _edges(line, day))
    return Taken(place, until, sure)


def _place(line: Sequence[Desk], instant: datetime) -> int | None:
    """Return the first place that answers for certain; else the first that stands in for others."""
    spare: int | None = None
    for number, desk in enumerate(line):
        if desk.hours.is_open(instant, desk.shut):
            return number
        if spare is None and desk.hours.sort is Sort.OTHERWISE:
            spare = number
    return spare


def _edges(line: Sequence[Desk], day: date) -> Iterator[int]:
    for desk in line:
        if desk.hours.sort is Sort.KEPT:
            yield from edges(desk.hours, day, desk.shut)
