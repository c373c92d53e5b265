"""Meetings to come: by when, who is to be invited, what must hold before them, and their agenda."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from candour.engine import Draft, Entry, OpenDuty, Standing
from candour.engine.agendas import next_meetings
from candour.engine.conditions import Proposed
from candour.engine.fields import as_values
from candour.engine.meetings import HELD, OPENED, Meeting, meetings
from candour.engine.procedure import Gate
from candour.web import dates
from candour.web.presenters.addresses import REFERS, recording_page
from candour.web.presenters.agendas import AgendaLine, agency_names, agenda_lines, meeting_title
from candour.web.presenters.dues import due_words, relative, soonness
from candour.web.presenters.invitations import NONE, Invitations
from candour.web.presenters.meeting_links import preparing_page
from candour.web.presenters.moves import Need, need
from candour.web.presenters.proofs import Why, why
from candour.web.presenters.rules import Rule, rules
from candour.web.presenters.sight import Sight
from candour.web.spoken import said
from candour.web.spoken import told as _

CALLED = "meeting_called"


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting to come: by when, who is to be invited, what must hold before, and its agenda."""

    name: str
    title: str
    soon: str
    tag: str
    when: str
    relative: str
    why: Why | None
    called: str
    invited: tuple[str, ...]
    must: tuple[str, ...]
    usually: tuple[str, ...]
    needs: tuple[Need, ...]
    rules: tuple[Rule, ...]
    agenda: tuple[AgendaLine, ...]
    call: str
    open: str
    prepare: str
    sent: Invitations = NONE


def coming_meetings(
    standing: Standing, sight: Sight, sitting: Meeting | None, sent: Mapping[str, Invitations]
) -> Iterator[Coming]:
    """Yield the meetings that were called or are owed, and those of the step the case is at.

    `sent` are the invitations to those that were called, by their names.
    """
    if standing.closed:
        return
    due = dict(reversed(next_meetings(standing)))
    begun = sitting.called if sitting else None
    called = {name: call for name, call in waiting(standing) if call is not begun}
    here = [standing.step] if standing.step in standing.procedure.meetings else []
    owed = [name for name, _duty in next_meetings(standing)]
    names = dict.fromkeys((*called, *owed, *here))
    for name in names:
        if sitting is None or sitting.name != name:
            coming = _next(standing, sight, name, due.get(name), called.get(name))
            yield replace(coming, sent=sent.get(name, NONE)) if coming.called else coming


def waiting(standing: Standing) -> Iterator[tuple[str, Entry]]:
    """Yield each meeting that was called and has not begun since: its name and latest call."""
    began = meetings(standing)
    for call in standing.by_kind.get(CALLED, ()):
        name = str(call.data["meeting"])
        after = (m for m in began if m.name == name and m.began_at >= call.happened_at)
        if next(after, None) is None:
            yield name, call


def _next(
    standing: Standing, sight: Sight, name: str, owed: OpenDuty | None, call: Entry | None
) -> Coming:
    procedure, rule = standing.procedure, standing.procedure.meetings.get(name)
    on = date.fromisoformat(call.data["meets_on"]) if call else None
    gates = gates_on(standing, HELD, name, sight.moment)
    may = sight.may_act and CALLED in procedure.kinds
    return Coming(
        name=name,
        title=meeting_title(standing, name),
        soon=soonness(owed.due, sight.moment) if owed else "later" if call else "open",
        tag="" if owed else _("Called") if call else _("Can be called"),
        when=due_words(owed.due) if owed else "",
        relative=relative(owed.due, sight.moment) if owed else "",
        why=replace(why(standing, owed), because="") if owed else None,
        called=dates.day(on) if on else "",
        invited=_invited(standing, call),
        must=(
            *agency_names(standing, rule.always if rule else ()),
            *_asked_of_calls(standing, name, sight.moment),
        ),
        usually=agency_names(standing, rule.usually if rule else ()),
        needs=tuple(
            found
            for gate in gates
            for condition in gate.needs
            if not (found := need(standing, condition, sight)).asked
        ),
        rules=rules(procedure, (clause for gate in gates for clause in gate.clauses)),
        agenda=agenda_lines(standing, name, sight, None),
        call=recording_page(sight.ref, CALLED, extra={"meeting": name}) if may else "",
        open=_opening(standing, sight, name, call),
        prepare=preparing_page(sight.ref, name),
    )


def _opening(standing: Standing, sight: Sight, name: str, call: Entry | None) -> str:
    if call is None or not sight.may_act or OPENED not in standing.procedure.kinds:
        return ""
    return recording_page(sight.ref, OPENED, extra={"meeting": name, REFERS: call.id})


def _invited(standing: Standing, call: Entry | None) -> tuple[str, ...]:
    if call is None:
        return ()
    by_agency = agency_names(standing, as_values(call.data.get("agencies_invited")))
    return by_agency or tuple(str(line) for line in as_values(call.data.get("invited")))


def gates_on(standing: Standing, kind: str, meeting: str, moment: datetime) -> list[Gate]:
    """Return what guards entries of a kind about such a meeting."""
    tried = Draft("", kind, moment, "", "", {"meeting": meeting})
    return [gate for gate in standing.procedure.gates if gate.on.matches(tried)]


def _asked_of_calls(standing: Standing, meeting: str, moment: datetime) -> Iterator[str]:
    """Yield what a call to such a meeting must say of itself, by the titles of the rules."""
    for gate in gates_on(standing, CALLED, meeting, moment):
        if any(isinstance(condition, Proposed) for condition in gate.needs):
            yield said(gate.title)
