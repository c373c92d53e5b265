"""The pages of a case's meetings and of the minutes drafted from one."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.calendars.queries import guests_of
from candour.documents.content import Content
from candour.engine.meetings import Meeting, meetings, said_in
from candour.web.case_rooms import case_rooms
from candour.web.drafted_minutes import drafted
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.agendas import meeting_title
from candour.web.presenters.invitations import invitations
from candour.web.presenters.meeting_room import captured
from candour.web.presenters.meetings import meetings_page
from candour.web.presenters.minutes import (
    COPIES,
    copies_of,
    copy_page,
    minutes_template,
    parts_unrecorded,
)
from candour.web.presenters.minutes_versions import versions_of
from candour.web.signed_in import signed_in_only

ROOM = "case-meetings"


@require_safe
@signed_in_only
def case_meetings(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the meeting being held, those to come with their agendas, and those that were held."""
    hand = case_in_hand(request, ref)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, ROOM),
        "page": meetings_page(hand.standing, hand.sight, invitations(guests_of(hand.case))),
    }
    return render(request, "cases/meetings.html", context)


@require_safe
@signed_in_only
def minutes(request: HttpRequest, ref: str, meeting: UUID) -> HttpResponse:
    """Show one copy of a meeting's minutes, drafted from what was recorded in it."""
    hand = case_in_hand(request, ref)
    found = next((m for m in meetings(hand.standing) if m.began_by.id == str(meeting)), None)
    copy = request.GET.get("copy", COPIES[0])
    if found is None or copy not in copies_of(hand.standing, found):
        raise Http404
    names = hand.names_of(said.entry for said in said_in(hand.standing, found))
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, ROOM),
        "meeting": meeting_title(hand.standing, found.name),
        "copy": copy,
        "copies": tuple(copy_page(hand.standing, found, hand.sight)),
        "draft": _draft(hand, found, copy),
        "captured": captured(hand.standing, found, hand.sight, names) if copy == COPIES[0] else (),
        "unrecorded": copy == "provider" and parts_unrecorded(hand.standing, found),
        "finished": found.held is not None,
        "versions": versions_of(hand.standing, found, copy, hand.sight),
    }
    return render(request, "cases/minutes.html", context)


def _draft(hand: InHand, meeting: Meeting, copy: str) -> Content | None:
    """Return the copy as its letter would begin; None while the meeting goes on, or has none."""
    held = meeting.held
    template = minutes_template(hand.standing, held, copy) if held else None
    return drafted(hand, template, held) if held and template else None
