"""Duties as they stand in one case: opened by an entry, due by a clock, met, ended or open."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from candour.engine.clocks import Clock, Due, Pause, Proof, prove
from candour.engine.entries import Entry
from candour.engine.fields import as_values
from candour.engine.london import local
from candour.engine.matters import Alternative
from candour.engine.procedure import Duty
from candour.engine.subjects import NOBODY, Subject
from candour.engine.words import Words

LONGEST_ABOUT = 100  # characters: it stands in a list


class DutyState(StrEnum):
    """How a duty stands at a moment."""

    OPEN = "open"
    LATE = "late"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    ENDED = "ended"  # no longer owed: its step was left, or the case was closed


class OpenDuty(NamedTuple):
    """One time that a duty was owed, by an entry that started it.

    `key` is unique in the case. `concerns` is the entry that it is about, of a duty `for_each` such
    entry; `subject` whom or what it is owed for, where each has a time of their own. `cycle` counts
    the times of an “every N” duty from 1. `fixed_by` is the entry that set or extended the date,
    where the clock did not. `met_by` are the entries that met it (or, while `met_at` is None, the
    parts done so far). `alternative` is the clock that its circumstances give it, and
    `counted_from` the instant from which that one runs, where not from `started_at`; `excused` says
    that circumstances ended it, and may bring it back. `undelivered` are the tellings that had met
    it, or a part of it, and did not arrive.
    """

    key: str
    duty: Duty
    trigger: str
    started_at: datetime
    due: Due
    cycle: int = 1
    fixed_by: str = ""
    met_by: tuple[str, ...] = ()
    parts: frozenset[int] = frozenset()
    met_at: datetime | None = None
    ended_by: str = ""
    about: Words = Words("")
    concerns: str = ""
    subject: str = ""
    alternative: Alternative | None = None
    counted_from: datetime | None = None
    excused: bool = False
    undelivered: tuple[str, ...] = ()

    @property
    def clock(self) -> Clock:
        """The clock that it is due by."""
        return self.alternative.clock if self.alternative else self.duty.clock

    @property
    def because(self) -> Words | None:
        """Why this clock and no other, where the procedure says so."""
        return self.alternative.because if self.alternative else self.duty.because

    @property
    def runs_from(self) -> datetime:
        """The instant from which its clock runs."""
        return self.counted_from or self.started_at

    def due_by_clock(self, pauses: Sequence[Pause]) -> Due:
        """Return when its clock says that it is due."""
        clock = cycle_clock(self.clock, self.cycle)
        return clock.due(self.runs_from, self.duty.calendar, pauses)

    @property
    def title(self) -> Words:
        """The duty’s title, with what this time of it is about."""
        title = self.duty.title
        if not self.about.en:
            return title
        cy = f"{title.text('cy')}: {self.about.text('cy')}"
        return Words(f"{title.en}: {self.about.en}", cy)

    @property
    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.met_at is None and not self.ended_by

    def state(self, moment: datetime) -> DutyState:
        """Return how it stands at `moment`."""
        if self.met_at is not None:
            return DutyState.MET_LATE if self.due.is_late(self.met_at) else DutyState.MET
        if self.ended_by:
            return DutyState.ENDED
        if self.due.late_from is None:
            return DutyState.PAUSED
        return DutyState.LATE if self.due.is_late(moment) else DutyState.OPEN

    def turns_late_at(self) -> datetime | None:
        """Return the first instant at which it is late, or None while nobody can say."""
        if self.due.moment is not None:
            return self.due.moment + timedelta.resolution
        return self.due.late_from

    def proof(self, pauses: Sequence[Pause] = ()) -> Proof | None:
        """Return every day counted or skipped and why; None where an entry fixed the date."""
        if self.fixed_by:
            return None
        clock = cycle_clock(self.clock, self.cycle)
        return prove(clock, self.runs_from, self.duty.calendar, pauses)


def cycle_clock(clock: Clock, cycle: int) -> Clock:
    """Return the clock that runs from the start of a duty to its `cycle`-th time."""
    return clock.nth(cycle) if clock.repeats else clock


def opened(
    duty: Duty,
    trigger: Entry,
    started_at: datetime,
    pauses: Sequence[Pause],
    whose: Subject = NOBODY,
    concerned: Entry | None = None,
) -> OpenDuty:
    """Return the duty that `trigger` opens for `whose`, or about `concerned`, with its due."""
    owed = OpenDuty(
        key=_key(duty, trigger.id, whose.id or (concerned.id if concerned else ""), 1),
        duty=duty,
        trigger=trigger.id,
        started_at=started_at,
        due=Due.by_day(None),
        about=whose.label if whose.id else _about(duty, concerned or trigger),
        concerns=concerned.id if concerned else "",
        subject=whose.id,
    )
    return dated(owed, trigger, pauses)


def dated(owed: OpenDuty, trigger: Entry, pauses: Sequence[Pause]) -> OpenDuty:
    """Return the duty with the date that its clock, or the entry that started it, gives it."""
    due = owed.due_by_clock(pauses)
    given = _given(owed.duty, trigger, due)
    return owed._replace(due=given or due, fixed_by=trigger.id if given else "")


def _key(duty: Duty, trigger: str, about: str, cycle: int) -> str:
    return ":".join(filter(None, (duty.id, trigger, about, str(cycle))))


def _about(duty: Duty, entry: Entry) -> Words:
    """Return the first line of the field that says what the duty is about, or nothing."""
    value = entry.data.get(duty.about_field) if duty.about_field else None
    said = ", ".join(str(item) for item in as_values(value)).strip()
    line = said.partition("\n")[0].strip()
    return Words(line if len(line) <= LONGEST_ABOUT else f"{line[:LONGEST_ABOUT].rstrip()}…")


def _given(duty: Duty, trigger: Entry, by_clock: Due) -> Due | None:
    """Return the date that the trigger itself sets, or None where the clock's stands."""
    given = trigger.data.get(duty.due_field) if duty.due_field else None
    if not given:
        return None
    day = date.fromisoformat(given)
    if duty.due_field_sooner and by_clock.on is not None and day >= by_clock.on:
        return None
    return Due.by_day(day)


def following(met: OpenDuty, pauses: Sequence[Pause]) -> OpenDuty:
    """Return the next time of a repeating duty: the first on its schedule after it was met.

    Counted from the anchor, so that a report given late, or early, never moves the later ones.
    """
    cycle = met.cycle
    done = local(met.met_at or met.started_at).date()
    while True:
        cycle += 1
        due = cycle_clock(met.duty.clock, cycle).due(met.started_at, met.duty.calendar, pauses)
        if due.on is None or due.on > done:
            break
    about = met.subject or met.concerns
    counted_anew = met.key.removeprefix(_key(met.duty, met.trigger, about, met.cycle))
    return OpenDuty(
        key=_key(met.duty, met.trigger, about, cycle) + counted_anew,
        duty=met.duty,
        trigger=met.trigger,
        started_at=met.started_at,
        due=due,
        cycle=cycle,
        about=met.about,
        concerns=met.concerns,
        subject=met.subject,
    )


def parts_met(duty: Duty, entry: Entry) -> frozenset[int]:
    """Return which of the duty's `met_by` patterns the entry fits."""
    return frozenset(i for i, pattern in enumerate(duty.met_by) if pattern.matches(entry))
