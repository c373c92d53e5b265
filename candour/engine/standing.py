"""Standing: where a case is, what is owed, what is in force. `fold` makes it; `at` dates it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from candour.engine.clocks import Pause
from candour.engine.conditions import Reason, Situation
from candour.engine.duties import DutyState, OpenDuty
from candour.engine.entries import Entry
from candour.engine.errors import UnknownProcedure
from candour.engine.partners import shares
from candour.engine.parts import Step
from candour.engine.patterns import Pattern, Recordable
from candour.engine.procedure import Auto, Gate, Move, Procedure
from candour.engine.restrictions import Restriction

Library = Callable[[str, str], Procedure]  # the procedure of a name and version


def no_other(name: str, version: str) -> Procedure:
    """Stand for a library of nothing: the log is known never to change its procedure.

    Raises:
        UnknownProcedure: always.
    """
    msg = f"There is no version {version} of a procedure “{name}” here."
    raise UnknownProcedure(msg)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step that the case entered, when, and by which entry."""

    step: str
    since: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Era:
    """A time in which a case ran on one procedure: entries recorded from the `begins`-th on.

    `by` is the entry that changed to it, and `since` when; a case’s first era has neither.
    """

    procedure: Procedure = field(compare=False, repr=False)
    begins: int = 0
    by: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClockPause:
    """A pause of one duty's clock, or of every clock (`duty` empty)."""

    duty: str
    pause: Pause


@dataclass(frozen=True, slots=True)
class MoveAt:
    """A move from the present step: open, or blocked by `reasons`."""

    move: Move
    reasons: tuple[Reason, ...]

    @property
    def is_open(self) -> bool:
        """Whether everything that must hold does."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class DutyAt:
    """A duty and how it stands at the moment asked about."""

    owed: OpenDuty
    state: DutyState


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A standing at one moment.

    `duties` are those still owed, soonest first (paused ones last). `autos` are ready to act.
    `next_change` is the next instant at which time alone changes anything, or None.
    """

    moment: datetime
    step: Step
    closed: bool
    duties: tuple[DutyAt, ...]
    moves: tuple[MoveAt, ...]
    restrictions: tuple[Restriction, ...]
    autos: tuple[Auto, ...]
    next_change: datetime | None


