"""Restrictions in force: what each keeps out; how it is imposed, varied, reviewed and lifted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from candour.engine.entries import Entry
from candour.engine.fields import as_values
from candour.engine.procedure import Procedure
from candour.engine.subjects import Subject
from candour.engine.words import Words

IMPOSED: Final = "restriction_imposed"
VARIED: Final = "restriction_varied"
REVIEWED: Final = "restriction_reviewed"
LIFTED: Final = "restriction_lifted"
KINDS: Final = frozenset({IMPOSED, VARIED, REVIEWED, LIFTED})


@dataclass(frozen=True, slots=True)
class Restriction:
    """A restriction in force: the entry that imposed it, its kind and scope, when last reviewed.

    `care_types`, `complexities`, `funders` (ids of options) and `units` (names) say what it keeps
    out; each that is empty leaves that side of a placement open. `varied_by` is the entry that
    last changed its scope.
    """

    imposed_by: str
    restriction: str
    scope: str
    since: datetime
    reviewed_at: datetime | None = None
    care_types: tuple[str, ...] = ()
    complexities: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    varied_by: str = ""


def after(held: Iterable[Restriction], entry: Entry) -> list[Restriction]:
    """Return the restrictions in force after `entry`, of a kind in `KINDS`."""
    match entry.kind:
        case "restriction_imposed":
            return [*held, _imposed(entry)]
        case "restriction_lifted":
            return [each for each in held if each.imposed_by not in entry.refers_to]
        case _:
            return [_touched(each, entry) for each in held]


def _imposed(entry: Entry) -> Restriction:
    return Restriction(
        imposed_by=entry.id,
        restriction=str(entry.data.get("restriction", "")),
        since=entry.happened_at,
        **_scope(entry),
    )


def _touched(held: Restriction, entry: Entry) -> Restriction:
    """Return a restriction as it stands after a review or a variation.

    A review that refers to none is of all; a variation always says which.
    """
    if held.imposed_by in entry.refers_to and entry.kind == VARIED:
        return replace(held, varied_by=entry.id, **_scope(entry))
    reviewed = entry.kind == REVIEWED and (
        not entry.refers_to or held.imposed_by in entry.refers_to
    )
    return replace(held, reviewed_at=entry.happened_at) if reviewed else held


def _scope(entry: Entry) -> dict[str, Any]:
    """Return what an entry that imposes or varies a restriction says it keeps out: all of it."""
    sides = ("care_types", "complexities", "units", "funders")
    return {
        "scope": str(entry.data.get("scope", "")),
        **{side: tuple(as_values(entry.data.get(side))) for side in sides},
    }


def subjects(procedure: Procedure, held: Iterable[Restriction]) -> tuple[Subject, ...]:
    """Return the restrictions as what a duty can be owed for, each by itself."""
    labels = {
        option.id: option.label
        for known in procedure.kind(IMPOSED).fields
        if known.name == "restriction"
        for option in known.options
    }
    return tuple(
        Subject(each.imposed_by, labels.get(each.restriction, Words(each.restriction)))
        for each in held
    )
