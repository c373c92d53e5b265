"""A procedure in plain lines, as `candour procedures show` prints it."""

from collections.abc import Iterator
from itertools import chain

from candour.engine.conditions import Condition
from candour.engine.parts import Step
from candour.engine.procedure import Auto, Duty, Gate, Move, Procedure
from candour.engine.words import Language


def listed(procedure: Procedure) -> str:
    """Return a procedure as one line of a list."""
    line = f"{procedure.name}  {procedure.version}  {procedure.title.en}"
    if procedure.is_base:
        line += "  (a base)"
    return f"{line}  (on {procedure.basis.bases[0]})" if procedure.basis else line


def shown(procedure: Procedure, language: Language = "en") -> Iterator[str]:
    """Yield a procedure line by line: what it is, who acts, and every rule with its clauses."""
    yield from _heading(procedure, language)
    sections: dict[str, Iterator[str]] = {
        "Roles": (
            _item(role.title.text(language), role.id, role.clauses)
            for role in procedure.roles.values()
        ),
        "Steps": (_step(step, language) for step in procedure.steps.values()),
        "Moves": chain(*(_move(move, language) for move in procedure.moves.values())),
        "Gates": chain(*(_gate(gate, language) for gate in procedure.gates)),
        "Duties": chain(*(_duty(duty, language) for duty in procedure.duties.values())),
        "By itself": chain(*(_auto(auto, language) for auto in procedure.autos)),
    }
    for heading, lines in sections.items():
        yield from ("", heading)
        yield from lines
    yield from _taken_over(procedure)


def _taken_over(procedure: Procedure) -> Iterator[str]:
    """Yield what a procedure has from its base, section by section."""
    if procedure.basis is None:
        return
    yield from ("", f"From its base, {', '.join(procedure.basis.bases)}")
    sections: dict[str, list[str]] = {}
    for section, name in sorted(procedure.basis.parts):
        sections.setdefault(section, []).append(name)
    for section, names in sections.items():
        yield f"  {section}: {', '.join(names)}"


def _step(step: Step, language: Language) -> str:
    closes = " (closes the case)" if step.final else ""
    return _item(f"{step.title.text(language)}{closes}", step.id, step.clauses)


def _heading(procedure: Procedure, language: Language) -> Iterator[str]:
    yield f"{procedure.title.text(language)} [{procedure.name}], version {procedure.version}"
    yield procedure.summary.text(language)
    since = procedure.valid_from.isoformat() if procedure.valid_from else "an unstated day"
    until = procedure.valid_to.isoformat() if procedure.valid_to else "further notice"
    yield f"In force from {since} until {until}; calendar {procedure.calendar.name}."
    if procedure.is_base:
        yield "A base: others are made from it, and no case is opened under it."
    review = procedure.review
    if review is not None and review.next_review is not None:
        yield f"Reviewed next on {review.next_review.isoformat()}; {review.officer} answers for it."
    for source in procedure.sources:
        yield f"From: {source.title}, {source.publisher} [{source.id}]"


def _item(text: str, name: str, clauses: tuple[str, ...]) -> str:
    return f"  {text} [{name}]" + (f" {', '.join(clauses)}" if clauses else "")


def _needs(needs: tuple[Condition, ...], word: str, language: Language) -> Iterator[str]:
    for need in needs:
        if need.says.en:
            yield f"      {word}: {need.says.text(language)}"


def _move(move: Move, language: Language) -> Iterator[str]:
    yield _item(move.title.text(language), move.id, move.clauses)
    yield f"      {', '.join(move.from_steps)} → {move.to}"
    if move.decided_by:
        yield f"      decided by: {', '.join(move.decided_by)}"
    yield from _needs(move.needs, "needs", language)
    if move.override:
        yield f"      may be overridden by: {', '.join(move.override_by) or 'whoever decides'}"
    if move.rationale:
        yield "      needs a written rationale"


def _gate(gate: Gate, language: Language) -> Iterator[str]:
    yield _item(gate.title.text(language), gate.id, gate.clauses)
    yield f"      before: {gate.on}"
    yield from _needs(gate.needs, "needs", language)


def _duty(duty: Duty, language: Language) -> Iterator[str]:
    yield _item(duty.title.text(language), duty.id, duty.clauses)
    starts = " or ".join(str(pattern) for pattern in duty.starts)
    yield f"      {duty.clock.words(language)}: {starts}"
    joined = " and " if duty.met_when == "all" else " or "
    yield f"      met by: {joined.join(str(pattern) for pattern in duty.met_by)}"
    extended = duty.extension
    if extended is not None:
        yield f"      may be extended by: {', '.join(extended.endorsed_by) or duty.owner}"
    yield f"      owner: {duty.owner}"


def _auto(auto: Auto, language: Language) -> Iterator[str]:
    yield _item(auto.title.text(language), auto.id, auto.clauses)
    yield from _needs(auto.when, "when", language)
    how = "does it" if auto.mode == "do" else f"proposes it to {auto.to_role}"
    yield f"      {how}: {auto.kind}, {', '.join(f'{k} {v}' for k, v in auto.data.items())}"
