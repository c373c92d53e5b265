"""Agendas: the standing headings of a meeting, each with what is open in the case for it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from candour.engine.duties import OpenDuty
from candour.engine.entries import Entry
from candour.engine.meeting_rules import Brings, Heading
from candour.engine.meetings import HELD, meetings, open_meeting
from candour.engine.minutes import to_approve
from candour.engine.plans import ADDED, AGREED, Action, plans
from candour.engine.procedure import Auto
from candour.engine.restrictions import Restriction
from candour.engine.standing import Standing

_EVIDENCE = (
    "concern_raised",
    "evidence_added",
    "feedback_received",
    "visit_made",
    "view_sought",
    "response_received",
)

Point = Action | OpenDuty | Restriction | Auto | Entry


@dataclass(frozen=True, slots=True)
class Item:
    """One heading of an agenda with what it brings up: actions, duties, restrictions, entries."""

    heading: Heading
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """For which meeting an agenda is made: the case, when, since the last and until the next."""

    standing: Standing
    moment: datetime
    since: datetime | None
    until: date | None


def agenda(
    standing: Standing, meeting: str, moment: datetime, until: date | None = None
) -> tuple[Item, ...]:
    """Return the agenda of a meeting of this name, as the case stands at `moment`.

    Args:
        standing: the case.
        meeting: the id of the meeting among the procedure’s `meetings`.
        moment: an instant; what is open is looked at then.
        until: the London day of the meeting after it, where that is known: of duties, only those
            due by then come up.

    Returns:
        Every standing heading in order, with its points; none where the procedure has no agenda.
    """
    rule = standing.procedure.meetings.get(meeting)
    earlier = [
        m for m in meetings(standing) if m.name == meeting and m.held and m.began_at < moment
    ]
    since = earlier[-1].began_at if earlier else None
    asked = Asked(standing, moment, since, until)
    return tuple(
        Item(heading, tuple(p for brought in heading.brings for p in _BRINGING[brought](asked)))
        for heading in (rule.agenda if rule else ())
    )


def _last_actions(asked: Asked) -> Iterator[Point]:
    """Yield actions still to be done, and those done since the last meeting.

    Those added in the meeting that is being held now come up at the next.
    """
    sitting = open_meeting(asked.standing)
    for plan in plans(asked.standing, asked.moment):
        for action in plan.actions:
            if sitting is not None and action.entry.happened_at >= sitting.began_at:
                continue
            done = action.completed
            if done is None or asked.since is None or done.happened_at >= asked.since:
                yield action


def _minutes(asked: Asked) -> Iterator[Point]:
    """Yield the minutes that no meeting has approved yet, each copy in its latest version."""
    for copy in to_approve(asked.standing, asked.moment):
        yield copy.latest


def _evidence(asked: Asked) -> Iterator[Point]:
    for entry in asked.standing.chronicle:
        if entry.kind in _EVIDENCE and (asked.since is None or entry.happened_at >= asked.since):
            yield entry


def _plans_due(asked: Asked) -> Iterator[Point]:
    """Yield what is owed on a plan: its reports, and that it is shared; not its single actions."""
    for owed in _owed(asked):
        if _trigger_kind(asked.standing, owed) == AGREED:
            yield owed


def _duties(asked: Asked) -> Iterator[Point]:
    """Yield what else is owed before the next meeting, but not that next meeting itself."""
    for owed in _owed(asked):
        meets = any(pattern.kind == HELD for pattern in owed.duty.met_by)
        if not meets and _trigger_kind(asked.standing, owed) not in (AGREED, ADDED):
            yield owed


def _owed(asked: Asked) -> Iterator[OpenDuty]:
    for at in asked.standing.at(asked.moment).duties:
        due = at.owed.due.on
        if asked.until is None or due is None or due <= asked.until:
            yield at.owed


def _trigger_kind(standing: Standing, owed: OpenDuty) -> str:
    trigger = standing.entry(owed.trigger)
    return trigger.kind if trigger else ""


def _restrictions(asked: Asked) -> Iterator[Point]:
    yield from asked.standing.restrictions


def _suggestions(asked: Asked) -> Iterator[Point]:
    for auto in asked.standing.autos_at(asked.moment):
        if auto.mode == "propose":
            yield auto


_BRINGING: Final[Mapping[Brings, Callable[[Asked], Iterator[Point]]]] = {
    Brings.LAST_ACTIONS: _last_actions,
    Brings.MINUTES: _minutes,
    Brings.NEW_EVIDENCE: _evidence,
    Brings.PLANS_DUE: _plans_due,
    Brings.RESTRICTIONS: _restrictions,
    Brings.SUGGESTIONS: _suggestions,
    Brings.DUTIES: _duties,
}


def next_meetings(standing: Standing) -> tuple[tuple[str, OpenDuty], ...]:
    """Return each meeting that is owed, by its name, with the duty that says by when."""
    found = [
        (str(name), owed)
        for owed in standing.owed()
        for pattern in owed.duty.met_by
        if pattern.kind == HELD
        for where in pattern.where
        if where.field == "meeting"
        for name in where.values
    ]
    return tuple(sorted(found, key=lambda pair: (pair[1].due.on or date.max, pair[0])))
