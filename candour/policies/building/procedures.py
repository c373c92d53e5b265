"""A procedure of the engine from the parts of a checked pack."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time

from candour.engine.clocks import Clock
from candour.engine.fields import Field, FieldType, Needed
from candour.engine.for_bodies import ForBodies
from candour.engine.matrix import Matrix
from candour.engine.parts import Clause, Document, Review, Role, Source, Step
from candour.engine.procedure import Procedure
from candour.engine.words import Words
from candour.policies.building import rules
from candour.policies.building.contacts import contact
from candour.policies.building.meetings import meeting
from candour.policies.building.parts import Plain, day, ids, options, patterns, title, words
from candour.policies.building.templates import template
from candour.policies.calendars import calendar


def build(pack: Plain, clauses: Mapping[str, Clause]) -> Procedure:
    """Return the procedure that a checked pack describes, over a register of `clauses`."""
    name = pack["calendar"]
    steps = {step_id: _step(step_id, part) for step_id, part in pack["steps"].items()}
    unfinished = tuple(step.id for step in steps.values() if not step.final)
    procedure = Procedure(
        name=pack["procedure"],
        version=pack["version"],
        title=title(pack),
        nation=pack["nation"],
        calendar=calendar(name),
        start=pack["start"],
        steps=steps,
        moves={k: rules.move(k, v, unfinished, name) for k, v in pack["moves"].items()},
        duties={k: rules.duty(k, v, name) for k, v in pack.get("duties", {}).items()},
        gates=tuple(rules.gate(k, v, name) for k, v in pack.get("gates", {}).items()),
        autos=tuple(rules.auto(k, v, name) for k, v in pack.get("autos", {}).items()),
        roles={k: _role(k, v) for k, v in pack["roles"].items()},
        clauses=clauses,
        sources=tuple(_source(part) for part in pack["sources"]),
        options={k: options(v) for k, v in pack.get("options", {}).items()},
        extra_fields={k: tuple(map(_field, v)) for k, v in pack.get("fields", {}).items()},
    )
    return _with_the_rest(procedure, pack)


def _with_the_rest(procedure: Procedure, pack: Plain) -> Procedure:
    """Return the procedure with the parts that a pack need not have."""
    valid = pack.get("valid") or {}
    return replace(
        procedure,
        hides=ids(pack.get("hides")),
        documents={k: _document(k, v) for k, v in pack.get("documents", {}).items()},
        templates={k: template(k, v) for k, v in pack.get("templates", {}).items()},
        contacts={k: contact(k, v) for k, v in pack.get("contacts", {}).items()},
        meetings={k: meeting(k, v) for k, v in pack.get("meetings", {}).items()},
        matrix=_matrix(pack),
        review=_review(pack),
        valid_from=day(valid.get("from")),
        valid_to=day(valid.get("to")),
        about=pack.get("about", "service"),
        one_live_case=ids(pack.get("one_live_case")),
        summary=words(pack["summary"]),
        is_base=pack.get("base", False),
        for_bodies=_for_bodies(pack.get("for_bodies") or {}),
    )


def _for_bodies(part: Plain) -> ForBodies:
    return ForBodies(ids(part.get("functions")), ids(part.get("named")))


def register(listed: list[Plain]) -> dict[str, Clause]:
    """Return a register of clauses by their ids."""
    return {
        part["id"]: Clause(part["id"], part["at"], part["does"], part["kind"]) for part in listed
    }


def _role(name: str, part: Plain) -> Role:
    return Role(name, title(part), ids(part.get("clauses")), part.get("outside", False))


def _step(name: str, part: Plain) -> Step:
    return Step(
        id=name,
        title=title(part),
        clauses=ids(part.get("clauses")),
        final=part.get("final", False),
        describes=words(part.get("describes")),
    )


def _source(part: Plain) -> Source:
    dated, address = day(part.get("dated")), part.get("address", "")
    return Source(part["id"], part["title"], part["publisher"], dated, address)


def _document(name: str, part: Plain) -> Document:
    return Document(
        id=name,
        title=title(part),
        type=part["type"],
        at=part.get("at", ""),
        audience=part.get("audience", ""),
        clauses=ids(part.get("clauses")),
    )


def _field(part: Plain) -> Field:
    when = part.get("needed_when")
    return Field(
        name=part["name"],
        type=FieldType(part["type"]),
        label=Words(part["en"], part["cy"]),
        required=part.get("required", False),
        hint=words(part["hint"]) if "hint" in part else None,
        options=options(part.get("options", ())),
        options_list=part.get("options_list", ""),
        needed_when=Needed(when["field"], tuple(when["values"])) if when else None,
        clauses=ids(part.get("clauses")),
    )


def _matrix(pack: Plain) -> Matrix | None:
    part = pack.get("matrix")
    if part is None:
        return None
    cells = {
        (row, column): tuple(outcomes)
        for row, line in part["cells"].items()
        for column, outcomes in line.items()
    }
    named = pack.get("options", {})
    rows, columns = (options(named[part[axis]]) for axis in ("rows", "columns"))
    return Matrix(
        rows=rows,
        columns=columns,
        cells=cells,
        note=words(part["note"]),
        outcomes=tuple(option["id"] for option in named["rating_outcomes"]),
        scores={
            (row, column): score
            for row, line in part.get("scores", {}).items()
            for column, score in line.items()
        },
        stale_after=patterns(part.get("stale_after")),
    )


def _review(pack: Plain) -> Review | None:
    part = pack.get("review")
    if part is None:
        return None
    approved, following = day(part["approved"]), day(part.get("next"))
    if following is None and approved is not None and "every" in part:
        start = datetime.combine(approved, time(12), tzinfo=UTC)
        following = Clock.parse(part["every"]).due(start, calendar(pack["calendar"])).on
    return Review(approved, following, part["officer"], ids(part.get("clauses")))
