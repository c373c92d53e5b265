"""The procedures: their list, and each as it reads, with where every clause is held."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from candour import policies
from candour.engine import Procedure
from candour.engine.london import local
from candour.policies.diagram import diagram
from candour.site import clock
from candour.web.presenters.procedure_letters import letter_page
from candour.web.presenters.procedure_page import procedure_line, procedure_page
from candour.web.presenters.shipped import procedure_of
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said, spoken


@require_safe
@signed_in_only
def procedures(request: HttpRequest) -> HttpResponse:
    """Show the procedures that this site has."""
    today = local(clock.now()).date()
    lines = [procedure_line(known, today) for known in _shipped()]
    unusable = [name for name in policies.available() if not policies.usable(name)]
    return render(request, "procedures/list.html", {"lines": lines, "unusable": unusable})


@require_safe
@signed_in_only
def procedure(request: HttpRequest, name: str) -> HttpResponse:
    """Show one procedure: diagram, steps, moves, duties, gates, roles, documents, clauses."""
    held = procedure_of(name) if name in policies.available() else None
    if held is None:
        raise Http404
    picture = diagram(held, spoken())
    context = {
        "name": held.name,
        "page": procedure_page(held, local(clock.now()).date(), _beside(held)),
        "diagram": mark_safe(picture),  # noqa: S308  # drawn by us, every word in it escaped
    }
    return render(request, "procedures/page.html", context)


@require_safe
@signed_in_only
def letter(request: HttpRequest, name: str, template: str) -> HttpResponse:
    """Show the text of one letter or form in both languages, and the clauses that it serves."""
    held = procedure_of(name) if name in policies.available() else None
    known = held.templates.get(template) if held is not None else None
    if held is None or known is None:
        raise Http404
    context = {
        "name": held.name,
        "procedure": said(held.title),
        "page": letter_page(held, known),
    }
    return render(request, "procedures/letter.html", context)


def _shipped() -> list[Procedure]:
    """Return the procedures that this site has and can run."""
    found = (procedure_of(name) for name in policies.available())
    return [known for known in found if known is not None]


def _beside(held: Procedure) -> list[Procedure]:
    """Return the procedures that run the same policy: they share its register of clauses."""
    return [other for other in _shipped() if held.clauses.keys() & other.clauses.keys()]
