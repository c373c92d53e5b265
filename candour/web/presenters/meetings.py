"""The page of a case's meetings: the one being held, those to come, those that were held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from candour.engine import DutyState, Entry, Standing
from candour.engine.audiences import kept_from_provider
from candour.engine.fields import as_values
from candour.engine.meeting_rules import MeetingRule, Part
from candour.engine.meetings import (
    HELD,
    Meeting,
    attendance,
    meetings,
    part_at,
    present,
    rule_of,
    said_in,
)
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import REFERS, entry_place, recording_page
from candour.web.presenters.agendas import (
    AgendaLine,
    agency_names,
    agenda_lines,
    meeting_title,
    part_words,
)
from candour.web.presenters.coming_meetings import CALLED, Coming, coming_meetings
from candour.web.presenters.dues import due_words, soonness
from candour.web.presenters.invitations import Invitations
from candour.web.presenters.minutes import copy_page
from candour.web.presenters.naming import entry_title, role_title
from candour.web.presenters.sight import Sight
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class SaidLine:
    """Something recorded in a meeting: what, in which part, and where it stands."""

    title: str
    part: str
    for_members: bool
    address: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """The meeting that is being held now."""

    title: str
    since: str
    part: str
    with_provider: bool
    present: tuple[str, ...]
    apologies: tuple[str, ...]
    not_acknowledged: tuple[str, ...]
    quorum: str
    quorate: bool
    quorum_note: str
    agenda: tuple[AgendaLine, ...]
    said: tuple[SaidLine, ...]
    actions: tuple[Action, ...]
    other_part: Action | None
    finish: str


@dataclass(frozen=True, slots=True)
class Clock:
    """Something to be sent after a meeting: what, by when, and whether it was."""

    what: str
    status: str
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class Past:
    """A meeting that was held."""

    title: str
    when: str
    chair: str
    attended: tuple[str, ...]
    improvement: str
    address: str
    said: tuple[SaidLine, ...]
    clocks: tuple[Clock, ...]
    copies: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    """Everything that the page says."""

    sitting: Sitting | None
    coming: tuple[Coming, ...]
    past: tuple[Past, ...]
    may_act: bool
    call_another: str


def meetings_page(
    standing: Standing, sight: Sight, sent: Mapping[str, Invitations]
) -> MeetingsPage:
    """Return the page of a case's meetings; `sent` are the invitations to those to come."""
    known = meetings(standing)
    sitting = next((meeting for meeting in known if meeting.is_open), None)
    past = [meeting for meeting in known if meeting.held is not None]
    may_call = sight.may_act and not standing.closed and CALLED in standing.procedure.kinds
    return MeetingsPage(
        sitting=_sitting(standing, sitting, sight) if sitting else None,
        coming=tuple(coming_meetings(standing, sight, sitting, sent)),
        past=tuple(_past(standing, meeting, sight) for meeting in reversed(past)),
        may_act=sight.may_act,
        call_another=recording_page(sight.ref, CALLED) if may_call else "",
    )


# -- the meeting being held ------------------------------------------------------------------------


def _sitting(standing: Standing, meeting: Meeting, sight: Sight) -> Sitting:
    rule = rule_of(standing, meeting)
    taken = attendance(standing, meeting)
    there = present(taken)
    acknowledged = as_values(taken.data.get("acknowledged")) if taken else ()
    now = part_at(standing, meeting, sight.moment)
    quorum, quorate = _quorum(standing, rule, there)
    began = meeting.began_by.id
    return Sitting(
        title=meeting_title(standing, meeting.name),
        since=dates.moment(meeting.began_at),
        part=part_words(now),
        with_provider=now is Part.WITH_PROVIDER,
        present=agency_names(standing, there),
        apologies=agency_names(standing, as_values(taken.data.get("apologies")) if taken else ()),
        not_acknowledged=agency_names(standing, (a for a in there if a not in acknowledged)),
        quorum=quorum,
        quorate=quorate,
        quorum_note=said(rule.quorum.note) if rule and rule.quorum else "",
        agenda=agenda_lines(standing, meeting.name, sight, None),
        said=_said_lines(standing, meeting, sight),
        actions=tuple(_in_it(standing, began, sight)),
        other_part=_other_part(now, began, sight),
        finish=recording_page(sight.ref, HELD, extra={"meeting": meeting.name, REFERS: began})
        if sight.may_act
        else "",
    )