@dataclass(frozen=True)
class Standing:
    """What procedure and log come to. Has no “now”: ask `at`.

    `recorded` are the entries as recorded; `chronicle` as they hold after corrections, in order of
    happening (ties in order of recording). `duties` are all ever opened, by key. `eras` are
    the procedures it has run on, none while there was only the present one; `library` has others.
    """

    procedure: Procedure = field(compare=False, repr=False)
    recorded: tuple[Entry, ...] = ()
    chronicle: tuple[Entry, ...] = ()
    by_kind: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict, repr=False)
    path: tuple[StepTaken, ...] = ()
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    duties: Mapping[str, OpenDuty] = field(default_factory=dict)
    open_by_duty: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    restrictions: tuple[Restriction, ...] = ()
    clock_pauses: tuple[ClockPause, ...] = ()
    eras: tuple[Era, ...] = ()
    library: Library = field(default=no_other, compare=False, repr=False)

    @property
    def step(self) -> str:
        """The id of the step the case is at."""
        return self.path[-1].step if self.path else self.procedure.start

    @property
    def step_since(self) -> datetime | None:
        """When the present step was entered; None before the case is opened."""
        return self.path[-1].since if self.path else None

    @property
    def closed(self) -> bool:
        """Whether the case is closed."""
        return self.closed_at is not None

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry with this id as it was recorded, or None."""
        return next((entry for entry in self.recorded if entry.id == entry_id), None)

    def procedure_of(self, entry_id: str) -> Procedure:
        """Return the procedure under which this entry was recorded; the present one for others."""
        if not self.eras:
            return self.procedure
        places = (place for place, entry in enumerate(self.recorded) if entry.id == entry_id)
        place = next(places, len(self.recorded))
        return next(era.procedure for era in reversed(self.eras) if era.begins <= place)

    def matching(self, pattern: Pattern) -> list[Entry]:
        """Return the entries that match, in order of happening."""
        return [entry for entry in self.by_kind.get(pattern.kind, ()) if pattern.matches(entry)]

    def latest(self, pattern: Pattern) -> Entry | None:
        """Return the last entry to happen that matches, or None."""
        found = reversed(self.by_kind.get(pattern.kind, ()))
        return next((entry for entry in found if pattern.matches(entry)), None)

    def open_keys(self, duty_id: str) -> tuple[str, ...]:
        """Return the keys of the times that a duty is still owed."""
        return self.open_by_duty.get(duty_id, ())

    def owed(self) -> Iterator[OpenDuty]:
        """Yield the duties still owed."""
        for keys in self.open_by_duty.values():
            for key in keys:
                yield self.duties[key]

    def pauses_of(self, duty_id: str) -> tuple[Pause, ...]:
        """Return the pauses that hold a duty's clock."""
        return tuple(held.pause for held in self.clock_pauses if held.duty in ("", duty_id))

    def at(self, moment: datetime) -> Snapshot:
        """Return what is due, late, open and blocked at `moment`."""
        return Snapshot(
            moment=moment,
            step=self.procedure.steps[self.step],
            closed=self.closed,
            duties=tuple(self._duties_at(moment)),
            moves=tuple(self.moves_at(moment)),
            restrictions=self.restrictions,
            autos=tuple(self.autos_at(moment)),
            next_change=self.next_change(moment),
        )

    def _duties_at(self, moment: datetime) -> list[DutyAt]:
        found = [DutyAt(owed, owed.state(moment)) for owed in self.owed()]
        return sorted(
            found,
            key=lambda d: (d.owed.due.late_from is None, d.owed.due.late_from, d.owed.key),
        )

    def moves_at(self, moment: datetime) -> Iterator[MoveAt]:
        """Yield every move that leads from the present step, with what blocks it."""
        for move in self.procedure.moves.values():
            if self.step in move.from_steps:
                yield MoveAt(move, self.reasons(move, moment))

    def reasons(
        self, rule: Move | Gate, moment: datetime, draft: Recordable | None = None
    ) -> tuple[Reason, ...]:
        """Return why the needs of a move or gate do not hold at `moment` (for `draft`, if any)."""
        situation = Situation(self, moment, draft)
        return tuple(
            Reason(words, rule.clauses, rule.id)
            for need in rule.needs
            for words in need.unmet(situation)
        )

    def autos_at(self, moment: datetime) -> Iterator[Auto]:
        """Yield what the system should do or propose by itself at `moment`."""
        if self.opened_at is None:
            return
        situation = Situation(self, moment)
        for auto in self.procedure.autos:
            unmet = any(need.unmet(situation) for need in auto.when)
            if not unmet and not self._answered(auto):
                yield auto

    def _answered(self, auto: Auto) -> bool:
        """Whether it was acted on, or answered by somebody, since the present step was entered."""
        since = self.path[-1].since
        answers = (
            (entry, entry.data.get("auto") == auto.id)
            for entry in self.by_kind.get("suggestion_answered", ())
        )
        done = (
            (entry, all(entry.data.get(name) == value for name, value in auto.data.items()))
            for entry in self.by_kind.get(auto.kind, ())
        )
        return any(hit and e.happened_at >= since for pairs in (answers, done) for e, hit in pairs)

    def next_change(self, after: datetime) -> datetime | None:
        """Return the first instant after `after` at which time alone changes anything, or None."""
        instants = [owed.turns_late_at() for owed in self.owed()]
        instants += [share.ends_at() for share in shares(self.by_kind)]
        if not self.closed:
            instants += [
                instant
                for condition in self.procedure.timed_conditions
                for instant in condition.flips(self)
            ]
        return min((i for i in instants if i is not None and i > after), default=None)
