"""Where each clause of a procedure is held: which rule, field or document carries it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.engine import Procedure
from candour.engine.procedure import Clause
from candour.engine.vocabulary import kind_named
from candour.policies.carriers import Carrier, carried
from candour.web.spoken import said

State = Literal["rule", "record", "document", "none"]
_ENFORCED = ("role", "move", "gate", "duty", "extension", "auto", "one live case")
_WITH_A_PLACE = ("role", "step", "move", "gate", "duty", "auto", "document")


@dataclass(frozen=True, slots=True)
class Place:
    """One thing that carries a clause: what sort of thing, its title, and where it stands."""

    sort: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause with the places that carry it, and how strongly it is held."""

    id: str
    at: str
    does: str
    places: tuple[Place, ...]
    state: State


def clause_lines(procedure: Procedure, beside: Iterable[Procedure] = ()) -> tuple[ClauseLine, ...]:
    """Return every clause of the register, in its order, with where it is held.

    A policy may run as several procedures that share its register: a clause that one of those
    `beside` this one carries is held there.
    """
    held = [(procedure, carried(procedure))]
    held += [(other, carried(other)) for other in beside if other.name != procedure.name]
    return tuple(_line(clause, procedure, held) for clause in procedure.clauses.values())


def _line(
    clause: Clause,
    procedure: Procedure,
    held: Iterable[tuple[Procedure, Mapping[str, tuple[Carrier, ...]]]],
) -> ClauseLine:
    found = [(owner, carrier) for owner, parts in held for carrier in parts.get(clause.id, ())]
    places = (_place(carrier, owner, at_home=owner is procedure) for owner, carrier in found)
    return ClauseLine(
        clause.id,
        clause.at,
        clause.does,
        tuple(dict.fromkeys(places)),
        _state({carrier.what for _owner, carrier in found}),
    )


def _state(found: set[str]) -> State:
    """Return the strongest way in which a clause is held."""
    if not found:
        return "none"
    if found.intersection(_ENFORCED):
        return "rule"
    return "document" if found == {"document"} else "record"


def _place(carrier: Carrier, owner: Procedure, *, at_home: bool) -> Place:
    title = said(carrier.title)
    if carrier.what == "review":
        title = _("of the procedure itself")
    elif carrier.what == "field":
        title = f"{said(kind_named(carrier.id.partition('.')[0]).title)}: {title}"
    if not at_home:
        title = f"{title} ({said(owner.title)})"
    what = "duty" if carrier.what == "extension" else carrier.what
    anchor = f"#{what}-{carrier.id}" if what in _WITH_A_PLACE else ""
    page = "" if at_home or not anchor else reverse("procedure", args=[owner.name])
    return Place(_sort(carrier.what), title, page + anchor)


def _sort(what: str) -> str:
    return {
        "role": _("Role"),
        "step": _("Step"),
        "move": _("Move"),
        "gate": _("Gate"),
        "duty": _("Duty"),
        "extension": _("Extension of the duty"),
        "auto": _("By itself"),
        "field": _("Field"),
        "document": _("Document"),
        "review": _("Review"),
        "one live case": _("Opening"),
    }.get(what, what)