def _quorum(
    standing: Standing, rule: MeetingRule | None, there: tuple[str, ...]
) -> tuple[str, bool]:
    """Return what the quorum wants, in words (none where there is none), and if it is met."""
    if rule is None or rule.quorum is None:
        return "", True
    needed = ", ".join(agency_names(standing, rule.quorum.agencies))
    words = _("%(there)s of at least %(needed)s agencies are there; among them must be: %(who)s.")
    met = len(there) >= rule.quorum.at_least and set(rule.quorum.agencies) <= set(there)
    facts = {"there": len(there), "needed": rule.quorum.at_least, "who": needed or "–"}
    return words % facts, met


def _in_it(standing: Standing, began: str, sight: Sight) -> Iterator[Action]:
    """Yield what can be recorded while the meeting is held, each bound to it."""
    words = {
        "attendance_taken": _("Take attendance"),
        "risk_rated": _("Rate the risk"),
        "rating_agreed": _("Agree the rating"),
        "decision_made": _("Record a decision"),
        "action_added": _("Add an action"),
        "plan_agreed": _("Agree a plan"),
        "restriction_reviewed": _("Review a restriction"),
    }
    for kind, label in words.items():
        if sight.may_act and kind in standing.procedure.kinds:
            yield Action(label, recording_page(sight.ref, kind, extra={REFERS: began}))


def _other_part(now: Part | None, began: str, sight: Sight) -> Action | None:
    if now is None or not sight.may_act:
        return None
    other = Part.WITH_PROVIDER if now is Part.MEMBERS else Part.MEMBERS
    words = _("The provider joins") if now is Part.MEMBERS else _("The provider has left")
    extra = {"part": str(other), REFERS: began}
    return Action(words, recording_page(sight.ref, "meeting_part_begun", extra=extra))


def _said_lines(standing: Standing, meeting: Meeting, sight: Sight) -> tuple[SaidLine, ...]:
    return tuple(
        SaidLine(
            title=entry_title(standing.procedure, each.entry),
            part=part_words(each.part),
            for_members=kept_from_provider(each.entry),
            address=entry_place(sight.ref, each.entry.id),
        )
        for each in said_in(standing, meeting)
    )


# -- those that were held --------------------------------------------------------------------------


def _past(standing: Standing, meeting: Meeting, sight: Sight) -> Past:
    held = meeting.held
    assert held is not None  # noqa: S101 - only meetings that were held are past
    data = held.data
    chair = str(data.get("chair_role") or "")
    labels = {
        option.id: said(option.label)
        for known in standing.procedure.kind(HELD).fields
        if known.name == "improvement"
        for option in known.options
    }
    attended = agency_names(standing, present(attendance(standing, meeting)))
    return Past(
        title=meeting_title(standing, meeting.name),
        when=dates.moment(meeting.began_at),
        chair=role_title(standing.procedure, chair) if chair else "",
        attended=attended or tuple(str(line) for line in as_values(data.get("attended"))),
        improvement=labels.get(str(data.get("improvement")), ""),
        address=entry_place(sight.ref, held.id),
        said=_said_lines(standing, meeting, sight),
        clocks=tuple(_clocks(standing, held, sight)),
        copies=tuple(copy_page(standing, meeting, sight)),
    )


_STATUS = {
    DutyState.LATE: "late",
    DutyState.PAUSED: "paused",
    DutyState.MET: "met",
    DutyState.MET_LATE: "attention",
    DutyState.ENDED: "cancelled",
}


def _clocks(standing: Standing, held: Entry, sight: Sight) -> Iterator[Clock]:
    """Yield what the meeting made due, with how that stands now."""
    dated = sorted(standing.duties.values(), key=lambda owed: (owed.due.on or date.max, owed.key))
    for owed in dated:
        if owed.trigger != held.id or any(p.kind == HELD for p in owed.duty.met_by):
            continue
        state = owed.state(sight.moment)
        status = _STATUS.get(state) or soonness(owed.due, sight.moment)
        words = _("Met late") if state is DutyState.MET_LATE else ""
        yield Clock(said(owed.title), status, words, due_words(owed.due))
