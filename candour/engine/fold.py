"""The fold: from a procedure and a case's entries to its standing. Pure, and without a “now”.

Entries are taken in the order in which they were recorded, and count in the order in which they
happened: paper that arrives late finds its place, as it would on a clerk's desk. Taking a prefix
and then the rest gives the same standing as taking the whole.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from candour.engine.clocks import Due, Pause, Unit
from candour.engine.corrections import CORRECTION, in_effect
from candour.engine.duties import OpenDuty, cycle_clock, following, opened
from candour.engine.entries import Entry
from candour.engine.errors import BrokenLog, MalformedEntry
from candour.engine.fields import problems
from candour.engine.london import local, start_of
from candour.engine.procedure import Duty, Procedure
from candour.engine.standing import ClockPause, Restriction, Standing, StepTaken


def fold(procedure: Procedure, entries: Iterable[Entry], onto: Standing | None = None) -> Standing:
    """Return the standing that `entries` come to, after those already in `onto`.

    Raises:
        UnknownKind: an entry's kind is not in the vocabulary.
        MalformedEntry: an entry's fields do not fit its kind.
        BrokenLog: an id is repeated, or an entry refers to one not recorded before it.
    """
    folding = _Folding(procedure, onto or Standing(procedure))
    for entry in entries:
        folding.take(entry)
    return folding.standing()


class _Folding:
    """A standing in the making: the same parts as `Standing`, open to change."""

    def __init__(self, procedure: Procedure, onto: Standing) -> None:
        self.procedure = procedure
        self.recorded = list(onto.recorded)
        self.ids = {entry.id for entry in onto.recorded}
        self.in_order = True
        self._resume(onto)

    def _resume(self, onto: Standing) -> None:
        self.chronicle = list(onto.chronicle)
        self.by_kind = {kind: list(found) for kind, found in onto.by_kind.items()}
        self.path = list(onto.path)
        self.opened_at = onto.opened_at
        self.closed_at = onto.closed_at
        self.duties = dict(onto.duties)
        self.open_by_duty = {duty: list(keys) for duty, keys in onto.open_by_duty.items()}
        self.restrictions = list(onto.restrictions)
        self.clock_pauses = list(onto.clock_pauses)

    def take(self, entry: Entry) -> None:
        self._check(entry)
        self.recorded.append(entry)
        self.ids.add(entry.id)
        late = bool(self.chronicle) and entry.happened_at < self.chronicle[-1].happened_at
        if late or entry.kind == CORRECTION:
            self.in_order = False
        if self.in_order:
            self._apply(entry)

    def _check(self, entry: Entry) -> None:
        kind = self.procedure.kind(entry.kind)
        found = problems(entry.data, kind.fields)
        if found:
            faults = "; ".join(problem.message for problem in found)
            msg = f"Entry {entry.id} ({entry.kind}) does not fit its kind: {faults}."
            raise MalformedEntry(msg)
        if entry.id in self.ids:
            msg = f"Entry {entry.id} is in this log already; an id is used once."
            raise BrokenLog(msg)
        unknown = [ref for ref in entry.refers_to if ref not in self.ids]
        if unknown:
            msg = f"Entry {entry.id} refers to {unknown[0]}, which is not recorded before it."
            raise BrokenLog(msg)

    def standing(self) -> Standing:
        if not self.in_order:
            self._resume(Standing(self.procedure))
            for entry in in_effect(self.recorded):
                self._apply(entry)
            self.in_order = True
        return Standing(
            procedure=self.procedure,
            recorded=tuple(self.recorded),
            chronicle=tuple(self.chronicle),
            by_kind={kind: tuple(found) for kind, found in self.by_kind.items()},
            path=tuple(self.path),
            opened_at=self.opened_at,
            closed_at=self.closed_at,
            duties=self.duties,
            open_by_duty={duty: tuple(keys) for duty, keys in self.open_by_duty.items() if keys},
            restrictions=tuple(self.restrictions),
            clock_pauses=tuple(self.clock_pauses),
        )

    # -- one entry ---------------------------------------------------------------------------

    def _apply(self, entry: Entry) -> None:
        self.chronicle.append(entry)
        self.by_kind.setdefault(entry.kind, []).append(entry)
        self._take_effect(entry)
        self._stop_duties(entry)
        self._meet_duties(entry)
        self._open_duties(entry)

    def _take_effect(self, entry: Entry) -> None:
        match entry.kind:
            case "case_opened":
                self._open_case(entry)
            case "step_entered" | "case_closed" | "case_reopened":
                self._move(entry)
            case "restriction_imposed":
                self._impose(entry)
            case "restriction_reviewed":
                self._review(entry)
            case "restriction_lifted":
                self._lift(entry)
            case "clock_paused":
                self._pause(entry)
            case "clock_resumed":
                self._resume_clock(entry)
            case "timescale_extended":
                self._extend(entry)

    def _open_case(self, entry: Entry) -> None:
        self.opened_at = entry.happened_at
        self.path.append(StepTaken(self.procedure.start, entry.happened_at, entry.id))

    def _move(self, entry: Entry) -> None:
        step = str(entry.data["step"])
        self.path.append(StepTaken(step, entry.happened_at, entry.id))
        closes = self.procedure.steps[step].final
        self.closed_at = entry.happened_at if closes else None
        if closes:
            for key in self._keys_to_end_on_closing():
                self._end(key, entry)

    def _keys_to_end_on_closing(self) -> list[str]:
        return [
            key
            for duty, keys in self.open_by_duty.items()
            if not self.procedure.duties[duty].outlives
            for key in keys
        ]

    def _impose(self, entry: Entry) -> None:
        data = entry.data
        self.restrictions.append(
            Restriction(entry.id, data["restriction"], data["scope"], entry.happened_at)
        )

    def _review(self, entry: Entry) -> None:
        self.restrictions = [
            replace(held, reviewed_at=entry.happened_at)
            if not entry.refers_to or held.imposed_by in entry.refers_to
            else held
            for held in self.restrictions
        ]

    def _lift(self, entry: Entry) -> None:
        self.restrictions = [r for r in self.restrictions if r.imposed_by not in entry.refers_to]

    # -- clocks ------------------------------------------------------------------------------

    def _pause(self, entry: Entry) -> None:
        duty = str(entry.data.get("duty") or "")
        self.clock_pauses.append(ClockPause(duty, Pause(entry.happened_at, None)))
        self._recount(duty)

    def _resume_clock(self, entry: Entry) -> None:
        duty = str(entry.data.get("duty") or "")
        self.clock_pauses = [
            replace(held, pause=Pause(held.pause.begins, entry.happened_at))
            if held.pause.ends is None and duty in ("", held.duty)
            else held
            for held in self.clock_pauses
        ]
        self._recount("")

    def _recount(self, duty_id: str) -> None:
        for keys in self.open_by_duty.values():
            for key in keys:
                owed = self.duties[key]
                if owed.fixed_by or duty_id not in ("", owed.duty.id):
                    continue
                clock = cycle_clock(owed.duty, owed.cycle)
                pauses = self._pauses_of(owed.duty)
                due = clock.due(owed.started_at, owed.duty.calendar, pauses)
                self.duties[key] = replace(owed, due=due)

    def _pauses_of(self, duty: Duty) -> tuple[Pause, ...]:
        return tuple(held.pause for held in self.clock_pauses if held.duty in ("", duty.id))

    def _extend(self, entry: Entry) -> None:
        due = Due.by_day(date.fromisoformat(entry.data["new_date"]))
        for key in self._addressed(self.procedure.duties[entry.data["duty"]], entry):
            self.duties[key] = replace(self.duties[key], due=due, fixed_by=entry.id)

    # -- duties ------------------------------------------------------------------------------

    def _addressed(self, duty: Duty, entry: Entry) -> list[str]:
        """Return the open times of `duty` that `entry` speaks of: those it refers to, else all."""
        keys = self.open_by_duty.get(duty.id, [])
        if entry.refers_to:
            started = {owed.trigger for owed in self.duties.values() if owed.duty.id == duty.id}
            meant = started.intersection(entry.refers_to)
            if meant:
                return [key for key in keys if self.duties[key].trigger in meant]
        return list(keys)

    def _stop_duties(self, entry: Entry) -> None:
        for duty in self.procedure.duties_stopped_by.get(entry.kind, ()):
            if any(pattern.matches(entry) for pattern in duty.stops):
                for key in self._addressed(duty, entry):
                    self._end(key, entry)

    def _end(self, key: str, entry: Entry) -> None:
        owed = self.duties[key]
        self.duties[key] = replace(owed, ended_by=entry.id)
        self.open_by_duty[owed.duty.id].remove(key)

    def _meet_duties(self, entry: Entry) -> None:
        for duty in self.procedure.duties_met_by.get(entry.kind, ()):
            if self.open_by_duty.get(duty.id) and _parts_met(duty, entry):
                for key in self._addressed(duty, entry):
                    self._meet(key, entry)

    def _meet(self, key: str, entry: Entry) -> None:
        owed = self.duties[key]
        duty = owed.duty
        parts = owed.parts | _parts_met(duty, entry)
        done = duty.met_when == "any" or len(parts) == len(duty.met_by)
        met_at = max(entry.happened_at, owed.started_at) if done else None
        met = replace(owed, parts=parts, met_by=(*owed.met_by, entry.id), met_at=met_at)
        self.duties[key] = met
        if done:
            self.open_by_duty[duty.id].remove(key)
            if duty.clock.repeats:
                self._owe(following(met, self._pauses_of(duty)))

    def _open_duties(self, entry: Entry) -> None:
        for duty in self.procedure.duties_started_by.get(entry.kind, ()):
            if not any(pattern.matches(entry) for pattern in duty.starts):
                continue
            if duty.opens == "first" and any(o.duty.id == duty.id for o in self.duties.values()):
                continue
            if duty.opens == "restart":
                for key in list(self.open_by_duty.get(duty.id, ())):
                    self._end(key, entry)
            owed = opened(duty, entry, self._pauses_of(duty))
            self._owe(owed)
            for earlier in self._done_the_same_day(duty, entry):
                if owed.key in self.open_by_duty[duty.id]:
                    self._meet(owed.key, earlier)

    def _owe(self, owed: OpenDuty) -> None:
        self.duties[owed.key] = owed
        self.open_by_duty.setdefault(owed.duty.id, []).append(owed.key)

    def _done_the_same_day(self, duty: Duty, trigger: Entry) -> list[Entry]:
        """Return entries dated without a time on the trigger's own day that would meet the duty.

        A date alone stands for the start of its day, so it sorts before a timed entry of that day;
        where whole days count it is given the benefit. Where hours count, it is not.
        """
        if duty.clock.unit is Unit.HOUR:
            return []
        midnight = start_of(local(trigger.happened_at).date())
        return [
            entry
            for kind in dict.fromkeys(pattern.kind for pattern in duty.met_by)
            for entry in reversed(self.by_kind.get(kind, []))
            if _dated(entry, midnight) and entry is not trigger and _parts_met(duty, entry)
        ]


def _dated(entry: Entry, midnight: datetime) -> bool:
    return entry.happened_at == midnight


def _parts_met(duty: Duty, entry: Entry) -> frozenset[int]:
    """Return which of the duty's `met_by` patterns the entry fits."""
    return frozenset(i for i, pattern in enumerate(duty.met_by) if pattern.matches(entry))
