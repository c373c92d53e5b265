"""Who may be placed where: the register over all cases, and the restrictions of one case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases import queries
from candour.engine.placing import answer_of
from candour.site import clock
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import case_in_hand
from candour.web.presenters.placing import answered, asked, choices
from candour.web.presenters.restriction_register import register_page
from candour.web.presenters.restrictions import restrictions_page
from candour.web.signed_in import signed_in_only


@require_safe
@signed_in_only
def register(request: HttpRequest) -> HttpResponse:
    """Show every restriction in force that the person's bodies may see, service by service."""
    placement = asked(request.GET.dict())
    found = queries.restricted()
    context = {
        "asked": placement,
        "choices": choices(each.procedure for each in found),
        "page": register_page(found, placement, clock.now()),
    }
    return render(request, "restrictions/register.html", context)


@require_safe
@signed_in_only
def case_restrictions(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the restrictions of a case: scope, what each rests on, who was told, what changed."""
    hand = case_in_hand(request, ref)
    placement = asked(request.GET.dict())
    placing = answer_of(hand.standing.restrictions, placement)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, "case-restrictions"),
        "page": restrictions_page(hand.standing, hand.sight),
        "asked": placement,
        "choices": choices([hand.procedure]),
        "answer": answered(hand.procedure, placing),
    }
    return render(request, "cases/restrictions.html", context)
