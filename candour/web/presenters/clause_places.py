"""Where each clause of a procedure is held, and which scenarios prove it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _

from candour import policies
from candour.engine import Procedure
from candour.engine.parts import Clause
from candour.engine.vocabulary import kind_named
from candour.policies.carriers import Carrier, carried
from candour.policies.proving import Covered, ProvedPack, State, coverage, kept
from candour.web.spoken import said

_WITH_A_PLACE = ("role", "step", "move", "gate", "duty", "auto", "document", "template")


@dataclass(frozen=True, slots=True)
class Place:
    """One thing that carries a clause: what sort of thing, its title, and where it stands."""

    sort: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause: the places that carry it, how it is covered, and the scenarios that prove it."""

    id: str
    at: str
    does: str
    places: tuple[Place, ...]
    state: State
    proved_by: tuple[str, ...]
    why_not: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many clauses are in a state; its share of all, and that of those before, in percent."""

    state: State
    words: str
    count: int
    share: float
    before: float


def clause_lines(procedure: Procedure, beside: Iterable[Procedure] = ()) -> tuple[ClauseLine, ...]:
    """Return every clause of the register, in its order, with where it is held and how.

    A policy may run as several procedures that share its register: a clause that one of those
    `beside` this one carries is held there.
    """
    packs = [procedure, *(other for other in beside if other.name != procedure.name)]
    held = [(owner, carried(owner)) for owner in packs]
    known = [(owner, proved_of(owner)) for owner in packs]
    covered = coverage((owner, pack.proved) for owner, pack in known if pack)
    titles = {name: title for _owner, pack in known if pack for name, title in pack.titles.items()}
    return tuple(
        _line(clause, procedure, held, covered.get(clause.id), titles)
        for clause in procedure.clauses.values()
    )


def proved_of(procedure: Procedure) -> ProvedPack | None:
    """Return what is kept of the proof of a procedure; None where it was never proved as it is."""
    return _kept(policies.find(procedure.name), procedure.version)


@cache
def _kept(path: Path, _version: str) -> ProvedPack | None:
    return kept(path)


def tallies(lines: Iterable[ClauseLine]) -> tuple[Tally, ...]:
    """Return how many clauses are in each state, in the order of strength."""
    found = Counter(line.state for line in lines)
    words = {
        State.ENFORCED: _("Enforced"),
        State.SUPPORTED: _("Supported"),
        State.NOT_YET: _("Not yet"),
    }
    every = max(1, sum(found.values()))
    shares = [round(100 * found[state] / every, 2) for state in State]
    before = [round(sum(shares[:number]), 2) for number in range(len(shares))]
    return tuple(
        Tally(state, words[state], found[state], share, left)
        for state, share, left in zip(State, shares, before, strict=True)
    )


def _line(
    clause: Clause,
    procedure: Procedure,
    held: Iterable[tuple[Procedure, Mapping[str, tuple[Carrier, ...]]]],
    covered: Covered | None,
    titles: Mapping[str, str],
) -> ClauseLine:
    found = [(owner, carrier) for owner, parts in held for carrier in parts.get(clause.id, ())]
    places = (_place(carrier, owner, at_home=owner is procedure) for owner, carrier in found)
    return ClauseLine(
        clause.id,
        clause.at,
        clause.does,
        tuple(dict.fromkeys(places)),
        covered.state if covered else State.NOT_YET,
        tuple(titles[name] for name in covered.scenarios) if covered else (),
        _why_not(covered, held=bool(found)),
    )


def _why_not(covered: Covered | None, *, held: bool) -> str:
    if covered is not None and covered.scenarios:
        return ""
    return _("No scenario proves it yet") if held else _("Nothing carries it yet")


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
        "template": _("Text of a letter or form"),
        "review": _("Review"),
        "one live case": _("Opening"),
        "meeting": _("Meeting"),
        "contact": _("Contacts"),
    }.get(what, what)
