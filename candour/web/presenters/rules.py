"""The rules that a date or a refusal rests on, in our words and with where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from candour.engine import Procedure
from candour.web.presenters.addresses import clause_place


@dataclass(frozen=True, slots=True)
class Rule:
    """A clause: its id, what it lays down, where it stands in its source, and its own address."""

    reference: str
    words: str
    place: str
    address: str


def rules(procedure: Procedure, clauses: Iterable[str]) -> tuple[Rule, ...]:
    """Return the clauses of these ids, each once; one that the register lacks is left out."""
    known = (procedure.clauses.get(clause) for clause in dict.fromkeys(clauses))
    return tuple(
        Rule(clause.id, clause.does, clause.at, clause_place(procedure.name, clause.id))
        for clause in known
        if clause is not None
    )
