"""The meetings that a log calls: every call to one and the same meeting, until it begins.

A meeting is called, called again for another day, put right, taken back. All of that is about one
date in people's calendars, so it is one `Sitting` with an identity that never changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from candour.engine import Entry, Standing
from candour.engine.corrections import CORRECTION
from candour.engine.london import LONDON
from candour.engine.meeting_rules import MeetingRule
from candour.engine.meetings import Meeting, meetings

CALLED = "meeting_called"
USUAL_LENGTH = timedelta(hours=1)  # where a call says when it begins and not when it ends


@dataclass(frozen=True, slots=True)
class Times:
    """When something is in a calendar: from an instant to another, or a whole London day."""

    day: date
    begins: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting that was called.

    Attributes:
        id: the entry that called it first; its identity, whatever becomes of it.
        name: the id of the meeting among the procedure's.
        call: the latest call to it, as it holds now; None once every call was taken back.
        last: the same, or the last that was taken back.
        changed_by: the entry that last said anything about it.
        begun: it was opened or held since; nothing about it is to come.
    """

    id: str
    name: str
    call: Entry | None
    last: Entry
    changed_by: str
    begun: bool


@dataclass(slots=True)
class _Gathered:
    """The calls to one meeting, in the order in which they were recorded."""

    id: str
    name: str
    calls: list[Entry]
    latest: Entry | None = None


def sittings(standing: Standing) -> tuple[Sitting, ...]:
    """Return every meeting that the log ever called, in the order of their first calls."""
    began = meetings(standing)
    changed = _changed_by(standing)
    return tuple(
        Sitting(
            one.id,
            one.name,
            one.latest,
            one.latest or one.calls[-1],
            max((changed[call.id] for call in one.calls), key=lambda said: said[0])[1],
            any(_answers(meeting, one) for meeting in began),
        )
        for one in _gathered(standing, began)
    )


def _gathered(standing: Standing, began: tuple[Meeting, ...]) -> list[_Gathered]:
    held = {entry.id: entry for entry in standing.by_kind.get(CALLED, ())}
    found: list[_Gathered] = []
    last: dict[str, _Gathered] = {}
    for recorded in standing.recorded:
        if recorded.kind != CALLED:
            continue
        now = held.get(recorded.id)
        call = now or recorded
        name = str(call.data["meeting"])
        one = last.get(name)
        if one is None or any(_between(m, one.calls[-1], call) for m in began if m.name == name):
            one = last[name] = _Gathered(recorded.id, name, [])
            found.append(one)
        one.calls.append(call)
        one.latest = now or one.latest
    return found


def _between(meeting: Meeting, before: Entry, after: Entry) -> bool:
    return before.happened_at <= meeting.began_at <= after.happened_at


def _answers(meeting: Meeting, one: _Gathered) -> bool:
    """Whether a meeting that began is the one called."""
    if meeting.called is not None and meeting.live:
        return any(meeting.called.id == call.id for call in one.calls)
    return meeting.name == one.name and meeting.began_at >= one.calls[-1].happened_at


def _changed_by(standing: Standing) -> dict[str, tuple[int, str]]:
    """Return for each call the place in the log, and the id, of what last spoke of it."""
    return {ref: (place, said) for place, said, ref in _speaking_of_calls(standing)}


def _speaking_of_calls(standing: Standing) -> Iterator[tuple[int, str, str]]:
    about: dict[str, tuple[str, ...]] = {}  # a correction, and the calls that it speaks of
    for place, entry in enumerate(standing.recorded):
        if entry.kind == CALLED:
            yield place, entry.id, entry.id
            about[entry.id] = (entry.id,)
        elif entry.kind == CORRECTION:
            about[entry.id] = tuple(c for ref in entry.refers_to for c in about.get(ref, ()))
            for call in about[entry.id]:
                yield place, entry.id, call


def times(call: Entry, rule: MeetingRule | None, *, with_provider: bool) -> Times:
    """Return when somebody is to be there.

    Those who come to the provider's part only are told of that part: from when it begins, or, while
    nobody has said, the day alone. When the members' part begins is never theirs to know.
    """
    day = date.fromisoformat(call.data["meets_on"])
    narrowed = with_provider and rule is not None and rule.in_parts
    begins = _at(day, call.data.get("provider_from" if narrowed else "starts_at"))
    if begins is None:
        return Times(day)
    ends = _at(day, call.data.get("ends_at"))
    return Times(day, begins, ends if ends and ends > begins else begins + USUAL_LENGTH)


def _at(day: date, clock: object) -> datetime | None:
    """Return the instant of a London clock time; one that the clock skips is the hour after."""
    if not clock:
        return None
    return datetime.combine(day, time.fromisoformat(str(clock)), LONDON).astimezone(UTC)
