"""Visits as they stand in a log: planned, noted down, made, reported, commented on, final.

Nobody types how far a visit has come. It follows from the entries that refer to one another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from candour.engine.entries import Entry
from candour.engine.standing import Standing
from candour.engine.vocabulary.visits import (
    CALLED_OFF,
    COMMENTED,
    DRAFT,
    FINAL,
    MADE,
    NOTED,
    PLANNED,
    REPORTED,
)

ENTER_AND_VIEW: Final = "enter_and_view"
TOLD = "notice_sent"
TOLD_OF_VISIT, TOLD_OF_DRAFT, TOLD_OF_FINAL = "visit_announced", "visit_reported", "visit_final"
PUT, PUBLISHED = "recommendation_issued", "report_published"


class VisitState(StrEnum):
    """How far a visit has come."""

    PLANNED = "planned"
    CALLED_OFF = "called_off"
    BEING_MADE = "being_made"  # something was noted down, the visit is not written up
    MADE = "made"
    DRAFTED = "drafted"
    WITH_PROVIDER = "with_provider"
    COMMENTED = "commented"
    FINAL = "final"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit and everything that came of it.

    `entry` is the one it is known by: its plan, or the visit itself where it was made without one.
    `noted_late` are the notes that came in after it was written up, as from a phone without signal.
    """

    entry: Entry
    plan: Entry | None = None
    announced: Entry | None = None
    called_off: Entry | None = None
    notes: tuple[Entry, ...] = ()
    noted_late: tuple[Entry, ...] = ()
    made: Entry | None = None
    draft: Entry | None = None
    told: Entry | None = None
    comments: tuple[Entry, ...] = ()
    final: Entry | None = None
    final_told: Entry | None = None
    put: tuple[Entry, ...] = ()
    published: Entry | None = None

    @property
    def at(self) -> datetime:
        """When it took place, or is to."""
        if self.made is not None:
            return self.made.happened_at
        return datetime.fromisoformat(self.entry.data["planned_for"])

    @property
    def state(self) -> VisitState:
        """How far it has come."""
        reached = (
            (self.published, VisitState.PUBLISHED),
            (self.final, VisitState.FINAL),
            (self.comments, VisitState.COMMENTED),
            (self.told, VisitState.WITH_PROVIDER),
            (self.draft, VisitState.DRAFTED),
            (self.made, VisitState.MADE),
            (self.called_off, VisitState.CALLED_OFF),
            (self.notes, VisitState.BEING_MADE),
        )
        return next((state for came, state in reached if came), VisitState.PLANNED)

    def was_put(self, recommendation: str) -> bool:
        """Say whether a recommendation of its report has been put to anybody."""
        return any(recommendation in str(entry.data["what_is_asked"]) for entry in self.put)


def visits(standing: Standing) -> tuple[Visit, ...]:
    """Return the visits of a case, those furthest ahead first."""
    planned = [_planned(standing, plan) for plan in _of(standing, PLANNED)]
    known = {visit.made.id for visit in planned if visit.made}
    alone = [
        _visit(standing, made, None, made)
        for made in _of(standing, MADE)
        if made.id not in known and made.data.get("visit") == ENTER_AND_VIEW
    ]
    return tuple(sorted([*planned, *alone], key=lambda visit: visit.at, reverse=True))


def _planned(standing: Standing, plan: Entry) -> Visit:
    return _visit(standing, plan, plan, _first(standing, MADE, plan))


def _visit(standing: Standing, entry: Entry, plan: Entry | None, made: Entry | None) -> Visit:
    drafts = [e for e in _about(standing, REPORTED, made) if e.data["stage"] == DRAFT]
    finals = [e for e in _about(standing, REPORTED, made) if e.data["stage"] == FINAL]
    reports = (*drafts, *finals)
    notes = _about(standing, NOTED, plan)
    return Visit(
        entry=entry,
        plan=plan,
        announced=_told(standing, TOLD_OF_VISIT, plan.refers_to if plan else ()),
        called_off=_first(standing, CALLED_OFF, plan),
        notes=notes,
        noted_late=_after(standing, notes, made),
        made=made,
        draft=drafts[-1] if drafts else None,
        told=_told(standing, TOLD_OF_DRAFT, [draft.id for draft in drafts]),
        comments=tuple(e for d in drafts for e in _about(standing, COMMENTED, d)),
        final=finals[-1] if finals else None,
        final_told=_told(standing, TOLD_OF_FINAL, [final.id for final in finals]),
        put=tuple(e for r in reports for e in _about(standing, PUT, r)),
        published=next((e for f in finals for e in _about(standing, PUBLISHED, f)), None),
    )


def _after(standing: Standing, notes: Iterable[Entry], made: Entry | None) -> tuple[Entry, ...]:
    """Return the notes that were recorded after the visit, whenever they were written."""
    if made is None:
        return ()
    places = {entry.id: place for place, entry in enumerate(standing.recorded)}
    return tuple(note for note in notes if places[note.id] > places[made.id])


def _told(standing: Standing, notice: str, about: Iterable[str]) -> Entry | None:
    """Return the first notice of a sort that was sent about any of these entries."""
    wanted = set(about)
    sent = (entry for entry in _of(standing, TOLD) if entry.data["notice"] == notice)
    return next((entry for entry in sent if wanted.intersection(entry.refers_to)), None)


def _of(standing: Standing, kind: str) -> tuple[Entry, ...]:
    return tuple(standing.by_kind.get(kind, ()))


def _about(standing: Standing, kind: str, entry: Entry | None) -> tuple[Entry, ...]:
    if entry is None:
        return ()
    return tuple(found for found in _of(standing, kind) if entry.id in found.refers_to)


def _first(standing: Standing, kind: str, entry: Entry | None) -> Entry | None:
    return next(iter(_about(standing, kind, entry)), None)
