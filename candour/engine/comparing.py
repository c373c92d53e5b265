"""What if: one case under two procedures at one moment, and what would be otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from candour.engine.duties import DutyState, OpenDuty
from candour.engine.entering import entered
from candour.engine.entries import Draft, Entry
from candour.engine.fields import Problem
from candour.engine.fold import counted_anew, replayed
from candour.engine.procedure import Auto, Move, Procedure
from candour.engine.propose import Refusal
from candour.engine.standing import MoveAt, Snapshot, Standing
from candour.engine.succession import fitting, misfits
from candour.engine.vocabulary import MOVING

Judged = tuple[Entry, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something on record that the other procedure does not have, or not so: said in `problem`."""

    entry: Entry
    problem: Problem


@dataclass(frozen=True, slots=True)
class DutyMoved:
    """A duty owed under both procedures by different dates."""

    before: OpenDuty
    after: OpenDuty


@dataclass(frozen=True, slots=True)
class Comparison:
    """One case under two procedures: how it stands by either, and what is otherwise.

    Duties are those still owed at the moment: `appear` only by the other procedure, `go` only by
    the present one, `move` by both with other dates. `turn_late` are late by the other and not now,
    `no_longer_late` the other way about. `opens` and `shuts` are moves that only the other, or only
    the present one, leaves open. `suggests` is what only the other does or suggests by itself.
    """

    before: Snapshot
    after: Snapshot
    appear: tuple[OpenDuty, ...]
    go: tuple[OpenDuty, ...]
    move: tuple[DutyMoved, ...]
    turn_late: tuple[OpenDuty, ...]
    no_longer_late: tuple[OpenDuty, ...]
    opens: tuple[Move, ...]
    shuts: tuple[Move, ...]
    suggests: tuple[Auto, ...]
    misfits: tuple[Misfit, ...]

    @property
    def elsewhere(self) -> bool:
        """Whether the case would be at another step."""
        return self.before.step.id != self.after.step.id

    @property
    def changes(self) -> int:
        """How many things are otherwise; what turns late or does not fit counts as such."""
        parts = (self.appear, self.go, self.move, self.turn_late, self.no_longer_late, self.opens)
        more = (self.shuts, self.suggests, self.misfits)
        return sum(len(part) for part in (*parts, *more)) + self.elsewhere


def what_if(
    standing: Standing,
    procedure: Procedure,
    moment: datetime,
    alike: frozenset[str] = frozenset(),
) -> Comparison:
    """Return how a case would stand at `moment` had `procedure` held in place of its present one.

    Entries recorded under the present one that do not fit are reported, and count as far as they
    fit. Those of kinds that are known to be `alike` (`kinds_alike`) fit, and are not held again.

    Raises:
        ClockError: a date lies beyond what the other procedure’s clocks can count.
    """
    judged = _judged(procedure, standing, alike)
    if standing.eras:
        after = replayed(procedure, standing)
    else:
        after = counted_anew(procedure, (fitting(entry, wrong) for entry, wrong in judged))
    return compared(standing, after, moment, judged)


def preview(standing: Standing, draft: Draft, as_of: datetime) -> Comparison | Refusal:
    """Return what a change of procedure would bring about in a case, or why it may not be made.

    What was recorded stays as it is; `misfits` says what could not be recorded so from then on.
    """
    after = entered(standing, draft, as_of)
    if isinstance(after, Refusal):
        return after
    return compared(standing, after, as_of, _judged(after.procedure, standing, frozenset()))


def kinds_alike(one: Procedure, other: Procedure) -> frozenset[str]:
    """Return the kinds that two procedures have with the same fields and options."""
    return frozenset(name for name, kind in one.kinds.items() if other.kinds.get(name) == kind)


def _judged(procedure: Procedure, standing: Standing, alike: frozenset[str]) -> list[Judged]:
    """Return the entries recorded under the present procedure, each with what does not fit."""
    begins = standing.eras[-1].begins if standing.eras else 0
    own = {entry.id for entry in standing.recorded[begins:]}
    held = (entry for entry in standing.chronicle if entry.id in own)
    return [
        (entry, () if entry.kind in alike else tuple(misfits(procedure, entry))) for entry in held
    ]


def compared(
    before: Standing, after: Standing, moment: datetime, judged: Iterable[Judged] = ()
) -> Comparison:
    """Return what is otherwise between two standings of one case at `moment`.

    `judged` are entries, each with what is wrong with it under the procedure of `after`.
    """
    was, now = before.at(moment), after.at(moment)
    only_was, only_now, pairs = _paired(was, now)
    late_was, late_now = _late(was), _late(now)
    open_was, open_now = _open(was.moves), _open(now.moves)
    return Comparison(
        before=was,
        after=now,
        appear=tuple(only_now),
        go=tuple(only_was),
        move=tuple(DutyMoved(a, b) for a, b in pairs if a.due != b.due),
        turn_late=tuple(
            [owed for owed in only_now if owed.key in late_now]
            + [b for a, b in pairs if b.key in late_now and a.key not in late_was]
        ),
        no_longer_late=tuple(
            [owed for owed in only_was if owed.key in late_was]
            + [a for a, b in pairs if a.key in late_was and b.key not in late_now]
        ),
        opens=tuple(move for name, move in open_now.items() if name not in open_was),
        shuts=tuple(move for name, move in open_was.items() if name not in open_now),
        suggests=_new_autos(was, now),
        misfits=tuple(_misfits(after.procedure, judged)),
    )


def _new_autos(was: Snapshot, now: Snapshot) -> tuple[Auto, ...]:
    there = {auto.id for auto in was.autos}
    return tuple(auto for auto in now.autos if auto.id not in there)


def _late(snapshot: Snapshot) -> frozenset[str]:
    return frozenset(at.owed.key for at in snapshot.duties if at.state is DutyState.LATE)


def _open(moves: Iterable[MoveAt]) -> dict[str, Move]:
    return {at.move.id: at.move for at in moves if at.is_open}


def _paired(
    was: Snapshot, now: Snapshot
) -> tuple[list[OpenDuty], list[OpenDuty], list[tuple[OpenDuty, OpenDuty]]]:
    """Return the duties owed only before, only after, and the pairs that are one duty.

    One duty is one by its id and what started it; a repeating one may be at another of its times.
    """
    before = {_once(at.owed): at.owed for at in was.duties}
    after = {_once(at.owed): at.owed for at in now.duties}
    return (
        [owed for once, owed in before.items() if once not in after],
        [owed for once, owed in after.items() if once not in before],
        [(owed, after[once]) for once, owed in before.items() if once in after],
    )


def _once(owed: OpenDuty) -> tuple[str, str]:
    return owed.duty.id, owed.trigger


def _misfits(procedure: Procedure, judged: Iterable[Judged]) -> Iterator[Misfit]:
    """Yield what does not fit, with the moves that do not lead on from where the case would be."""
    step = ""
    for entry, found in judged:
        yield from (Misfit(entry, problem) for problem in found)
        if entry.kind == "case_opened":
            step = procedure.start
        elif entry.kind in MOVING and not any(p.field in ("move", "step") for p in found):
            move = procedure.moves[entry.data["move"]]
            if step and step not in move.from_steps:
                said = f"“{move.title.en}” does not lead from {procedure.steps[step].title.en}."
                yield Misfit(entry, Problem("move", said))
            step = entry.data["step"]
