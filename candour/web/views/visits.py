"""The visits of a case: their list, and each on its own page."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.engine.visits import Visit, visits
from candour.engine.vocabulary.visits import PLANNED
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.visits import visit_page as page_of
from candour.web.presenters.visits import visits_page
from candour.web.signed_in import signed_in_only

ROOM = "case-visits"


def visiting(request: HttpRequest, ref: str) -> InHand:
    """Return the case in hand, where its procedure knows of visits that are planned."""
    hand = case_in_hand(request, ref)
    if PLANNED not in hand.procedure.kinds:
        raise Http404
    return hand


def visit_of(hand: InHand, number: UUID) -> Visit:
    """Return the visit known by this entry."""
    found = (visit for visit in visits(hand.standing) if visit.entry.id == str(number))
    visit = next(found, None)
    if visit is None:
        raise Http404
    return visit


@require_safe
@signed_in_only
def case_visits(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the visits of a case, and where the next is planned."""
    hand = visiting(request, ref)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, ROOM),
        "page": visits_page(hand.standing, hand.sight),
    }
    return render(request, "visits/list.html", context)


@require_safe
@signed_in_only
def visit_page(request: HttpRequest, ref: str, visit: UUID) -> HttpResponse:
    """Show one visit: how far it is, what was noted, what is reported, what is next."""
    hand = visiting(request, ref)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, ROOM),
        "page": page_of(hand.standing, visit_of(hand, visit), hand.sight),
    }
    return render(request, "visits/visit.html", context)
