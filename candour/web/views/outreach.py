"""Outreach: the campaigns and engagements of a body, and each of them."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from candour.engine import Words
from candour.engine.london import local
from candour.outreach import actions, queries
from candour.outreach.actions import Met, OutreachRefusedError
from candour.outreach.models import Campaign, Engagement
from candour.outreach.queries import Period
from candour.people.actor import Actor
from candour.site import clock
from candour.web.coding_bodies import coder
from candour.web.forms.days import PARTS, UnreadableError, read_day
from candour.web.in_hand import posts_of
from candour.web.presenters.outreach import (
    change_lines,
    engagement_line,
    met_by_words,
    question_words,
)
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said

REFUSED: Final = 422
MET: Final = ("place", "theme", "community", "met_by", "names", "people_met", "notes")
SHOWN: Final = 200


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def listing(request: HttpRequest) -> HttpResponse:
    """Show the campaigns and engagements of a body, newest first; keep a new one."""
    if not posts_of(request):
        return render(request, "outreach/nothing.html")
    actor, fault = coder(request), None
    if request.method == "POST":
        try:
            return _kept(request, actor)
        except OutreachRefusedError as refused:
            fault = refused
    campaigns = queries.campaigns_of(actor.body)
    context = {
        "body": actor.body,
        "campaigns": campaigns,
        "choices": [{"value": each.pk, "words": each.name} for each in campaigns],
        "engagements": [engagement_line(each) for each in queries.engagements_of(actor.body)],
        "met_by": [{"value": key, "words": words} for key, words in met_by_words().items()],
        **typed_in(request, fault),
    }
    return render(request, "outreach/list.html", context, status=REFUSED if fault else 200)


def _kept(request: HttpRequest, actor: Actor) -> HttpResponse:
    if request.POST.get("do") == "campaign":
        campaign = actions.begin_campaign(
            name=request.POST.get("name", "").replace("\0", ""),
            theme=request.POST.get("about", "").replace("\0", ""),
            begins=day_typed(request, "begins"),
            ends=day_typed(request, "ends"),
            actor=actor,
            as_of=clock.now(),
        )
        messages.success(request, _("The campaign is kept."))
        return redirect("campaign", campaign.pk)
    chosen = request.POST.get("campaign", "")
    known = {str(each.pk): each for each in queries.campaigns_of(actor.body)}
    met = Met(
        day=day_typed(request, "day"),
        **{name: request.POST.get(name, "").replace("\0", "") for name in MET},
    )
    held = actions.record_engagement(
        met, campaign=known.get(chosen), actor=actor, as_of=clock.now()
    )
    messages.success(request, _("The engagement is kept."))
    return redirect("engagement", held.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def campaign(request: HttpRequest, number: int) -> HttpResponse:
    """Show a campaign, its phases and engagements, and whether it changed who is heard."""
    held = Campaign.objects.select_related("body").filter(pk=number).first()
    if held is None:
        raise Http404
    coder(request, held.body_id)
    fault = None
    if request.method == "POST":
        try:
            actions.add_phase(
                held,
                name=request.POST.get("name", "").replace("\0", ""),
                begins=day_typed(request, "begins"),
                ends=day_typed(request, "ends"),
            )
            messages.success(request, _("The phase is kept."))
            return redirect("campaign", held.pk)
        except OutreachRefusedError as refused:
            fault = refused
    phases = list(held.phases.order_by("begins"))
    context = {
        "campaign": held,
        "phases": phases,
        "engagements": [engagement_line(each) for each in queries.engagements_of(held.body, held)],
        **_changes(held, [(each.name, Period(each.begins, each.ends)) for each in phases]),
        **typed_in(request, fault),
    }
    return render(request, "outreach/campaign.html", context, status=REFUSED if fault else 200)


def _changes(held: Campaign, phases: list[tuple[str, Period]]) -> dict[str, object]:
    population = queries.populations_of(held.body)
    within = phases or [(_("During it"), Period(held.begins, held.ends))]
    periods = queries.periods_of(held, [each for _name, each in within])
    heard = queries.heard_in(held.body, periods, population)
    return {
        "headings": [_("Before"), *(name for name, _period in within), _("After")],
        "periods": periods,
        "over": local(clock.now()).date() > periods[-1].ends,
        "changes": [
            (question_words(name), change_lines(name, [each[name] for each in heard]))
            for name in population
        ],
    }


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
    gathered = held.gathered.select_related("experience").order_by("-experience_id")
    context = {
        "engagement": engagement_line(held),
        "held": held,
        "gathered": gathered[:SHOWN],
        "number_gathered": gathered.count(),
        **typed_in(request, fault),
    }
    return render(request, "outreach/engagement.html", context, status=REFUSED if fault else 200)


def _gathered(request: HttpRequest, held: Engagement, actor: Actor) -> str:
    typed = {name: request.POST.get(name, "").replace("\0", "") for name in ("batch", "number")}
    now = clock.now()
    if "let_go" in request.POST:
        gone = actions.let_go(held, request.POST["let_go"])
        return _("It is taken off this engagement.") if gone else _("It was not on it any more.")
    if request.POST.get("do") == "batch":
        number = actions.gather_batch(held, typed["batch"], actor=actor, as_of=now)
        return ngettext(
            "%(n)s experience more was gathered here.",
            "%(n)s experiences more were gathered here.",
            number,
        ) % {"n": number}
    actions.gather_one(held, typed["number"], actor=actor, as_of=now)
    return _("It was gathered here.")


def day_typed(request: HttpRequest, name: str) -> date | None:
    """Return the day typed into the three boxes of this name, None where they are empty.

    Raises:
        OutreachRefusedError: there is no such day.
    """
    parts = {part: request.POST.get(f"{name}-{part}", "") for part in PARTS}
    try:
        return read_day(parts)
    except UnreadableError as error:
        raise OutreachRefusedError(name, _("The day %(wrong)s") % {"wrong": error}) from None


def typed_in(request: HttpRequest, fault: OutreachRefusedError | None) -> Mapping[str, object]:
    """Return what was typed, to show it again, and what is wrong with it."""
    days = ("begins", "ends", "day")
    found = fault.lines if fault else ()
    lines = [said(each) if isinstance(each, Words) else each for each in found]
    return {
        "typed": request.POST if fault else {},
        "days": {
            name: {part: request.POST.get(f"{name}-{part}", "") for part in PARTS} for name in days
        },
        "doing": request.POST.get("do", "") if fault else "",
        "fault": {fault.field: " ".join(lines)} if fault else {},
        "problems": [{"field": fault.field, "words": words} for words in lines] if fault else [],
    }
