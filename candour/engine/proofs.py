"""Proofs: a due date walked day by day, each day counted or skipped, and why.

The walk does not use the calendar's tables that give the date at once, so the two check each
other. It is made only when somebody asks why.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from candour.engine.calendars import Calendar
from candour.engine.clock_words import Counting, Unit
from candour.engine.london import local
from candour.engine.pauses import DaySpan, Pause, covering, paused_days
from candour.engine.proof_lines import proof_lines
from candour.engine.words import Language, Words

if TYPE_CHECKING:
    from candour.engine.clocks import Clock, Due

PAUSED = Words("paused", "wedi’i oedi")
NEXT_WORKING = Words("the next working day", "y diwrnod gwaith nesaf")
WORKING_BEFORE = Words("the working day before", "y diwrnod gwaith blaenorol")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ProofDay:
    """A day that a count met: its number if it counted, or the reason it did not.

    Months and years are proved by the day on which each of them is complete. A counted day has a
    reason where something about it needs saying: a short month, a holiday that the date rolls off.
    """

    day: date
    counted: bool
    number: int | None = None
    reason: str | None = None
    reason_cy: str | None = None

    @classmethod
    def skipped(cls, day: date, reason: Words) -> "ProofDay":
        """Return a day that did not count."""
        return cls(day, counted=False, reason=reason.en, reason_cy=reason.cy)

    def saying(self, reason: Words) -> "ProofDay":
        """Return the same day with one more thing said about it."""
        said = [text for text in (self.reason, reason.en) if text]
        said_cy = [text for text in (self.reason_cy, reason.cy) if text]
        return replace(self, reason="; ".join(said), reason_cy="; ".join(said_cy))


@dataclass(frozen=True, slots=True)
class Proof:
    """How a clock comes to its due moment, day by day, on a calendar.

    `days` is in the order of counting: backwards for a clock that counts `before`. It is empty
    where hours count.
    """

    clock: "Clock"
    start: datetime
    due: "Due"
    days: tuple[ProofDay, ...]
    calendar: Calendar
    pauses: tuple[Pause, ...] = ()
    occurrence: int = 1

    def lines(self, language: Language = "en") -> list[str]:
        """Return the proof as lines to read, a long run of counted days in one line."""
        return proof_lines(self, language)


def prove(
    clock: "Clock",
    start: datetime,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    *,
    occurrence: int = 1,
) -> Proof:
    """Return the proof of a clock's due moment, or of a later occurrence of one that repeats.

    Raises:
        BeyondCalendar: the count leaves the days that the calendar knows.
        ClockError: `start` has no time zone, or the clock has no such occurrence.
    """
    once = clock.nth(occurrence) if clock.repeats or occurrence != 1 else clock
    held = () if once.counting is Counting.BEFORE else tuple(pauses)
    due = once.due(start, calendar, held)
    walk = _Walk(once, local(start).date(), due, calendar, paused_days(held))
    return Proof(clock, start, due, tuple(walk.days()), calendar, held, occurrence)


@dataclass(frozen=True, slots=True)
class _Walk:
    clock: "Clock"
    start: date
    due: "Due"
    calendar: Calendar
    spans: Sequence[DaySpan]

    def days(self) -> list[ProofDay]:
        """Return every day met, the rolled ones last."""
        unit = self.clock.unit
        if unit is Unit.HOUR:
            return []
        met = list(self._months() if unit in (Unit.MONTH, Unit.YEAR) else self._days())
        if self.clock.on_holiday == "roll" and unit is not Unit.WORKING_DAY and self.due.on:
            return self._rolled(met, self.due.on)
        return met

    @property
    def _step(self) -> timedelta:
        return -_ONE_DAY if self.clock.counting is Counting.BEFORE else _ONE_DAY

    @property
    def _first(self) -> date:
        return self.start + (self.clock.first_offset if self._step > timedelta() else self._step)

    def _why_not(self, day: date) -> Words | None:
        if covering(day, self.spans):
            return PAUSED
        if self.clock.unit is not Unit.WORKING_DAY:
            return None
        return self._holiday(day)

    def _holiday(self, day: date) -> Words | None:
        reason = self.calendar.why_not(day)
        return Words(reason, self.calendar.why_not(day, "cy") or "") if reason else None

    def _days(self) -> Iterator[ProofDay]:
        goal = max(1, self.clock.amount) * (7 if self.clock.unit is Unit.WEEK else 1)
        number, day = 0, self._first - self._step
        while number < goal and not self._held(day + self._step):
            day += self._step
            if reason := self._why_not(day):
                yield ProofDay.skipped(day, reason)
            else:
                number += 1
                yield ProofDay(day, counted=True, number=number)

    def _held(self, day: date) -> bool:
        span = covering(day, self.spans)
        return span is not None and span[1] is None

    def _months(self) -> Iterator[ProofDay]:
        steps = [self._month(number) for number in range(1, self.clock.amount + 1)]
        end = steps[-1].day
        skipped = list(self._paused_until(end))
        yield from sorted([*steps, *skipped], key=lambda met: met.day, reverse=end < self.start)
        if skipped and self.due.on:
            moved = len(skipped)
            yield ProofDay.skipped(
                end + timedelta(moved),
                Words(f"moved on by days paused: {moved}", f"symudwyd, diwrnodau oedi: {moved}"),
            )

    def _month(self, number: int) -> ProofDay:
        day = replace(self.clock, amount=number).counted_to(self.start)
        asked = self.start.day
        if self.clock.corresponding(self.start, number).day == asked:
            return ProofDay(day, counted=True, number=number)
        short = f"the month has no day {asked}"
        short_cy = f"nid oes diwrnod {asked} yn y mis"
        return ProofDay(day, counted=True, number=number, reason=short, reason_cy=short_cy)

    def _paused_until(self, end: date) -> Iterable[ProofDay]:
        """Yield the paused days, each of which puts the end of the count off by a day."""
        day = self._first
        while day <= end and not self._held(day):
            if covering(day, self.spans):
                yield ProofDay.skipped(day, PAUSED)
                end += _ONE_DAY
            day += _ONE_DAY

    def _rolled(self, met: list[ProofDay], due: date) -> list[ProofDay]:
        last = met[-1]
        reason = self._holiday(last.day)
        if not reason:
            return met
        met[-1] = last.saying(reason)
        day = last.day + self._step
        while day != due:
            # Between the end of the count and where it lands, what works was paused.
            met.append(ProofDay.skipped(day, self._holiday(day) or PAUSED))
            day += self._step
        landed = NEXT_WORKING if self._step > timedelta() else WORKING_BEFORE
        return [*met, ProofDay.skipped(due, landed)]
