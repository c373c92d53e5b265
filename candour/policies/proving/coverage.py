"""How every clause of a register is covered: enforced or supported with proof, or not yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from candour.engine.parts import Clause
from candour.engine.procedure import Procedure
from candour.policies.carriers import Carrier, carried
from candour.policies.proving.proofs import RULES
from candour.policies.proving.register import Proved


class State(StrEnum):
    """How far a clause is covered."""

    ENFORCED = "enforced"  # a rule does it, and a scenario that cites it fails without the rule
    SUPPORTED = "supported"  # the fact or form it asks for is there, proved in the same way
    NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class Covered:
    """A clause with how it is covered.

    Attributes:
        clause: the clause of the register.
        state: how far it is covered.
        carriers: what carries it, in every procedure that shares the register.
        scenarios: names of the scenarios that cite it and fail without one of the carriers.
        why_not: one of "", "nothing carries it", "no scenario proves it".
    """

    clause: Clause
    state: State
    carriers: tuple[Carrier, ...]
    scenarios: tuple[str, ...]
    why_not: str


def coverage(packs: Iterable[tuple[Procedure, Proved]]) -> dict[str, Covered]:
    """Return clause -> how it is covered, over procedures with what is proved of each.

    A policy may run as several procedures that share its register of clauses: a clause is covered
    where any of them covers it.
    """
    clauses: dict[str, Clause] = {}
    carrying: dict[str, list[Carrier]] = {}
    proving: dict[str, dict[str, set[str]]] = {}
    for procedure, proved in packs:
        for clause_id, parts in carried(procedure).items():
            if clause_id in procedure.clauses:
                clauses.setdefault(clause_id, procedure.clauses[clause_id])
                carrying.setdefault(clause_id, []).extend(parts)
        for clause_id, by in proved.items():
            for carrier, names in by.items():
                proving.setdefault(clause_id, {}).setdefault(carrier, set()).update(names)
    return {
        id_: _covered(clause, carrying[id_], proving.get(id_, {}))
        for id_, clause in clauses.items()
    }


def _covered(
    clause: Clause, carriers: Iterable[Carrier], proving: Mapping[str, Iterable[str]]
) -> Covered:
    found = tuple(carriers)
    names = tuple(sorted({name for by in proving.values() for name in by}))
    why_not = ""
    if not names:
        why_not = "no scenario proves it" if found else "nothing carries it"
    return Covered(clause, _state(proving), found, names, why_not)


def _state(proving: Iterable[str]) -> State:
    """Return the state that the proved carriers come to."""
    sorts = {carrier.partition(" ")[0] for carrier in proving}
    if sorts & RULES:
        return State.ENFORCED
    return State.SUPPORTED if sorts else State.NOT_YET
