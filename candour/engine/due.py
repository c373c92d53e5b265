"""Dues: the day or the moment by which something is to be done."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from candour.engine.london import end_of, local


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due.

    `on` is the London day. `moment` is the exact UTC instant where hours count, else None.
    `late_from` is the UTC instant from which it is late: the end of the day `on`, or `moment`
    itself (which is still in time). All three are None while an open pause holds the clock.
    """

    on: date | None
    moment: datetime | None
    late_from: datetime | None

    @classmethod
    def by_day(cls, day: date | None) -> "Due":
        """Return a due that is in time until its London day ends; None is a day not known yet."""
        return _due_by_day(day)

    @classmethod
    def by_moment(cls, moment: datetime | None) -> "Due":
        """Return a due that is in time until and at an instant; None is one not known yet."""
        return cls(local(moment).date() if moment else None, moment, moment)

    def is_late(self, at: datetime) -> bool:
        """Return whether it is late at an instant; never while an open pause holds the clock."""
        if self.late_from is None:
            return False
        return at > self.late_from if self.moment else at >= self.late_from


@lru_cache(maxsize=4096)
def _due_by_day(day: date | None) -> Due:
    return Due(day, None, end_of(day) if day else None)
