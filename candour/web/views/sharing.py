"""The sharing ledger of a case, and the same as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from candour.finding.models import Format
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import case_in_hand
from candour.web.presenters.addresses import of_case
from candour.web.presenters.partners import partner_lines
from candour.web.presenters.sharing import sharing_page
from candour.web.sharing_export import ledger_rows
from candour.web.signed_in import signed_in_only
from candour.web.table_export import Table, table_file


@require_safe
@signed_in_only
def sharing(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was shared with whom, what was not, and what must be recalled."""
    hand = case_in_hand(request, ref)
    context = {
        "case": hand.case,
        "page": sharing_page(hand.standing, hand.sight),
        "partners": partner_lines(hand.standing, hand.sight),
        "share": of_case("case-share", hand.case.ref) if hand.sight.leads else "",
        "parts": case_rooms(hand.procedure, hand.case.ref, "case-sharing"),
    }
    return render(request, "cases/sharing.html", context)


@require_safe
@signed_in_only
def sharing_file(request: HttpRequest, ref: str) -> HttpResponse:
    """Send the ledger as a CSV file that no spreadsheet takes for formulas."""
    hand = case_in_hand(request, ref)
    headings, *rows = ledger_rows(sharing_page(hand.standing, hand.sight))
    name = f"{hand.case.ref}-sharing"
    return table_file(request, Table(name, _("Sharing"), list(headings), rows), Format.CSV)
