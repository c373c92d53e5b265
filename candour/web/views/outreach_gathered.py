"""Outreach: one engagement, and what was gathered at it."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from candour.outreach import actions, queries
from candour.outreach.actions import OutreachRefusedError
from candour.outreach.models import CameBy, Engagement, Sort
from candour.people.actor import Actor
from candour.site import clock
from candour.web.coding_bodies import coder
from candour.web.forms.outreach import REFUSED, typed_in, words_in
from candour.web.presenters.outreach import engagement_line
from candour.web.presenters.outreach_corrections import Corrected, corrections
from candour.web.signed_in import signed_in_only

SHOWN: Final = 200


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def engagement(request: HttpRequest, number: int) -> HttpResponse:
    """Show an engagement and what was gathered at it; add to that, or take off it."""
    held = Engagement.objects.select_related("body", "campaign").filter(pk=number).first()
    if held is None:
        raise Http404
    actor, fault = coder(request, held.body_id), None
    if request.method == "POST":
        try:
            messages.success(request, _gathered(request, held, actor))
            return redirect("engagement", held.pk)
        except OutreachRefusedError as refused:
            fault = refused
    gathered = queries.gathered_at(held)
    shown = list(gathered[: SHOWN + 1])
    context = {
        "engagement": engagement_line(held),
        "held": held,
        "gathered": shown[:SHOWN],
        "number_gathered": gathered.count() if len(shown) > SHOWN else len(shown),
        "sources": list(held.sources.order_by("pk")),
        "files": [{"value": name, "words": name} for name in queries.files_of(held.body)],
        "corrections": _corrections(held),
        **typed_in(request, fault),
    }
    return render(request, "outreach/engagement.html", context, status=REFUSED if fault else 200)


def _corrections(held: Engagement) -> list[Corrected]:
    if not held.corrected_at:
        return []
    names = {each.pk: each.name for each in queries.campaigns_of(held.body)}
    formers = queries.formers_of({Sort.ENGAGEMENT: [held.pk]})
    return corrections(formers, {(Sort.ENGAGEMENT.value, held.pk): held}, names)


def _gathered(request: HttpRequest, held: Engagement, actor: Actor) -> str:
    """Do what was asked, and return what to say of it."""
    now = clock.now()
    if "let_go" in request.POST:
        gone = actions.let_go(held, request.POST["let_go"])
        return _("It is taken off this engagement.") if gone else _("It was not on it any more.")
    if "stop" in request.POST:
        ended = actions.end_source(held, request.POST["stop"], actor=actor, as_of=now)
        if ended:
            return _("What comes in later under it does not count here any more.")
        return _("It did not count here any more.")
    if request.POST.get("do") in {"batch", "file"}:
        field = request.POST["do"]
        came_by = CameBy.PAPER if field == "batch" else CameBy.FILE
        name = request.POST.get(field, "").replace("\0", "")
        return _added(actions.add_source(held, came_by, name, actor=actor, as_of=now))
    actions.gather_one(held, words_in(request, "number"), actor=actor, as_of=now)
    return _("It was gathered here.")


def _added(number: int) -> str:
    if not number:
        return _("Nothing came under it yet. What comes counts here by itself.")
    more = ngettext(
        "%(n)s experience more was gathered here.",
        "%(n)s experiences more were gathered here.",
        number,
    ) % {"n": number}
    return " ".join((more, _("What comes later counts here by itself.")))
