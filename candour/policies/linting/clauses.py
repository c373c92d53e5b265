"""Clauses: every rule names the clause it comes from, and every clause has a rule."""

from collections.abc import Iterable, Iterator
from typing import Final

from candour.engine.errors import nearest
from candour.engine.kinds import Kind
from candour.engine.procedure import Gate, Move, Procedure, has_subject
from candour.engine.vocabulary import KINDS
from candour.policies.carriers import carriers
from candour.policies.linting.findings import Finding, error, note

NEEDED: Final = frozenset({"step", "move", "gate", "duty", "auto"})
ENFORCED: Final = frozenset({"clock", "gate", "role", "auto"})


def referred(procedure: Procedure) -> Iterator[Finding]:
    """Yield rules without a clause, and clauses that the register does not have."""
    deciding = set(_deciding(procedure))
    for carrier in carriers(procedure):
        for clause in carrier.clauses:
            if clause not in procedure.clauses:
                near = nearest(clause, procedure.clauses)
                message = f"The register has no clause “{clause}”.{near}"
                yield error((*carrier.trail, "clauses"), message)
        if carrier.clauses:
            continue
        if carrier.what in NEEDED:
            message = f"The {carrier} names no clause. Say where it comes from."
            yield error(carrier.trail, message)
        elif carrier.what == "role" and carrier.id in deciding:
            message = f"The {carrier} decides things, but names no clause. Say which lets it."
            yield note(carrier.trail, message)
    yield from _overrides(procedure)


def _deciding(procedure: Procedure) -> Iterator[str]:
    for move in procedure.moves.values():
        yield from (*move.decided_by, *move.override_by)
    for gate in procedure.gates:
        yield from (*gate.on.roles, *gate.override_by)


def _overrides(procedure: Procedure) -> Iterator[Finding]:
    rules: list[tuple[str, Move | Gate]] = [("moves", move) for move in procedure.moves.values()]
    rules += [("gates", gate) for gate in procedure.gates]
    for section, rule in rules:
        if rule.override and not rule.clauses:
            message = f"“{rule.id}” may be overridden, but no clause says so."
            yield error((section, rule.id, "override"), message)


def uncarried(procedure: Procedure, beside: Iterable[Procedure] = ()) -> Iterator[Finding]:
    """Yield clauses of the register that no rule carries, here or in packs that share it."""
    everything = [c for one in (procedure, *beside) for c in carriers(one)]
    named = {clause for carrier in everything for clause in carrier.clauses}
    live = {clause for carrier in everything if carrier.live for clause in carrier.clauses}
    for number, clause in enumerate(procedure.clauses.values()):
        trail = ("clauses", number)
        if clause.kind in ENFORCED and clause.id not in live:
            message = f"Nothing enforces {clause.id} ({clause.kind}): {clause.does}"
            yield error(trail, message)
        elif clause.id not in named:
            yield note(trail, f"Nothing carries {clause.id} ({clause.kind}): {clause.does}")


def options(procedure: Procedure) -> Iterator[Finding]:
    """Yield lists of options that nothing asks for, and kinds that lack theirs."""
    own = [known for fields in procedure.extra_fields.values() for known in fields]
    base = [known for kind in KINDS.values() for known in kind.fields]
    asked = {known.options_list for known in (*own, *base)}
    if procedure.matrix is not None:
        axes = (procedure.matrix.rows, procedure.matrix.columns)
        asked |= {name for name, listed in procedure.options.items() if listed in axes}
    for name in procedure.options:
        if name not in asked:
            near = nearest(name, asked - {""})
            yield error(("options", name), f"No field asks for the list “{name}”.{near}")
    lacking = [kind for kind in KINDS.values() if _lacks(kind, procedure)]
    if lacking:
        said = "; ".join(f"{kind.name} ({', '.join(_lacks(kind, procedure))})" for kind in lacking)
        message = f"These kinds cannot be recorded for want of lists of options: {said}."
        yield note(("options",), f"{message} Give the lists, or put the kinds under “hides”.")


def _lacks(kind: Kind, procedure: Procedure) -> list[str]:
    """Return the lists of options without which a kind that is not hidden cannot be recorded."""
    if kind.name in (*procedure.kinds, *procedure.hides) or not has_subject(kind, procedure.kinds):
        return []
    return [
        known.options_list
        for known in kind.fields
        if known.required and known.options_list and known.options_list not in procedure.options
    ]
