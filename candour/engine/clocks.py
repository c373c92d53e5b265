"""Clocks: from a start and the law's own words to the moment something is due.

    clock = Clock.parse("20 working days beginning with")
    clock.due_date(date(2025, 12, 8), england)        # the day: no pauses, one look-up
    clock.due(received_at, england, pauses)           # a `Due`: the day, and from when it is late
    prove(clock, received_at, england, pauses)        # every day counted or skipped, and why

Days are London days. `beginning with` counts the starting day when it is a day that counts;
`after` begins with the next one; `before` counts back from the day. Months and years run to the
same day of the month, or its last day where it has no such day (31 August + 6 months is
28 February). Hours are hours that really passed, whatever the clocks on the wall did meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from candour.engine.calendars import BeyondCalendar, Calendar
from candour.engine.clock_words import AT_ONCE, SAME_DAY, Counting, Reading, Unit, read, write
from candour.engine.due import Due
from candour.engine.errors import ClockError
from candour.engine.london import LONDON, local
from candour.engine.months import months_on
from candour.engine.pauses import DaySpan, Pause, count_on, covering, elapse, paused_days
from candour.engine.proofs import Proof, ProofDay, prove
from candour.engine.words import Language

__all__ = [
    "LONDON",
    "BeyondCalendar",
    "Clock",
    "ClockError",
    "Counting",
    "Due",
    "OnHoliday",
    "Pause",
    "Proof",
    "ProofDay",
    "Unit",
    "prove",
]

OnHoliday = Literal["stand", "roll"]

_WORKING_DAY = Unit.WORKING_DAY
_BEGINNING_WITH = Counting.BEGINNING_WITH
_BEFORE = Counting.BEFORE
_ONE_DAY = timedelta(days=1)
_MOST = 99_999_999  # of any unit: more than lie between the years 1 and 9999


@dataclass(frozen=True, slots=True)
class Clock:
    """So many days, weeks, months, years or hours, beginning with, after or before a start.

    `repeats` makes it “every N”. `on_holiday` says what happens to a date that falls on a day
    that is not a working day: `stand`, or `roll` to the next (for `before`, back to the one
    before, so that the notice is never shortened). A pause stops a count, but not one that goes
    back from a day: notice is owed whatever else stands still.
    """

    amount: int
    unit: Unit
    counting: Counting
    repeats: bool = False
    on_holiday: OnHoliday = "stand"
    _offset: int = field(init=False, repr=False, compare=False)
    _from_next: bool = field(init=False, repr=False, compare=False)
    _length: timedelta | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be counted, and note where in the calendar's table to look.

        Raises:
            ClockError: an amount below one or beyond all years, hours that begin with a day or
                roll, or a repeated clock that does not count on from its start.
        """
        if fault := self._fault():
            msg = f"“{self}” cannot be counted: {fault}"
            raise ClockError(msg)
        back = self.counting is _BEFORE
        object.__setattr__(self, "_offset", -self.amount if back else self.amount - 1)
        object.__setattr__(self, "_from_next", self.counting is Counting.AFTER)
        object.__setattr__(self, "_length", self._days_long())

    def _fault(self) -> str | None:
        if self.amount < 1 and self.reading not in (SAME_DAY, AT_ONCE):
            return "the amount must be 1 or more. For no time at all say “same day” or “at once”."
        if self.amount > _MOST:
            return f"it is more than {_MOST:,}, beyond the year 9999."
        if self.repeats and self.counting is not Counting.AFTER:
            return "what comes every so often counts after its start. Leave out the last words."
        if self.unit is Unit.HOUR and self.counting is _BEGINNING_WITH:
            return "hours run from a moment, not from a day. Say “after”."
        if self.unit is Unit.HOUR and self.on_holiday == "roll":
            return "elapsed hours run through holidays. Let the date stand."
        return None

    def _days_long(self) -> timedelta | None:
        """Return how far the last day lies from the start, where that is always the same."""
        if self.unit not in (Unit.DAY, Unit.WEEK):
            return None
        days = self.amount if self.unit is Unit.DAY else self.amount * 7
        if self.counting is _BEFORE:
            return timedelta(-days)
        return timedelta(days - (self.counting is _BEGINNING_WITH))

    @classmethod
    def parse(cls, words: str, on_holiday: OnHoliday = "stand") -> "Clock":
        """Return the clock that words such as “5 working days after” describe.

        Raises:
            ClockError: they describe none; the message gives the nearest wording that does.
        """
        found = read(words)
        return cls(found.amount, found.unit, found.counting, found.repeats, on_holiday)

    @property
    def reading(self) -> Reading:
        """What the clock's words say, whatever happens on a holiday."""
        return Reading(self.amount, self.unit, self.counting, self.repeats)

    def __str__(self) -> str:
        """Return the canonical English words, which `parse` reads back."""
        return write(self.reading)

    def words(self, language: Language = "en") -> str:
        """Return the clock's words in English or Welsh."""
        return write(self.reading, language)

    def due_date(self, start: date, calendar: Calendar) -> date:
        """Return the London day on which it is due, without pauses: one look-up, no loop.

        Raises:
            BeyondCalendar: the count leaves the days that the calendar knows.
            ClockError: hours are counted, or `start` is a moment: both are for `due`.
        """
        if isinstance(start, datetime):
            msg = f"{start.isoformat()} is a moment, not a day. Ask `due`, which knows its day."
            raise ClockError(msg)
        if self.unit is _WORKING_DAY:
            return calendar.working_day(start, self._offset, self._from_next)
        day = self.counted_to(start)
        if self.on_holiday == "stand":
            return day
        if self.counting is _BEFORE:
            return calendar.previous_working(day)
        return calendar.next_working(day)

    def due(self, start: datetime, calendar: Calendar, pauses: Sequence[Pause] = ()) -> Due:
        """Return when it is due after an instant, leaving out the time that was paused.

        Of a clock that repeats, this is the first occurrence.

        Raises:
            BeyondCalendar: the count leaves the days that the calendar knows.
            ClockError: `start` has no time zone, or the due lies outside the years 1 to 9999.
        """
        try:
            return self._due(start, calendar, pauses)
        except OverflowError as error:
            raise self._beyond(start) from error

    def _due(self, start: datetime, calendar: Calendar, pauses: Sequence[Pause]) -> Due:
        day = local(start).date()
        back = self.counting is _BEFORE
        if self.unit is Unit.HOUR:
            length = timedelta(hours=-self.amount if back else self.amount)
            return Due.by_moment(elapse(start, length, () if back else pauses))
        if not pauses or back:
            return Due.by_day(self.due_date(day, calendar))
        return Due.by_day(self._day_after_pauses(day, calendar, paused_days(pauses)))

    def _beyond(self, start: date) -> ClockError:
        return ClockError(f"“{self}” from {start.isoformat()} lies outside the years 1 to 9999.")

    def occurrence(
        self, start: datetime, n: int, calendar: Calendar, pauses: Sequence[Pause] = ()
    ) -> Due:
        """Return the `n`-th due (the first is 1) of an “every N” clock.

        Always counted from the anchor `start`, so that a short month never moves the later ones.

        Raises:
            BeyondCalendar: the count leaves the days that the calendar knows.
            ClockError: the clock does not repeat, or `n` is below 1.
        """
        return self.nth(n).due(start, calendar, pauses)

    def nth(self, n: int) -> "Clock":
        """Return the clock that runs from the anchor to the `n`-th due of an “every N” clock.

        Raises:
            ClockError: the clock does not repeat, or `n` is below 1.
        """
        if not self.repeats or n < 1:
            msg = f"“{self}” has no occurrence {n}: ask an “every …” clock for 1 or more."
            raise ClockError(msg)
        return replace(self, amount=self.amount * n, repeats=False)

    @property
    def first_offset(self) -> timedelta:
        """How far after the start the first day lies that can count."""
        same_day = self.counting is _BEGINNING_WITH or not self.amount
        return timedelta() if same_day else _ONE_DAY

    def counted_to(self, start: date) -> date:
        """Return the calendar day that days, weeks, months or years come to, before any rolling.

        Raises:
            ClockError: hours are counted, or the day lies outside the years 1 to 9999.
        """
        try:
            return self._counted_to(start)
        except (OverflowError, ValueError) as error:
            raise self._beyond(start) from error

    def corresponding(self, start: date, amount: int) -> date:
        """Return the day that corresponds to `start`, so many of the clock's months or years on.

        Raises:
            ValueError: it lies outside the years 1 to 9999.
        """
        sign = -1 if self.counting is _BEFORE else 1
        return months_on(start, sign * amount * (12 if self.unit is Unit.YEAR else 1))

    def _counted_to(self, start: date) -> date:
        if self._length is not None:
            return start + self._length
        if self.unit is Unit.MONTH or self.unit is Unit.YEAR:
            day = self.corresponding(start, self.amount)
            # A period beginning with the 5th ends on the 4th; where the last month has no such
            # day, its last day is within the period.
            whole = self.counting is _BEGINNING_WITH and day.day == start.day
            return day - _ONE_DAY if whole else day
        if self.amount:
            msg = f"“{self}” needs the moment it runs from, not only the day {start.isoformat()}."
            raise ClockError(msg)
        return start

    def _day_after_pauses(
        self, start: date, calendar: Calendar, spans: Sequence[DaySpan]
    ) -> date | None:
        first = start + self.first_offset
        if self.unit is _WORKING_DAY:

            def push(due: date, since: date, until: date) -> date:
                days = calendar.working_days_between(since, until)
                return calendar.working_day(due, days)

            return count_on(self.due_date(start, calendar), first, spans, push)

        due = count_on(
            self.counted_to(start),
            first,
            spans,
            lambda due, since, until: due + (until - since) + _ONE_DAY,
        )
        return due if self.on_holiday == "stand" else _rolled(due, calendar, spans)


def _rolled(due: date | None, calendar: Calendar, spans: Sequence[DaySpan]) -> date | None:
    """Return the next working day that no pause touches, or None under an open pause."""
    while due:
        due = calendar.next_working(due)
        paused = covering(due, spans)
        if not paused:
            return due
        due = paused[1] and paused[1] + _ONE_DAY
    return None
