"""Which rules of a procedure carry a clause: where each is enforced, or only named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from candour.engine.procedure import Procedure
from candour.engine.words import Words

# Carriers that make something happen; a document only says that a form exists.
LIVE: Final = frozenset(
    {
        "role",
        "step",
        "move",
        "gate",
        "duty",
        "extension",
        "auto",
        "field",
        "contact",
        "meeting",
        "review",
        "one live case",
    }
)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A part that carries clauses: what it is, its id and title, and its trail in the pack."""

    what: str
    id: str
    title: Words
    clauses: tuple[str, ...]
    trail: tuple[str | int, ...]

    @property
    def live(self) -> bool:
        """Whether it makes something happen, and does not only name a document."""
        return self.what in LIVE

    def __str__(self) -> str:
        """Return what it is and its id."""
        return f"{self.what} {self.id}".strip()


def carriers(procedure: Procedure) -> Iterator[Carrier]:
    """Yield every part of a procedure that can carry clauses, with those it does carry."""
    for role in procedure.roles.values():
        yield Carrier("role", role.id, role.title, role.clauses, ("roles", role.id))
    for step in procedure.steps.values():
        yield Carrier("step", step.id, step.title, step.clauses, ("steps", step.id))
    for move in procedure.moves.values():
        yield Carrier("move", move.id, move.title, move.clauses, ("moves", move.id))
    for gate in procedure.gates:
        yield Carrier("gate", gate.id, gate.title, gate.clauses, ("gates", gate.id))
    for duty in procedure.duties.values():
        yield Carrier("duty", duty.id, duty.title, duty.clauses, ("duties", duty.id))
        if duty.extension is not None:
            trail: tuple[str, ...] = ("duties", duty.id, "extend")
            yield Carrier("extension", duty.id, duty.title, duty.extension.clauses, trail)
    for auto in procedure.autos:
        yield Carrier("auto", auto.id, auto.title, auto.clauses, ("autos", auto.id))
    for meeting in procedure.meetings.values():
        trail = ("meetings", meeting.id)
        yield Carrier("meeting", meeting.id, _called(procedure, meeting.id), meeting.clauses, trail)
    yield from _asking(procedure)


def _called(procedure: Procedure, meeting: str) -> Words:
    """Return what a kind of meeting is called among the procedure’s options."""
    known = {option.id: option.label for option in procedure.options.get("meetings", ())}
    return known.get(meeting, Words(meeting))


def _asking(procedure: Procedure) -> Iterator[Carrier]:
    for kind, fields in procedure.extra_fields.items():
        for number, known in enumerate(fields):
            name = f"{kind}.{known.name}"
            place = ("fields", kind, number)
            yield Carrier("field", name, known.label, known.clauses, place)
    for document in procedure.documents.values():
        trail = ("documents", document.id)
        yield Carrier("document", document.id, document.title, document.clauses, trail)
    for template in procedure.templates.values():
        trail = ("templates", template.id)
        title = procedure.documents[template.document].title
        yield Carrier("template", template.id, title, template.clauses, trail)
    for contact in procedure.contacts.values():
        trail = ("contacts", contact.id)
        yield Carrier("contact", contact.id, contact.title, contact.clauses, trail)
    if procedure.review is not None:
        clauses = procedure.review.clauses
        yield Carrier("review", "", Words("Review", "Adolygiad"), clauses, ("review",))
    if procedure.one_live_case:
        said = Words("One live case for each service", "Un achos byw i bob gwasanaeth")
        yield Carrier("one live case", "", said, procedure.one_live_case, ("one_live_case",))


def carried(procedure: Procedure) -> Mapping[str, tuple[Carrier, ...]]:
    """Return, for every clause of the register, the parts that carry it."""
    found: dict[str, list[Carrier]] = {clause: [] for clause in procedure.clauses}
    for carrier in carriers(procedure):
        for clause in carrier.clauses:
            found.setdefault(clause, []).append(carrier)
    return {clause: tuple(parts) for clause, parts in found.items()}
