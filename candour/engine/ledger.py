"""The ledger of duties in a fold: what each entry opens, meets, ends, extends or holds up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from candour.engine.clocks import Due, Pause, Unit
from candour.engine.conditions import Condition, Situation
from candour.engine.duties import OpenDuty, following, opened, parts_met
from candour.engine.entries import Entry
from candour.engine.london import local, start_of
from candour.engine.matters import matter_of
from candour.engine.patterns import Pattern
from candour.engine.procedure import Duty, Procedure
from candour.engine.recalls import out_of_date
from candour.engine.settling import begins, settled
from candour.engine.standing import ClockPause, Standing
from candour.engine.subjects import Subject, opened_for, speaks_of


class Ledger:
    """The duties of one case while it is folded, resumed from a standing.

    `by_kind` is the fold's own index of entries in order of happening, `recorded` its list of all
    as recorded; `standing_now` gives the standing as far as it is folded, for the few duties that
    hang on a condition, and `in_force` the restrictions that are in force in it.
    """

    def __init__(
        self,
        procedure: Procedure,
        onto: Standing,
        by_kind: Mapping[str, Sequence[Entry]],
        recorded: Sequence[Entry],
        standing_now: Callable[[], Standing],
        in_force: Callable[[], tuple[Subject, ...]],
    ) -> None:
        self.procedure = procedure
        self.by_kind = by_kind
        self.recorded = recorded
        self.standing_now = standing_now
        self.in_force = in_force
        self.duties = dict(onto.duties)
        self.open_by_duty = {duty: list(keys) for duty, keys in onto.open_by_duty.items()}
        self.clock_pauses = list(onto.clock_pauses)

    def take(self, entry: Entry) -> None:
        """Let an entry have its effect: it ends duties, meets duties, and only then opens them."""
        self._stop_duties(entry)
        self._meet_duties(entry)
        self._open_duties(entry)
        self._reconsider(entry)

    def close(self, entry: Entry) -> None:
        """End every open duty that does not outlive the case."""
        for key in [
            key
            for duty, keys in self.open_by_duty.items()
            if not self.procedure.duties[duty].outlives
            for key in keys
        ]:
            self._end(key, entry)

    def go_on_under(self, procedure: Procedure, duties: dict[str, OpenDuty]) -> None:
        """Count from now on by the rules of another procedure, with these duties carried over."""
        self.procedure = procedure
        self.duties = duties
        self.open_by_duty = {}
        for key, owed in duties.items():
            if owed.is_open:
                self.open_by_duty.setdefault(owed.duty.id, []).append(key)

    def pause(self, entry: Entry) -> None:
        """Hold one duty’s clock, or every clock, from the entry on."""
        duty = str(entry.data.get("duty") or "")
        self.clock_pauses.append(ClockPause(duty, Pause(entry.happened_at, None)))
        self._recount(duty)

    def resume_clock(self, entry: Entry) -> None:
        """Let one duty’s clock, or every clock, run again."""
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
                due = owed.due_by_clock(self._pauses_of(owed.duty))
                self.duties[key] = owed._replace(due=due)

    def _pauses_of(self, duty: Duty) -> tuple[Pause, ...]:
        return tuple(held.pause for held in self.clock_pauses if held.duty in ("", duty.id))

    def extend(self, entry: Entry) -> None:
        """Move the date of a duty that is owed to the one the entry gives."""
        duty = self.procedure.duties.get(entry.data.get("duty", ""))
        if duty is None:  # only where it was recorded under another procedure
            return
        due = Due.by_day(date.fromisoformat(entry.data["new_date"]))
        for key in self._addressed(duty, entry):
            self.duties[key] = self.duties[key]._replace(due=due, fixed_by=entry.id)

    def _addressed(self, duty: Duty, entry: Entry) -> list[str]:
        """Return the open times of `duty` that `entry` speaks of: those it refers to, else all.

        Where each starting entry opens its own time, a reference to an entry of such a kind is
        meant for that one alone, even if it opened none. Who refers to an answer speaks of what
        that answers.
        """
        keys = self.open_by_duty.get(duty.id, [])
        if entry.refers_to:
            times = [owed for owed in self.duties.values() if owed.duty.id == duty.id]
            concerned = {owed.concerns for owed in times}.intersection(entry.refers_to)
            if concerned:
                return [key for key in keys if self.duties[key].concerns in concerned]
            meant = {owed.trigger for owed in times}.intersection(self._spoken_of(duty, entry))
            if meant or (duty.opens == "each" and self._referred(entry, duty)):
                return [key for key in keys if self.duties[key].trigger in meant]
        return list(keys)

    def _spoken_of(self, duty: Duty, entry: Entry) -> set[str]:
        """Return what an entry refers to, and what the answers among that refer to."""
        kinds = {pattern.kind for pattern in duty.met_by}
        answers = (
            found
            for kind in kinds
            for found in self.by_kind.get(kind, ())
            if found.id in entry.refers_to
        )
        return {*entry.refers_to, *(ref for answer in answers for ref in answer.refers_to)}

    def _referred(self, entry: Entry, duty: Duty) -> bool:
        """Whether an entry refers to one of a kind that starts the duty."""
        kinds = {pattern.kind for pattern in duty.starts}
        return any(
            found.id in entry.refers_to for kind in kinds for found in self.by_kind.get(kind, ())
        )

    def _stop_duties(self, entry: Entry, only: str = "") -> None:
        for duty in self.procedure.duties_stopped_by.get(entry.kind, ()):
            fits = [pattern for pattern in duty.stops if pattern.matches(entry)]
            for key in self._addressed(duty, entry) if fits else ():
                subject = self.duties[key].subject
                if only in ("", key) and any(speaks_of(p, entry, subject) for p in fits):
                    self._end(key, entry)

    def _end(self, key: str, entry: Entry) -> None:
        owed = self.duties[key]
        self.duties[key] = owed._replace(ended_by=entry.id)
        self.open_by_duty[owed.duty.id].remove(key)

    def _meet_duties(self, entry: Entry, only: str = "") -> None:
        for duty in self.procedure.duties_met_by.get(entry.kind, ()):
            if self.open_by_duty.get(duty.id):
                fits = parts_met(duty, entry)
                if fits and self._hold(duty.met_if, entry):
                    for key in self._addressed(duty, entry):
                        if only in ("", key):
                            self._meet(key, entry, fits)

    def _meet(self, key: str, entry: Entry, fits: frozenset[int]) -> None:
        owed = self.duties[key]
        duty = owed.duty
        about = {i for i in fits if speaks_of(duty.met_by[i], entry, owed.subject)}
        if not about:
            return
        parts = owed.parts | about
        done = duty.met_when == "any" or len(parts) == len(duty.met_by)
        met_at = max(entry.happened_at, owed.started_at) if done else None
        met = owed._replace(parts=parts, met_by=(*owed.met_by, entry.id), met_at=met_at)
        self.duties[key] = met
        if done:
            self.open_by_duty[duty.id].remove(key)
            if duty.clock.repeats:
                after = following(met, self._pauses_of(duty))
                if after.key not in self.duties:  # this time was met before, and taken back
                    self._owe(after)

    def _open_duties(self, entry: Entry) -> None:
        for duty in self.procedure.duties_started_by.get(entry.kind, ()):
            whose = opened_for(self.procedure, duty, entry, self.in_force)
            for subject in whose if whose and self._hold(duty.only_if, entry) else ():
                if not self._had_its_first(duty, subject):
                    self._open(duty, entry, subject)

    def _open(self, duty: Duty, trigger: Entry, whose: Subject) -> None:
        if duty.opens == "restart":
            for key in list(self.open_by_duty.get(duty.id, ())):
                if self.duties[key].subject == whose.id:
                    self._end(key, trigger)
        started = begins(self.procedure, duty, trigger, self.by_kind)
        for concerned in self._concerned(duty, trigger):
            owed = opened(duty, trigger, started, self._pauses_of(duty), whose, concerned)
            self._owe(owed)
            for earlier in self._done_the_same_day(duty, trigger):
                if owed.concerns and not _tells_of(earlier, owed.concerns, trigger):
                    continue
                if owed.key in self.open_by_duty[duty.id]:
                    self._meet(owed.key, earlier, parts_met(duty, earlier))

    def _concerned(self, duty: Duty, trigger: Entry) -> Sequence[Entry | None]:
        """Return the entries for each of which the duty opens; one None where it opens once."""
        if duty.for_each is None:
            return (None,)
        return out_of_date(duty.for_each, duty.met_by, trigger, self.by_kind, self.recorded)

    def _reconsider(self, entry: Entry) -> None:
        """Look again at duties whose clock, or whose being owed, hangs on what has been said."""
        for duty in self.procedure.duties_swayed_by.get(entry.kind, ()):
            mine = [owed for owed in self.duties.values() if owed.duty.id == duty.id]
            for owed in mine:
                if owed.is_open or owed.excused:
                    self._settle(owed, entry)

    def _settle(self, owed: OpenDuty, entry: Entry) -> None:
        """Give a duty the clock of its circumstances, or excuse it from being owed."""
        duty = owed.duty
        started = (e for p in duty.starts for e in self.by_kind.get(p.kind, ()))
        trigger = next((e for e in started if e.id == owed.trigger), None)
        if trigger is None:  # carried over from another procedure
            return
        matter = matter_of(duty, trigger, self.by_kind)
        excused = any(circumstance.holds(matter) for circumstance in duty.not_owed_when)
        if owed.excused and not excused:
            owed = owed._replace(ended_by="", excused=False)
            self._owe(owed)
        elif excused and not owed.excused:
            self._end(owed.key, entry)
            owed = self.duties[owed.key]._replace(excused=True)
        self.duties[owed.key] = settled(self.procedure, owed, matter, self._pauses_of(duty))

    def _had_its_first(self, duty: Duty, whose: Subject) -> bool:
        """Whether a duty that is owed the first time only was owed already for `whose`."""
        if duty.opens != "first":
            return False
        since = self._latest(duty.first_since) if duty.first_since else None
        return any(
            since is None or owed.started_at >= since.happened_at
            for owed in self.duties.values()
            if owed.duty.id == duty.id and owed.subject == whose.id
        )

    def _hold(self, conditions: Sequence[Condition], entry: Entry) -> bool:
        """Whether the conditions hold just after `entry`."""
        if not conditions:
            return True
        situation = Situation(self.standing_now(), entry.happened_at)
        return not any(condition.unmet(situation) for condition in conditions)

    def _latest(self, pattern: Pattern) -> Entry | None:
        found = reversed(self.by_kind.get(pattern.kind, []))
        return next((entry for entry in found if pattern.matches(entry)), None)

    def _owe(self, owed: OpenDuty) -> None:
        self.duties[owed.key] = owed
        self.open_by_duty.setdefault(owed.duty.id, []).append(owed.key)

    def _done_the_same_day(self, duty: Duty, trigger: Entry) -> list[Entry]:
        """Return entries dated without a time on the trigger's own day that would meet the duty.

        A date alone stands for the start of its day, so it sorts before a timed entry of that day;
        where whole days count it is given the benefit. Where hours count, it is not.
        """
        kinds = dict.fromkeys(pattern.kind for pattern in duty.met_by)
        before = [entry for kind in kinds for entry in reversed(self.by_kind.get(kind, ()))]
        if not before or duty.clock.unit is Unit.HOUR or not self._hold(duty.met_if, trigger):
            return []
        midnight = start_of(local(trigger.happened_at).date())
        return [
            entry
            for entry in before
            if entry.happened_at == midnight and entry is not trigger and parts_met(duty, entry)
        ]


def _tells_of(entry: Entry, concerned: str, trigger: Entry) -> bool:
    """Whether an entry speaks of the one that a duty concerns, written after its trigger."""
    return concerned in entry.refers_to and entry.recorded_at >= trigger.recorded_at
