"""Meetings as they stand in a log: called, opened, held in parts, attended, finished.

A meeting that is taken live is opened by `meeting_opened`; what is decided in it refers to that
entry; `meeting_held` that refers to it finishes it. A meeting recorded from paper has only its
`meeting_held`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from candour.engine.entries import Entry
from candour.engine.fields import as_values
from candour.engine.london import local
from candour.engine.meeting_rules import MeetingRule, Part
from candour.engine.patterns import Recordable
from candour.engine.standing import Standing

OPENED, BEGUN, ATTENDED, TAKEN_UP, NOTED, HELD = (
    "meeting_opened",
    "meeting_part_begun",
    "attendance_taken",
    "heading_taken_up",
    "point_noted",
    "meeting_held",
)
_ABOUT_ITSELF = (BEGUN, ATTENDED, TAKEN_UP, HELD, "minutes_circulated", "correction_made")


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting: what it began by (its opening, or its paper record), its call, its record."""

    name: str
    began_by: Entry
    called: Entry | None
    held: Entry | None

    @property
    def began_at(self) -> datetime:
        """When it began, a UTC instant."""
        return self.began_by.happened_at

    @property
    def live(self) -> bool:
        """Whether it was opened here, so that what is recorded in it refers to its opening."""
        return self.began_by.kind == OPENED

    @property
    def is_open(self) -> bool:
        """Whether it has been opened and not finished."""
        return self.held is None


@dataclass(frozen=True, slots=True)
class Said:
    """Something recorded in a meeting, and in which part; None where it has no parts."""

    part: Part | None
    entry: Entry


def rule_of(standing: Standing, meeting: Meeting) -> MeetingRule | None:
    """Return what the procedure lays down for a meeting, or None where it lays down nothing."""
    return standing.procedure.meetings.get(meeting.name)


def meetings(standing: Standing) -> tuple[Meeting, ...]:
    """Return every meeting that was opened or held, in the order in which they began."""
    finished = {ref: held for held in standing.by_kind.get(HELD, ()) for ref in held.refers_to}
    live = tuple(_live(standing, opened, finished) for opened in standing.by_kind.get(OPENED, ()))
    taken = {meeting.held.id for meeting in live if meeting.held}
    paper = (
        Meeting(_name(held), held, _called(standing, held), held)
        for held in standing.by_kind.get(HELD, ())
        if held.id not in taken
    )
    return tuple(sorted((*live, *paper), key=lambda meeting: meeting.began_at))


def open_meeting(standing: Standing) -> Meeting | None:
    """Return the meeting that is being held now, or None."""
    return next((meeting for meeting in meetings(standing) if meeting.is_open), None)


def meeting_of(standing: Standing, entry: Recordable) -> Meeting | None:
    """Return the live meeting that an entry, or a draft, refers to as made in it; or None."""
    opened = {meeting.began_by.id: meeting for meeting in meetings(standing) if meeting.live}
    return next((opened[ref] for ref in entry.refers_to if ref in opened), None)


def part_at(standing: Standing, meeting: Meeting, moment: datetime) -> Part | None:
    """Return the part that a meeting was in at a moment; None where it is not held in parts.

    It opens among the members; who begins another part records that.
    """
    rule = rule_of(standing, meeting)
    if rule is None or not rule.in_parts:
        return None
    begun = [
        entry
        for entry in standing.by_kind.get(BEGUN, ())
        if meeting.began_by.id in entry.refers_to and entry.happened_at <= moment
    ]
    return Part(begun[-1].data["part"]) if begun else Part.MEMBERS


def attendance(standing: Standing, meeting: Meeting) -> Entry | None:
    """Return the latest record of who is at a meeting, or None."""
    taken = standing.by_kind.get(ATTENDED, ())
    return next((e for e in reversed(taken) if meeting.began_by.id in e.refers_to), None)


def present(taken: Entry | None) -> tuple[str, ...]:
    """Return the agencies that are there, as attendance was taken."""
    return () if taken is None else as_values(taken.data.get("present"))


def said_in(standing: Standing, meeting: Meeting) -> Iterator[Said]:
    """Yield what was recorded in a meeting, in order, each with its part.

    For one recorded from paper: what refers to its record, or happened after it on the same day.
    A line noted is left out once something made of it stands in the record.
    """
    began = meeting.began_by
    taken_up = _taken_up(standing)
    day = local(began.happened_at).date()
    part = part_at(standing, meeting, began.happened_at - timedelta.resolution)
    for entry in standing.chronicle:
        refers = began.id in entry.refers_to
        if refers and part is not None and entry.kind == BEGUN:
            part = Part(entry.data["part"])
        if entry is began or entry.kind in _ABOUT_ITSELF or entry.id in taken_up:
            continue
        same_day = entry.happened_at >= began.happened_at and local(entry.happened_at).date() == day
        if refers or (same_day and not meeting.live):
            yield Said(part, entry)


def _taken_up(standing: Standing) -> set[str]:
    """Return the lines noted that something else was made of."""
    noted = {entry.id for entry in standing.by_kind.get(NOTED, ())}
    return {
        ref
        for entry in (standing.chronicle if noted else ())
        for ref in noted.intersection(entry.refers_to)
        if NOTED in standing.procedure.kind(entry.kind).refers
    }


def _name(entry: Entry) -> str:
    return str(entry.data["meeting"])


def _live(standing: Standing, opened: Entry, finished: dict[str, Entry]) -> Meeting:
    called = next((e for r in opened.refers_to if (e := standing.entry(r)) is not None), None)
    return Meeting(_name(opened), opened, called, finished.get(opened.id))


def _called(standing: Standing, held: Entry) -> Entry | None:
    """Return the latest call to such a meeting before it was held, or None."""
    calls = standing.by_kind.get("meeting_called", ())
    fitting = (e for e in calls if _name(e) == _name(held) and e.happened_at <= held.happened_at)
    return next(reversed(tuple(fitting)), None)
