"""Where each clause of a procedure is held: which rule, field or document carries it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from candour.engine import Procedure
from candour.engine.vocabulary import kind_named
from candour.web.spoken import said

State = Literal["rule", "record", "document", "none"]


@dataclass(frozen=True, slots=True)
class Place:
    """One thing that carries a clause: what sort of thing, its title, and where it stands."""

    sort: str
    title: str
    anchor: str
    state: State


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause with the places that carry it, and how strongly it is held."""

    id: str
    at: str
    does: str
    places: tuple[Place, ...]
    state: State


def clause_lines(procedure: Procedure) -> tuple[ClauseLine, ...]:
    """Return every clause of the register, in its order, with where it is held."""
    held: dict[str, list[Place]] = {}
    for place, clauses in _carriers(procedure):
        for clause in dict.fromkeys(clauses):
            held.setdefault(clause, []).append(place)
    return tuple(
        ClauseLine(
            clause.id,
            clause.at,
            clause.does,
            tuple(dict.fromkeys(held.get(clause.id, ()))),
            _state(held.get(clause.id, [])),
        )
        for clause in procedure.clauses.values()
    )


def _state(places: list[Place]) -> State:
    """Return the strongest way in which a clause is held."""
    strongest: tuple[State, ...] = ("rule", "record", "document")
    return next((s for s in strongest if any(place.state == s for place in places)), "none")


_Carried = Iterator[tuple[Place, tuple[str, ...]]]


def _carriers(procedure: Procedure) -> _Carried:
    yield from _rules(procedure)
    yield from _of_the_whole(procedure)
    for step in procedure.steps.values():
        yield Place(_("Step"), said(step.title), f"step-{step.id}", "record"), step.clauses
    for role in procedure.roles.values():
        yield Place(_("Role"), said(role.title), f"role-{role.id}", "rule"), role.clauses
    yield from _fields(procedure)
    for document in procedure.documents.values():
        place = Place(_("Document"), said(document.title), f"document-{document.id}", "document")
        yield place, document.clauses


def _rules(procedure: Procedure) -> _Carried:
    for move in procedure.moves.values():
        yield Place(_("Move"), said(move.title), f"move-{move.id}", "rule"), move.clauses
    for duty in procedure.duties.values():
        place = Place(_("Duty"), said(duty.title), f"duty-{duty.id}", "rule")
        yield place, duty.clauses
        if duty.extension is not None:
            yield place, duty.extension.clauses
    for gate in procedure.gates:
        yield Place(_("Gate"), said(gate.title), f"gate-{gate.id}", "rule"), gate.clauses
    for auto in procedure.autos:
        yield Place(_("By itself"), said(auto.title), f"auto-{auto.id}", "rule"), auto.clauses


def _of_the_whole(procedure: Procedure) -> _Carried:
    only_one = Place(_("Opening"), _("One live case for each service"), "opening", "rule")
    yield only_one, procedure.one_live_case
    if procedure.review is not None:
        yield (
            Place(_("Review"), _("Review of the procedure"), "review", "record"),
            (procedure.review.clauses),
        )


def _fields(procedure: Procedure) -> _Carried:
    for kind, fields in procedure.extra_fields.items():
        title = said(kind_named(kind).title)
        for known in fields:
            place = Place(_("Field"), f"{title}: {said(known.label)}", "", "record")
            yield place, known.clauses
