"""The report of a case with the answers in it: as its staff see it, and as the file to publish."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from candour.documents import Letterhead
from candour.documents.pdf import pdf
from candour.publishing.queries import shown_lines
from candour.site import clock
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import case_in_hand
from candour.web.presenters.report import report_content, report_page, summary
from candour.web.signed_in import signed_in_only
from candour.web.spoken import spoken


@require_safe
@signed_in_only
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the report as it would read, and what is to be seen to before it goes out."""
    hand = case_in_hand(request, ref)
    page = report_page(hand.standing, hand.sight, shown_lines(hand.case.pk))
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, "case-responses"),
        "page": page,
        "summary": summary(page),
    }
    return render(request, "cases/report.html", context)


@require_safe
@signed_in_only
def report_file(request: HttpRequest, ref: str) -> HttpResponse:
    """Give the report as a tagged PDF, without what may not be published."""
    hand = case_in_hand(request, ref)
    page = report_page(hand.standing, hand.sight, shown_lines(hand.case.pk))
    if not page.lines:
        return redirect("case-report", ref=hand.case.ref)
    head = Letterhead(hand.case.body.name_in(spoken()), language=spoken())
    file = pdf(report_content(page), head, made_at=clock.now())
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="report-{hand.case.ref}.pdf"'
    return answer
