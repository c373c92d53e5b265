"""Why one time of a duty is due when it is, on a page of its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.web.case_rooms import case_rooms
from candour.web.in_hand import case_in_hand
from candour.web.presenters.addresses import EVERYTHING, case_page, owed_name
from candour.web.presenters.proofs import why
from candour.web.presenters.restrictions import told_line
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said


@require_safe
@signed_in_only
def due_date(request: HttpRequest, ref: str, time: str) -> HttpResponse:
    """Show how a date came about, day by day; of a time met or ended since, too.

    Raises:
        Http404: the person may not see the case, or nothing in it was ever owed by this name.
    """
    hand = case_in_hand(request, ref)
    owed = next((o for o in hand.standing.duties.values() if owed_name(o.key) == time), None)
    if owed is None:
        raise Http404
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, "due-date"),
        "what": said(owed.title),
        "told": told_line(hand.standing, owed, hand.sight),
        "why": why(hand.standing, owed),
        "everything": case_page(hand.case.ref) + EVERYTHING,
        "due": case_page(hand.case.ref, "due"),
    }
    return render(request, "cases/due_date.html", context)
