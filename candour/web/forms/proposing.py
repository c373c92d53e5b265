"""What a form about a meeting, an action or a resident proposes, out of what is on record already.

Nothing of it is recorded before the person has read it and sent the form.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from candour.engine import Entry, Standing
from candour.engine.agendas import agenda
from candour.engine.closures import MOVED, PLANNED, SHARED, resident_of
from candour.engine.conditions import Proposed
from candour.engine.fields import as_values
from candour.engine.meeting_rules import Part
from candour.engine.meetings import (
    ATTENDED,
    BEGUN,
    HELD,
    Meeting,
    attendance,
    meetings,
    present,
    rule_of,
)
from candour.engine.plan_talk import COMPLETED, says_done
from candour.web.forms.controls import Typed, as_typed, boxes, first
from candour.web.forms.days import moment_parts
from candour.web.forms.entry import ABOUT, WHEN, Subject
from candour.web.presenters.agendas import agency_names
from candour.web.presenters.coming_meetings import CALLED, gates_on
from candour.web.spoken import said

_AGAIN: Final = ("present", "apologies", "people", "acknowledged")


def proposed(subject: Subject, typed: Typed) -> dict[str, list[str]]:
    """Return what stands in the form at first, beside what its address asks for."""
    make = _PROPOSING.get(subject.kind.name)
    return make(subject, typed) if make else {}


def _call(subject: Subject, typed: Typed) -> dict[str, list[str]]:
    """Return whom the procedure has invited to such a meeting, and its agenda."""
    standing, name = subject.standing, first(typed, "meeting")
    rule = standing.procedure.meetings.get(name)
    data: dict[str, Any] = dict(_demanded(standing, name))
    if rule is not None:
        agencies = [*rule.always, *(a for a in rule.usually if a not in rule.always)]
        items = agenda(standing, name, _now(standing))
        data["agencies_invited"] = agencies
        data["invited"] = list(agency_names(standing, agencies))
        data["agenda"] = [said(item.heading.title) for item in items]
    return as_typed(subject.fields, data)


def _demanded(standing: Standing, meeting: str) -> Mapping[str, Any]:
    """Return the answers without which the procedure takes no call to such a meeting."""
    return {
        where.field: where.values[0]
        for gate in gates_on(standing, CALLED, meeting, _now(standing))
        for condition in gate.needs
        if isinstance(condition, Proposed)
        for where in condition.has
        if len(where.values) == 1 and where.values[0] is True
    }


def _attendance(subject: Subject, typed: Typed) -> dict[str, list[str]]:
    """Return who was there when it was last taken, to be changed."""
    meeting = _meeting(subject, typed)
    taken = attendance(subject.standing, meeting) if meeting else None
    if taken is None:
        return {}
    return as_typed(subject.fields, {name: taken.data.get(name) for name in _AGAIN})


def _held(subject: Subject, typed: Typed) -> dict[str, list[str]]:
    """Return when the meeting was opened and who was there: what it is recorded with."""
    meeting = _meeting(subject, typed)
    if meeting is None or not meeting.live:
        return {}
    taken = attendance(subject.standing, meeting)
    there = agency_names(subject.standing, taken.data.get("present") or ()) if taken else ()
    took = as_values(taken.data.get("acknowledged")) if taken else ()
    data = {
        "meeting": meeting.name,
        "attended": list(there) or None,
        "provider_attended": _with_provider(subject.standing, meeting),
        "disclaimer_read": (bool(there) and set(present(taken)) <= set(took)) or None,
    }
    when = boxes(WHEN, moment_parts(meeting.began_at))
    return {**as_typed(subject.fields, data), **when}


def _with_provider(standing: Standing, meeting: Meeting) -> bool | None:
    """Return whether the provider was in its part; None where the meeting has no parts."""
    rule = rule_of(standing, meeting)
    if rule is None or not rule.in_parts:
        return None
    begun = (e for e in standing.by_kind.get(BEGUN, ()) if meeting.began_by.id in e.refers_to)
    return any(e.data["part"] == Part.WITH_PROVIDER for e in begun)


def _seen_to_be_done(subject: Subject, typed: Typed) -> dict[str, list[str]]:
    """Return what the provider said when it said that the action is done, and on which day.

    The day on which an action was done counts, not the day on which somebody went to see.
    """
    word = says_done(subject.standing, first(typed, ABOUT))
    if word is None:
        return {}
    names = list(dict.fromkeys(post.user.name for post in subject.posts))
    data = {"evidence": str(word.data.get("progress") or ""), "verified_by": names[0]}
    known = tuple(field for field in subject.fields if field.name in data)
    when = boxes(WHEN, moment_parts(word.happened_at))
    return {**as_typed(known, data), **when}


def _of_the_move(subject: Subject, typed: Typed) -> dict[str, list[str]]:
    """Return what the plan of a resident’s move has come to: only what is new has to be typed."""
    found = resident_of(subject.standing, first(typed, "resident"))
    if found is None:
        return {}
    moved = found.moved.data.get("plan_shared_with") if found.moved else None
    home = moved or found.plan.get("moves_to")
    data = {**found.plan, "resident": None, "plan_shared_with": home, "shared_with": home}
    return as_typed(subject.fields, data)


def _meeting(subject: Subject, typed: Typed) -> Meeting | None:
    """Return the meeting that the form is about."""
    about = first(typed, ABOUT)
    found = meetings(subject.standing)
    return next((m for m in found if about in (m.began_by.id, _id(m.held))), None)


def _id(entry: Entry | None) -> str:
    return entry.id if entry else ""


def _now(standing: Standing) -> datetime:
    return standing.chronicle[-1].happened_at


_PROPOSING: Final[Mapping[str, Callable[[Subject, Typed], dict[str, list[str]]]]] = {
    CALLED: _call,
    ATTENDED: _attendance,
    HELD: _held,
    COMPLETED: _seen_to_be_done,
    PLANNED: _of_the_move,
    MOVED: _of_the_move,
    SHARED: _of_the_move,
}
