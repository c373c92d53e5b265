"""Preparing a meeting: its agenda from what is open, who comes, what is known of the service."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.calendars.queries import guests_of
from candour.cases import queries
from candour.cases.models import Case
from candour.cases.procedures import ProcedureUnavailable, procedure_named
from candour.engine import Words
from candour.engine.london import local
from candour.engine.meetings import open_meeting
from candour.experiences.queries import felt_of_service
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.coming_meetings import coming_meetings
from candour.web.presenters.intelligence import YEAR, Around, Intelligence, intelligence, places
from candour.web.presenters.invitations import invitations
from candour.web.presenters.meeting_papers import meeting_papers
from candour.web.signed_in import signed_in_only
from candour.web.views.meeting_room import ROOM


@require_safe
@signed_in_only
def prepare(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """Show everything that a meeting to come needs, on one page that can be printed."""
    hand = case_in_hand(request, ref)
    sent = invitations(guests_of(hand.case))
    sitting = open_meeting(hand.standing)
    coming = coming_meetings(hand.standing, hand.sight, sitting, sent)
    meeting = next((each for each in coming if each.name == name), None)
    if meeting is None:
        raise Http404
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, ROOM),
        "meeting": meeting,
        "papers": tuple(meeting_papers(hand.standing, hand.sight)),
        "known": _known(hand),
        "places": places(ref),
    }
    return render(request, "cases/meeting_prepare.html", context)


def _step_title(case: Case) -> Words:
    """Return where another case stands; nothing where its procedure cannot be read here."""
    try:
        step = procedure_named(case.procedure, case.version).steps.get(case.step)
    except ProcedureUnavailable:
        return Words("")
    return step.title if step else Words("")


def _known(hand: InHand) -> Intelligence:
    service = hand.case.service_id
    since = local(hand.now).date() - YEAR
    around = Around(
        felt=felt_of_service(service, since) if service else {},
        cases=[(case, _step_title(case)) for case in queries.cases_around(hand.case)],
    )
    return intelligence(hand.standing, hand.sight, around)
