"""The page of a case's plans."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.engine.rag import Lane
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import case_in_hand
from candour.web.presenters.plan_page import BOARD, TABLE, plan_page
from candour.web.signed_in import signed_in_only


@require_safe
@signed_in_only
def case_plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Show both plans side by side, with the status of each action, drawn and in a table."""
    hand = case_in_hand(request, ref)
    view = TABLE if request.GET.get("view") == TABLE else BOARD
    asked = request.GET.get("show", "")
    only = Lane(asked) if asked in set(Lane) else None
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, "case-plan"),
        "page": plan_page(hand.standing, hand.sight, view, only),
    }
    return render(request, "cases/plan.html", context)
