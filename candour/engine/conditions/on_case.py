"""Conditions on where the case stands, and on the entry proposed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.engine.conditions.base import Situation, Timeless
from candour.engine.entries import Entry
from candour.engine.patterns import Pattern, Where
from candour.engine.words import Words

if TYPE_CHECKING:
    from candour.engine.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStep(Timeless):
    """The case is at one of these steps."""

    steps: tuple[str, ...]

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        if situation.standing.step in self.steps:
            return ()
        steps = situation.standing.procedure.steps
        titles = " or ".join(steps[step].title.en for step in self.steps)
        return self.answer(
            holds=False,
            otherwise=f"The case must be at {titles}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(Timeless):
    """The proposed entry itself has these values, made in one of these roles (any if empty)."""

    has: tuple[Where, ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def about_draft(self) -> bool:
        """It is about nothing else."""
        return True

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """Hold while there is no draft yet, so that no move looks blocked before it is tried."""
        if situation.draft is None:
            return ()
        holds = all(where.holds(situation.draft.data) for where in self.has)
        holds = holds and (not self.roles or situation.draft.role in self.roles)
        wanted = [str(Pattern("this entry", self.has))] if self.has else []
        roles = situation.standing.procedure.roles
        titles = " or ".join(roles[role].title.en for role in self.roles)
        wanted += [f"to be recorded by {titles}"] if titles else []
        return self.answer(holds=holds, otherwise=f"Needs {' '.join(wanted)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionInForce(Timeless):
    """A restriction of one of these kinds (any if empty) is in force."""

    kinds: tuple[str, ...] = ()

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        held = any(
            not self.kinds or r.restriction in self.kinds for r in situation.standing.restrictions
        )
        return self.answer(holds=held, otherwise="Needs a restriction in force; there is none.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessRunning(Timeless):
    """A process of one of these kinds (any if empty) runs beside the case."""

    kinds: tuple[str, ...] = ()

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        held = any(
            not self.kinds or started.data["process"] in self.kinds
            for started in processes_running(situation.standing)
        )
        return self.answer(holds=held, otherwise="Needs a process beside this case; none runs.")


def processes_running(standing: "Standing") -> list[Entry]:
    """Return the entries of processes that run beside a case and have not ended, oldest first."""
    ended = {ref for entry in standing.by_kind.get("process_ended", ()) for ref in entry.refers_to}
    return [e for e in standing.by_kind.get("process_started", ()) if e.id not in ended]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesMet(Timeless):
    """None of these duties is open; or, with `or_late`, none whose time has not yet passed."""

    duties: tuple[str, ...]
    or_late: bool = False

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names the duties still open."""
        titles = [
            situation.standing.procedure.duties[d].title
            for d in self.duties
            if self._waits(d, situation)
        ]
        if not titles:
            return ()
        en, cy = "; ".join(t.en for t in titles), "; ".join(t.text("cy") for t in titles)
        return (Words(f"Still to be done first: {en}.", f"I’w wneud yn gyntaf: {cy}."),)

    def _waits(self, duty: str, situation: Situation) -> bool:
        owed = [situation.standing.duties[key] for key in situation.standing.open_keys(duty)]
        return any(not (self.or_late and each.due.is_late(situation.moment)) for each in owed)


@dataclass(frozen=True, slots=True, kw_only=True)
class FitsMatrix(Timeless):
    """The outcome in the proposed entry is one that the procedure's matrix gives for its cell."""

    row_field: str
    column_field: str
    outcome_field: str

    @property
    def about_draft(self) -> bool:
        """It is about nothing else."""
        return True

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names the outcomes that the cell supports."""
        draft, matrix = situation.draft, situation.standing.procedure.matrix
        if draft is None or matrix is None:
            return ()
        cell = (draft.data.get(self.row_field, ""), draft.data.get(self.column_field, ""))
        supported = matrix.cells.get(cell, ())
        return self.answer(
            holds=draft.data.get(self.outcome_field) in supported,
            otherwise=f"For this rating the matrix supports: {', '.join(supported) or 'nothing'}.",
        )
