"""The page of a case's meetings: the one being held, those to come, those that were held."""

from collections.abc import Mapping
from dataclasses import dataclass

from candour.engine import Standing
from candour.engine.audiences import kept_from_provider
from candour.engine.fields import as_values
from candour.engine.meeting_rules import Part
from candour.engine.meetings import (
    HELD,
    Meeting,
    attendance,
    meetings,
    part_at,
    present,
    said_in,
)
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import entry_place, recording_page
from candour.web.presenters.agendas import (
    agency_names,
    meeting_title,
    part_words,
)
from candour.web.presenters.coming_meetings import CALLED, Coming, coming_meetings
from candour.web.presenters.invitations import Invitations
from candour.web.presenters.meeting_after import Clock, clocks_after
from candour.web.presenters.meeting_links import finishing_page, running_page
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
    """The meeting that is being held now, and its room."""

    title: str
    since: str
    part: str
    with_provider: bool
    present: tuple[str, ...]
    recorded: int
    room: str


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
    after: str


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
    now = part_at(standing, meeting, sight.moment)
    return Sitting(
        title=meeting_title(standing, meeting.name),
        since=dates.moment(meeting.began_at),
        part=part_words(now),
        with_provider=now is Part.WITH_PROVIDER,
        present=agency_names(standing, present(attendance(standing, meeting))),
        recorded=sum(1 for _each in said_in(standing, meeting)),
        room=running_page(sight.ref, meeting.began_by.id),
    )


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
        clocks=clocks_after(standing, held, sight),
        copies=tuple(copy_page(standing, meeting, sight)),
        after=finishing_page(sight.ref, meeting.began_by.id),
    )
