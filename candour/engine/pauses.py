"""Pauses: time in which a clock stands still.

A day that a pause touches, wholly or in part, is not counted. Elapsed hours lose exactly the time
that was paused. Pauses that overlap count once. While a pause that nobody has ended reaches a
clock before it runs out, nobody can say when that will be: the answer is None.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from candour.engine.errors import ClockError
from candour.engine.london import local

Point = TypeVar("Point", date, datetime)
DaySpan = tuple[date, date | None]

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch of time in which clocks stand still; `ends` is None while it lasts."""

    begins: datetime
    ends: datetime | None

    def __post_init__(self) -> None:
        """Hold the instants in UTC.

        Raises:
            ClockError: an instant has no time zone, or the pause ends before it begins.
        """
        object.__setattr__(self, "begins", local(self.begins).astimezone(UTC))
        if self.ends is None:
            return
        object.__setattr__(self, "ends", local(self.ends).astimezone(UTC))
        if self.ends < self.begins:
            msg = f"A pause ends at {self.ends} before it begins at {self.begins}. Swap the two."
            raise ClockError(msg)


def paused_days(pauses: Iterable[Pause]) -> list[DaySpan]:
    """Return the London days that pauses touch, as spans in order, none touching another.

    A pause that ends at midnight does not touch the day that begins then.
    """
    return _merged(
        (local(pause.begins).date(), local(pause.ends - timedelta.resolution).date())
        if pause.ends
        else (local(pause.begins).date(), None)
        for pause in pauses
        if pause.ends != pause.begins
    )


def covering(day: date, spans: Sequence[DaySpan]) -> DaySpan | None:
    """Return the span of paused days that `day` lies in, or None."""
    return next(
        (span for span in spans if span[0] <= day and (not span[1] or day <= span[1])), None
    )


def count_on(
    due: date, first: date, spans: Iterable[DaySpan], push: Callable[[date, date, date], date]
) -> date | None:
    """Return the day a count comes to once paused days are left out, or None under an open pause.

    `due` is what the count from `first` comes to without pauses. `push(due, since, until)` returns
    the day that lies as many counted days after `due` as there are from `since` to `until`.
    """
    for begins, ends in spans:
        since = max(begins, first)
        if since > due:
            break
        if ends is None:
            return None
        if ends >= since:
            due = push(due, since, ends)
    return due


def elapse(start: datetime, length: timedelta, pauses: Iterable[Pause]) -> datetime | None:
    """Return the UTC instant at which `length` has run since `start` outside all pauses.

    None where a pause that has not ended begins before that.
    """
    due = start.astimezone(UTC) + length
    for begins, ends in _merged((pause.begins, pause.ends) for pause in pauses):
        since = max(begins, start)
        if since >= due:
            break
        if ends is None:
            return None
        due += max(ends - since, timedelta())
    return due


def _merged(spans: Iterable[tuple[Point, Point | None]]) -> list[tuple[Point, Point | None]]:
    merged: list[tuple[Point, Point | None]] = []
    for begins, ends in sorted(spans, key=lambda span: span[0]):
        if not merged:
            merged.append((begins, ends))
            continue
        since, until = merged[-1]
        if until is None or begins <= until:
            merged[-1] = (since, until and ends and max(until, ends))
        else:
            merged.append((begins, ends))
    return merged
