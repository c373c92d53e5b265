"""Whom a case’s procedure says to turn to, and who answers at this hour."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.web import dates
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import case_in_hand
from candour.web.presenters.contacts import known_contacts
from candour.web.signed_in import signed_in_only


@require_safe
@signed_in_only
def contacts(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the contacts of a case's procedure; there is no such page where it has none."""
    hand = case_in_hand(request, ref)
    if not hand.procedure.contacts:
        raise Http404
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, "case-contacts"),
        "contacts": known_contacts(hand.procedure, hand.now),
        "now": f"{dates.day(hand.now)}, {dates.clock_time(hand.now)}",
    }
    return render(request, "cases/contacts.html", context)
