"""The decisions of a case, and those of them that are public as a file to publish."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from candour.finding.models import Format
from candour.publishing.lines import gives_lines
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import case_in_hand
from candour.web.presenters.decisions import DecisionsPage, decisions_page
from candour.web.signed_in import signed_in_only
from candour.web.table_export import Table, table_file


@require_safe
@signed_in_only
def decisions(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was decided in a case, why, and what of it still has to be published."""
    hand = case_in_hand(request, ref)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, "case-decisions"),
        "page": decisions_page(hand.standing),
        "publishes": gives_lines(hand.standing),
    }
    return render(request, "cases/decisions.html", context)


@require_safe
@signed_in_only
def register(request: HttpRequest, ref: str) -> HttpResponse:
    """Give the public register of a case’s decisions as a file for spreadsheets."""
    hand = case_in_hand(request, ref)
    headings, *rows = _rows(decisions_page(hand.standing))
    table = Table(f"decisions-{hand.case.ref}", _("Decisions"), headings, rows)
    return table_file(request, table, Format.CSV)


def _rows(page: DecisionsPage) -> Iterator[tuple[str, ...]]:
    heads = (_("Decided on"), _("Decision"), _("Reason"), _("Decided by"), _("Consulted"))
    yield (*heads, _("Published on"))
    for line in page.public:
        yield (line.on, line.what, line.reason, line.by, line.consulted, line.published)
