"""Every way to take a rule, part of a rule, field, choice, document or contact out of a procedure.

Used to prove that scenarios prove a procedure: without a part, a scenario that cites one of its
clauses must come out differently.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from candour.engine.conditions import AnyOf, Condition
from candour.engine.fields import Field
from candour.engine.meeting_rules import MeetingRule, Quorum
from candour.engine.patterns import Pattern
from candour.engine.procedure import Auto, Duty, Gate, Move, Procedure
from candour.policies.proving.circumstances import without_alternatives

NEVER: Final = Pattern("correction_made", roles=("nobody",))
# What a duty is without each of its parts.
BARE: Final[dict[str, Any]] = {
    "stops": (),
    "outlives": False,
    "extension": None,
    "due_field": "",
    "start_field": "",
    "only_if": (),
    "met_if": (),
    "first_since": None,
    "due_field_sooner": False,
    "not_owed_when": (),
}


@dataclass(frozen=True)
class Without:
    """A procedure without something.

    Attributes:
        carrier: the part that carries the clauses, such as “gate ppm_chair”.
        part: what of it was taken; empty for the whole of it.
        clauses: the clauses that the part carries.
        procedure: what is left.
    """

    carrier: str
    part: str
    clauses: tuple[str, ...]
    procedure: Procedure

    @property
    def what(self) -> str:
        """What was taken, in one line."""
        return f"{self.carrier}: {self.part}" if self.part else self.carrier


def takings(procedure: Procedure) -> Iterator[Without]:
    """Yield the procedure without each of its parts in turn."""
    yield from _without_gates(procedure)
    yield from _without_moves(procedure)
    yield from _without_duties(procedure)
    yield from _without_autos(procedure)
    yield from _without_fields(procedure)
    yield from _without_documents(procedure)
    yield from _without_templates(procedure)
    yield from _without_contacts(procedure)
    yield from _without_meetings(procedure)


def _without_gates(procedure: Procedure) -> Iterator[Without]:
    for number, gate in enumerate(procedure.gates):
        before, after = procedure.gates[:number], procedure.gates[number + 1 :]
        for part, thinner in _gate(gate):
            gates = (*before, thinner, *after) if thinner else (*before, *after)
            yield Without(f"gate {gate.id}", part, gate.clauses, replace(procedure, gates=gates))


def _without_moves(procedure: Procedure) -> Iterator[Without]:
    for move in procedure.moves.values():
        for part, thinner in _move(move):
            moves = {**procedure.moves, move.id: thinner}
            yield Without(f"move {move.id}", part, move.clauses, replace(procedure, moves=moves))


def _without_duties(procedure: Procedure) -> Iterator[Without]:
    for duty in procedure.duties.values():
        for part, lesser in _duty(duty):
            left = replace(procedure, duties={**procedure.duties, duty.id: lesser})
            yield Without(f"duty {duty.id}", part, duty.clauses, left)
        if duty.extension is not None and duty.extension.clauses:
            stiff = {**procedure.duties, duty.id: replace(duty, extension=None)}
            left = replace(procedure, duties=stiff)
            yield Without(f"extension {duty.id}", "", duty.extension.clauses, left)


def _without_autos(procedure: Procedure) -> Iterator[Without]:
    for number, auto in enumerate(procedure.autos):
        before, after = procedure.autos[:number], procedure.autos[number + 1 :]
        for part, looser in _auto(auto):
            autos = (*before, looser, *after) if looser else (*before, *after)
            yield Without(f"auto {auto.id}", part, auto.clauses, replace(procedure, autos=autos))


def _without_fields(procedure: Procedure) -> Iterator[Without]:
    for kind, fields in procedure.extra_fields.items():
        for known in fields:
            left = tuple(other for other in fields if other.name != known.name)
            extra = {**procedure.extra_fields, kind: left}
            name = f"field {kind}.{known.name}"
            yield Without(name, "", known.clauses, replace(procedure, extra_fields=extra))
            for part, fewer in _without_options(procedure, kind, known):
                yield Without(name, part, known.clauses, fewer)


def _without_options(
    procedure: Procedure, kind: str, known: Field
) -> Iterator[tuple[str, Procedure]]:
    """Yield the procedure without each choice of a field; a list is thinned for all who use it."""
    listed = known.options or procedure.options.get(known.options_list, ())
    for option in listed:
        left = tuple(other for other in listed if other.id != option.id)
        if known.options:
            fields = tuple(
                replace(other, options=left) if other.name == known.name else other
                for other in procedure.extra_fields[kind]
            )
            extra = {**procedure.extra_fields, kind: fields}
            yield f"option {option.id}", replace(procedure, extra_fields=extra)
        else:
            lists = {**procedure.options, known.options_list: left}
            yield f"option {option.id}", replace(procedure, options=lists)


def _without_documents(procedure: Procedure) -> Iterator[Without]:
    for document in procedure.documents.values():
        left = {name: other for name, other in procedure.documents.items() if name != document.id}
        # A text without its document is none, so both go.
        texts = {
            name: text for name, text in procedure.templates.items() if text.document != document.id
        }
        fewer = replace(procedure, documents=left, templates=texts)
        yield Without(f"document {document.id}", "", document.clauses, fewer)


def _without_templates(procedure: Procedure) -> Iterator[Without]:
    for template in procedure.templates.values():
        name, clauses = f"template {template.id}", template.clauses
        left = {
            known: other for known, other in procedure.templates.items() if known != template.id
        }
        yield Without(name, "", clauses, replace(procedure, templates=left))
        for part in ("to", "copied_to"):
            rules = getattr(template, part)
            for rule in rules:
                fewer: dict[str, Any] = {part: tuple(other for other in rules if other != rule)}
                thinner = {**procedure.templates, template.id: replace(template, **fewer)}
                yield Without(
                    name, f"{part} {rule}", clauses, replace(procedure, templates=thinner)
                )


def _without_contacts(procedure: Procedure) -> Iterator[Without]:
    for contact in procedure.contacts.values():
        left = {name: other for name, other in procedure.contacts.items() if name != contact.id}
        fewer = replace(procedure, contacts=left)
        yield Without(f"contact {contact.id}", "", contact.clauses, fewer)
        always = {**procedure.contacts, contact.id: replace(contact, hours=())}
        if contact.hours:
            thinner = replace(procedure, contacts=always)
            yield Without(f"contact {contact.id}", "hours", contact.clauses, thinner)


def _without_meetings(procedure: Procedure) -> Iterator[Without]:
    for meeting in procedure.meetings.values():
        for part, lesser in _meeting(meeting):
            meetings = {**procedure.meetings, meeting.id: lesser}
            left = replace(procedure, meetings=meetings)
            yield Without(f"meeting {meeting.id}", part, meeting.clauses, left)


def _meeting(meeting: MeetingRule) -> Iterator[tuple[str, MeetingRule]]:
    for agency in meeting.always:
        left = tuple(other for other in meeting.always if other != agency)
        yield f"always {agency}", replace(meeting, always=left)
    if meeting.in_parts:
        yield "second_part_only", replace(meeting, second_part_only=())
    if meeting.quorum is not None:
        few = Quorum(1, meeting.quorum.agencies)
        yield "quorum at_least", replace(meeting, quorum=few)
        for agency in meeting.quorum.agencies:
            needed = tuple(other for other in meeting.quorum.agencies if other != agency)
            fewer = replace(meeting.quorum, agencies=needed)
            yield f"quorum {agency}", replace(meeting, quorum=fewer)
    for number, heading in enumerate(meeting.agenda):
        before, after = meeting.agenda[:number], meeting.agenda[number + 1 :]
        yield f"heading {heading.id}", replace(meeting, agenda=(*before, *after))
        if heading.brings:
            bare = replace(heading, brings=())
            yield f"heading {heading.id} brings", replace(meeting, agenda=(*before, bare, *after))


def _needs(needs: tuple[Condition, ...]) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    for number, need in enumerate(needs):
        before, after = needs[:number], needs[number + 1 :]
        yield f"need {number + 1}", (*before, *after)
        if not isinstance(need, AnyOf):
            continue
        for way in range(len(need.parts)):
            parts = (*need.parts[:way], *need.parts[way + 1 :])
            yield f"need {number + 1}, way {way + 1}", (*before, replace(need, parts=parts), *after)


def _gate(gate: Gate) -> Iterator[tuple[str, Gate | None]]:
    for part, needs in _needs(gate.needs):
        yield part, replace(gate, needs=needs) if needs else None
    if gate.override:
        yield "override", replace(gate, override=False)


def _move(move: Move) -> Iterator[tuple[str, Move]]:
    for part, needs in _needs(move.needs):
        yield part, replace(move, needs=needs)
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
    for part in ("starts", "met_by", "stops"):
        patterns = getattr(duty, part)
        for number, pattern in enumerate(patterns):
            if pattern.each or pattern.each_of:
                once = replace(pattern, each="", each_of=())
                same: dict[str, Any] = {part: _with(patterns, number, once)}
                yield f"{part} {number + 1}, each", replace(duty, **same)
    for part, bare in BARE.items():
        if getattr(duty, part) != bare:
            yield part, replace(duty, **{part: bare})
    yield from without_alternatives(duty)
    if duty.opens != "each":
        yield "opens", replace(duty, opens="each")
    if duty.met_when != "any":
        yield "met_when", replace(duty, met_when="any")


def _with(patterns: tuple[Pattern, ...], number: int, other: Pattern) -> tuple[Pattern, ...]:
    return (*patterns[:number], other, *patterns[number + 1 :])


def _auto(auto: Auto) -> Iterator[tuple[str, Auto | None]]:
    yield "", None
    for number in range(len(auto.when)):
        left = (*auto.when[:number], *auto.when[number + 1 :])
        yield f"when {number + 1}", replace(auto, when=left)
