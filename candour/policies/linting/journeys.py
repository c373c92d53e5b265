"""Steps and moves: every step can be reached, every case can end, every move can be made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from candour.engine.patterns import Pattern, Where
from candour.engine.procedure import Move, Procedure
from candour.policies.linting.contradictions import Setting, never
from candour.policies.linting.findings import Finding, error
from candour.policies.linting.possible import Possible, moving_kinds


@dataclass(frozen=True)
class Journeys:
    """Where a case can go under a procedure."""

    procedure: Procedure

    @cached_property
    def barred(self) -> dict[str, str]:
        """Moves that can never be made without an override, each with why."""
        found = {move.id: self._bar(move) for move in self.procedure.moves.values()}
        return {move: why for move, why in found.items() if why}

    def _bar(self, move: Move) -> str:
        own = (Where("move", (move.id,)), Where("step", (move.to,)))
        kind = moving_kinds(self.procedure, move)[0]
        made, possible = Pattern(kind, own), Possible(self.procedure)
        setting = Setting(possible, frozenset(move.from_steps), made, move.decided_by)
        return never(move.needs, setting) or possible.why_not(made)

    @cached_property
    def ways(self) -> dict[str, set[str]]:
        """Step -> the steps that can be entered from it."""
        found: dict[str, set[str]] = {step: set() for step in self.procedure.steps}
        for move in self.procedure.moves.values():
            if move.id not in self.barred or move.override:
                for step in move.from_steps:
                    found[step].add(move.to)
        return found

    @cached_property
    def reached(self) -> frozenset[str]:
        """The steps that a case can ever be at."""
        return frozenset(self._from([self.procedure.start]))

    def _from(self, starts: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(starts)
        while waiting:
            step = waiting.pop()
            if step not in found:
                found.add(step)
                waiting += self.ways.get(step, ())
        return found

    def findings(self) -> Iterator[Finding]:
        """Yield steps that cannot be reached or left, and moves that cannot be made."""
        finals = {step.id for step in self.procedure.steps.values() if step.final}
        if not finals:
            message = "No step is final, so no case ever ends. Mark one “final: true”."
            yield error(("steps",), message)
        for step in self.procedure.steps:
            yield from self._step(step, finals)
        for move, why in self.barred.items():
            message = f"The move “{move}” can never be made: {why}."
            yield error(("moves", move, "needs"), message)

    def _step(self, step: str, finals: set[str]) -> Iterator[Finding]:
        trail = ("steps", step)
        if step not in self.reached:
            message = f"No case can ever reach “{step}”. Add a move to it, or take it out."
            yield error(trail, message)
        elif step not in finals and not self.ways[step] - {step}:
            message = f"“{step}” is a dead end: no move leads from it. Add one, or make it final."
            yield error(trail, message)
        elif finals and not self._from([step]) & finals:
            message = f"A case at “{step}” can never end: no moves lead from it to a final step."
            yield error(trail, message)
