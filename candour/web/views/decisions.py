"""The decisions of a case, and those of them that are public as a file to publish."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from candour.web.case_rooms import case_rooms
from candour.web.in_hand import case_in_hand
from candour.web.presenters.decisions import DecisionsPage, decisions_page
from candour.web.signed_in import signed_in_only

_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


@require_safe
@signed_in_only
def decisions(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was decided in a case, why, and what of it still has to be published."""
    hand = case_in_hand(request, ref)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, "case-decisions"),
        "page": decisions_page(hand.standing),
    }
    return render(request, "cases/decisions.html", context)


@require_safe
@signed_in_only
def register(request: HttpRequest, ref: str) -> HttpResponse:
    """Give the public register of a case’s decisions as a file for spreadsheets."""
    hand = case_in_hand(request, ref)
    answer = HttpResponse(
        "\ufeff" + _file(decisions_page(hand.standing)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="decisions-{hand.case.ref}.csv"'
    return answer


def _file(page: DecisionsPage) -> str:
    held = io.StringIO()
    writer = csv.writer(held)
    heads = (_("Decided on"), _("Decision"), _("Reason"), _("Decided by"), _("Consulted"))
    writer.writerow([*heads, _("Published on")])
    for line in page.public:
        cells = (line.on, line.what, line.reason, line.by, line.consulted, line.published)
        writer.writerow([_cell(cell) for cell in cells])
    return held.getvalue()


def _cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip().startswith(_BEGIN_FORMULAS) else text
