"""What runs beside a case: other procedures, referrals, and other cases about the same service."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.models import Case
from candour.directory.merging import same_service
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.alongside import alongside_page, linked_refs
from candour.web.signed_in import signed_in_only
from candour.web.spoken import spoken

MOST = 20  # other cases shown, newest first


@require_safe
@signed_in_only
def alongside(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the procedures side by side on one line of time, with the tables beside it."""
    hand = case_in_hand(request, ref)
    page = alongside_page(hand.standing, hand.sight, _others(hand), spoken())
    context = {
        "case": hand.case,
        "page": page,
        "parts": case_rooms(hand.procedure, hand.case.ref, "case-parallel"),
    }
    return render(request, "cases/alongside.html", context)


def _others(hand: InHand) -> list[Case]:
    """Return other cases about the service, and those linked, as far as row security shows them."""
    wanted = Q(ref__in=list(linked_refs(hand.standing)))
    if hand.case.service_id is not None:
        wanted |= Q(service__in=same_service(hand.case.service_id))
    found = Case.objects.filter(wanted).exclude(pk=hand.case.pk).select_related("body")
    return list(found.order_by("-opened_at", "-pk")[:MOST])
