"""A case that another body tells ours of: what partners may be told of it, and nothing else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from candour.cases.models import Case
from candour.cases.queries.lent import LentCase, lent_case
from candour.engine import Standing
from candour.engine.partners import shares
from candour.engine.templates import Audience
from candour.people.models import User
from candour.site import clock
from candour.web import dates
from candour.web.presenters.chronology import chronology
from candour.web.presenters.partners import partner_line
from candour.web.presenters.sight import Sight
from candour.web.presenters.timeline import Telling
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said, spoken


@require_safe
@signed_in_only
def shared_case(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what partners may be told of a case, oldest first, and why we are told."""
    now = clock.now()
    found = lent_case(ref, now) if ref.isprintable() else None
    if found is None:
        raise Http404
    lent, case, standing = found
    sight = Sight(case.ref, now)
    share = next(s for s in shares(standing.by_kind) if s.entry.id == str(lent.shared_by))
    telling = Telling(standing, sight, _names(standing))
    context = {
        "case": case,
        "lent": lent,
        "led_by": case.body.name_in(spoken()),
        "facts": _facts(case, standing, lent),
        "share": partner_line(standing, share, sight),
        "found": chronology(telling, Audience.PARTNERS, lambda _entry: True),
    }
    return render(request, "shared/case.html", context)


def _names(standing: Standing) -> dict[str, str]:
    """Return the names of the people who recorded its entries. One query."""
    authors = {entry.author for entry in standing.recorded if entry.author.isdecimal()}
    return {str(user.pk): user.name for user in User.objects.filter(pk__in=authors)}


def _facts(case: Case, standing: Standing, lent: LentCase) -> list[tuple[str, str]]:
    facts = [
        (_("Led by"), case.body.name_in(spoken())),
        (_("Step"), said(standing.procedure.steps[standing.step].title)),
        (_("Opened"), dates.day(case.opened_at)),
        (_("Procedure"), said(standing.procedure.title)),
    ]
    if case.service is not None:
        facts.insert(0, (_("Service"), case.service.name_in(spoken())))
    if case.closed_at is not None:
        facts.append((_("Closed"), dates.day(case.closed_at)))
    if lent.until is not None:
        facts.append((_("Shared until"), dates.day(lent.until)))
    return facts
