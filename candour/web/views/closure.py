"""The page of a service’s closure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.web.case_rooms import case_rooms
from candour.web.in_hand import case_in_hand
from candour.web.presenters.closure import closure_page
from candour.web.signed_in import signed_in_only


@require_safe
@signed_in_only
def case_closure(request: HttpRequest, ref: str) -> HttpResponse:
    """Show how ready every resident is, the questions, the assurances and the notice."""
    hand = case_in_hand(request, ref)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, "case-closure"),
        "page": closure_page(hand.standing, hand.sight),
    }
    return render(request, "cases/closure.html", context)
