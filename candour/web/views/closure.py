"""The pages of a service’s closure: the room, and one of its residents."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.web.case_rooms import case_rooms
from candour.web.forms.days import moment_parts
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.closure import closure_page
from candour.web.presenters.resident import resident_room, still_there
from candour.web.presenters.residents import Group
from candour.web.signed_in import signed_in_only


@require_safe
@signed_in_only
def case_closure(request: HttpRequest, ref: str) -> HttpResponse:
    """Show how ready every resident is, the questions, the assurances and the notice."""
    hand = case_in_hand(request, ref)
    asked = request.GET.get("show", "")
    only = Group(asked) if asked in set(Group) else None
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, "case-closure"),
        "page": closure_page(hand.standing, hand.sight, only),
        **_to_record(hand),
    }
    return render(request, "cases/closure.html", context)


@require_safe
@signed_in_only
def case_resident(request: HttpRequest, ref: str, resident: str) -> HttpResponse:
    """Show one resident: what is arranged, what is missing, what was recorded."""
    hand = case_in_hand(request, ref)
    page = resident_room(hand.standing, hand.sight, resident)
    if page is None:
        raise Http404
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, "case-closure"),
        "page": page,
        "where": still_there(page),
        **_to_record(hand),
    }
    return render(request, "cases/resident.html", context)


def _to_record(hand: InHand) -> dict[str, object]:
    """Return what one press needs to record a move: when, in which post, since when."""
    post = hand.posts_for(["case_manager"])[:1]
    return {
        "seq": len(hand.standing.recorded),
        "now": moment_parts(hand.now),
        "post": post[0].pk if post else "",
    }
