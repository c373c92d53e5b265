"""Where each clause of a procedure is held: which rule, field or document carries it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from candour.engine import Procedure
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
    anchor: str


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
    held = carried(procedure)
    return tuple(
        ClauseLine(
            clause.id,
            clause.at,
            clause.does,
            tuple(dict.fromkeys(_place(carrier) for carrier in held.get(clause.id, ()))),
            _state(held.get(clause.id, ())),
        )
        for clause in procedure.clauses.values()
    )


def _state(carriers: Iterable[Carrier]) -> State:
    """Return the strongest way in which a clause is held."""
    found = {carrier.what for carrier in carriers}
    if not found:
        return "none"
    if found.intersection(_ENFORCED):
        return "rule"
    return "document" if found == {"document"} else "record"


def _place(carrier: Carrier) -> Place:
    if carrier.what == "review":
        return Place(_("Review"), _("of the procedure itself"), "")
    title = said(carrier.title)
    if carrier.what == "field":
        title = f"{said(kind_named(carrier.id.partition('.')[0]).title)}: {title}"
    what = "duty" if carrier.what == "extension" else carrier.what
    anchor = f"{what}-{carrier.id}" if what in _WITH_A_PLACE else ""
    return Place(_sort(carrier.what), title, anchor)


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
