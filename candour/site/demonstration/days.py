"""Days told from the present: a demonstration is never old, whenever it is made."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from candour.engine.calendars import Calendar
from candour.engine.london import LONDON, local

_WORDS = re.compile(
    r"(?:(?P<today>today)|in (?P<ahead>\d+) (?P<unit_ahead>working days?|days?|weeks?)"
    r"|(?P<ago>\d+) (?P<unit_ago>working days?|days?|weeks?) ago)(?:, (?P<at>\d\d:\d\d))?"
)


class UnreadableDay(ValueError):
    """Words for a day that nobody can place."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"“{words}” is no day of a demonstration. Write “today”, “9 working days ago, 14:00”, "
            "“3 days ago”, “6 weeks ago” or “in 2 working days”."
        )


@dataclass(frozen=True, slots=True)
class Timetable:
    """Reads words such as “9 working days ago, 14:00” as seen from an instant."""

    as_of: datetime
    calendar: Calendar

    def day(self, words: str) -> date:
        """Return the London day that the words mean.

        Weeks lead to a working day: to the last one before when going back, the next going ahead.

        Raises:
            UnreadableDay: they mean none.
        """
        return self._day(self._parts(words))

    def moment(self, words: str) -> datetime:
        """Return the instant that the words mean; one still to come is the present instead.

        Raises:
            UnreadableDay: they mean none, or give no time of day.
        """
        parts = self._parts(words)
        if not parts["at"]:
            raise UnreadableDay(words)
        clock = datetime.combine(self._day(parts), time.fromisoformat(parts["at"]), LONDON)
        return min(clock, self.as_of)

    def _parts(self, words: str) -> re.Match[str]:
        parts = _WORDS.fullmatch(words)
        if parts is None:
            raise UnreadableDay(words)
        return parts

    def _day(self, parts: re.Match[str]) -> date:
        today = local(self.as_of).date()
        if parts["today"]:
            return today
        back = parts["ago"] is not None
        number = int(parts["ago"] or parts["ahead"])
        unit = parts["unit_ago"] or parts["unit_ahead"]
        if unit.startswith("working"):
            return self._working_day(today, number, back=back)
        days = timedelta(days=number * (7 if unit.startswith("week") else 1))
        found = today - days if back else today + days
        if unit.startswith("day"):
            return found
        known = self.calendar
        return known.previous_working(found) if back else known.next_working(found)

    def _working_day(self, today: date, number: int, *, back: bool) -> date:
        if back:
            return self.calendar.working_day(today, -number)
        return self.calendar.working_day(today, number - 1, True)  # noqa: FBT003  # counted from tomorrow
