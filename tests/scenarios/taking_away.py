"""Every way to take one rule, or one part of a rule, out of a procedure.

Used to prove that the scenarios prove the rules: without a rule, a scenario that cites one of its
clauses must come out differently.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from candour.engine.conditions import AnyOf, Condition
from candour.engine.patterns import Pattern
from candour.engine.procedure import Auto, Duty, Gate, Move, Procedure

NEVER = Pattern("correction_made", roles=("nobody",))
# What a duty is without each of its parts.
BARE: dict[str, Any] = {
    "stops": (),
    "outlives": False,
    "extension": None,
    "due_field": "",
    "start_field": "",
    "only_if": (),
    "first_since": None,
    "due_field_sooner": False,
}


@dataclass(frozen=True)
class Without:
    """A procedure without something: what was taken, and the clauses that it carried."""

    what: str
    clauses: tuple[str, ...]
    procedure: Procedure


def takings(procedure: Procedure) -> Iterator[Without]:
    """Yield the procedure without each of its rules' parts in turn."""
    for number, gate in enumerate(procedure.gates):
        before, after = procedure.gates[:number], procedure.gates[number + 1 :]
        for what, thinner in _gate(gate):
            gates = (*before, thinner, *after) if thinner else (*before, *after)
            yield Without(f"gate {gate.id}: {what}", gate.clauses, replace(procedure, gates=gates))
    for move in procedure.moves.values():
        for what, thinner_move in _move(move):
            moves = {**procedure.moves, move.id: thinner_move}
            yield Without(f"move {move.id}: {what}", move.clauses, replace(procedure, moves=moves))
    for duty in procedure.duties.values():
        for what, lesser in _duty(duty):
            duties = {**procedure.duties, duty.id: lesser}
            yield Without(
                f"duty {duty.id}: {what}", duty.clauses, replace(procedure, duties=duties)
            )
    for number, auto in enumerate(procedure.autos):
        before_auto, after_auto = procedure.autos[:number], procedure.autos[number + 1 :]
        for what, looser in _auto(auto):
            autos = (*before_auto, looser, *after_auto) if looser else (*before_auto, *after_auto)
            yield Without(f"auto {auto.id}: {what}", auto.clauses, replace(procedure, autos=autos))


def _needs(needs: tuple[Condition, ...]) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    for number, need in enumerate(needs):
        before, after = needs[:number], needs[number + 1 :]
        yield f"need {number + 1}", (*before, *after)
        for way in range(len(need.parts) if isinstance(need, AnyOf) else 0):
            assert isinstance(need, AnyOf)
            parts = (*need.parts[:way], *need.parts[way + 1 :])
            yield f"need {number + 1}, way {way + 1}", (*before, replace(need, parts=parts), *after)


def _gate(gate: Gate) -> Iterator[tuple[str, Gate | None]]:
    for what, needs in _needs(gate.needs):
        yield what, replace(gate, needs=needs) if needs else None
    if gate.override:
        yield "override", replace(gate, override=False)


def _move(move: Move) -> Iterator[tuple[str, Move]]:
    for what, needs in _needs(move.needs):
        yield what, replace(move, needs=needs)
    if move.rationale:
        yield "rationale", replace(move, rationale=False)
    yield "who decides", replace(move, decided_by=())
    for step in move.from_steps:
        left = tuple(other for other in move.from_steps if other != step)
        yield f"from {step}", replace(move, from_steps=left)


def _duty(duty: Duty) -> Iterator[tuple[str, Duty]]:
    for part in ("starts", "met_by"):
        patterns = getattr(duty, part)
        for number in range(len(patterns)):
            left = (*patterns[:number], *patterns[number + 1 :]) or (NEVER,)
            fewer: dict[str, Any] = {part: left}
            yield f"{part} {number + 1}", replace(duty, **fewer)
    for part, bare in BARE.items():
        if getattr(duty, part) != bare:
            yield part, replace(duty, **{part: bare})
    if duty.opens != "each":
        yield "opens", replace(duty, opens="each")
    if duty.met_when != "any":
        yield "met_when", replace(duty, met_when="any")


def _auto(auto: Auto) -> Iterator[tuple[str, Auto | None]]:
    yield "whole", None
    for number in range(len(auto.when)):
        yield (
            f"when {number + 1}",
            replace(auto, when=(*auto.when[:number], *auto.when[number + 1 :])),
        )
