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


@dataclass(frozen=True, slots=True)
class Span:
    """A restriction as it stood from one instant until another; `ends` is None while it stands."""

    restriction: Restriction
    begins: datetime
    ends: datetime | None = None

    @property
    def key(self) -> str:
        """What tells it from every other span of its case."""
        return f"{self.restriction.imposed_by}/{self.restriction.varied_by}"


def spans(entries: Iterable[Entry]) -> tuple[Span, ...]:
    """Return each restriction as it stood and for how long, in the order in which they began.

    A variation ends one span and begins another; a review does neither.

    Args:
        entries: those of a case in the order in which they happened, as they hold now.
    """
    held: list[Restriction] = []
    found: dict[str, Span] = {}
    for entry in entries:
        if entry.kind not in KINDS:
            continue
        held = after(held, entry)
        now = {span.key: span for span in (Span(each, entry.happened_at) for each in held)}
        for key, span in found.items():
            if key in now:
                found[key] = replace(span, restriction=now[key].restriction)
            elif span.ends is None:
                found[key] = replace(span, ends=entry.happened_at)
        found = {**now, **found}
    return tuple(sorted(found.values(), key=lambda span: (span.begins, span.key)))


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


def title_of(procedure: Procedure, held: Restriction) -> Words:
    """Return the kind of a restriction as a procedure words it, or else its id."""
    known = procedure.kind(IMPOSED).field("restriction")
    labels = {option.id: option.label for option in known.options} if known else {}
    return labels.get(held.restriction, Words(held.restriction))


def subjects(procedure: Procedure, held: Iterable[Restriction]) -> tuple[Subject, ...]:
    """Return the restrictions as what a duty can be owed for, each by itself."""
    return tuple(Subject(each.imposed_by, title_of(procedure, each)) for each in held)
