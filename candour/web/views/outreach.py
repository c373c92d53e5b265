"""Outreach: the campaigns and engagements of a body, and each of them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.engine.london import local
from candour.outreach import actions, queries
from candour.outreach.actions import OutreachRefusedError
from candour.outreach.models import Campaign, Phase, Sort
from candour.outreach.queries import Period
from candour.people.actor import Actor
from candour.site import clock
from candour.web.coding_bodies import coder
from candour.web.forms.outreach import REFUSED, day_typed, met_typed, typed_in, words_in
from candour.web.in_hand import posts_of
from candour.web.presenters.outreach import (
    change_lines,
    engagement_line,
    met_by_choices,
    question_words,
)
from candour.web.presenters.outreach_corrections import Corrected, corrections
from candour.web.signed_in import signed_in_only


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
        "met_by": met_by_choices(),
        **typed_in(request, fault),
    }
    return render(request, "outreach/list.html", context, status=REFUSED if fault else 200)


def _kept(request: HttpRequest, actor: Actor) -> HttpResponse:
    if request.POST.get("do") == "campaign":
        campaign = actions.begin_campaign(
            name=words_in(request, "name"),
            theme=words_in(request, "about"),
            begins=day_typed(request, "begins"),
            ends=day_typed(request, "ends"),
            actor=actor,
            as_of=clock.now(),
        )
        messages.success(request, _("The campaign is kept."))
        return redirect("campaign", campaign.pk)
    chosen = request.POST.get("campaign", "")
    known = {str(each.pk): each for each in queries.campaigns_of(actor.body)}
    held = actions.record_engagement(
        met_typed(request), campaign=known.get(chosen), actor=actor, as_of=clock.now()
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
                name=words_in(request, "name"),
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
        "corrections": _corrections(held, phases),
        **_changes(held, [(each.name, Period(each.begins, each.ends)) for each in phases]),
        **typed_in(request, fault),
    }
    return render(request, "outreach/campaign.html", context, status=REFUSED if fault else 200)


def _corrections(held: Campaign, phases: list[Phase]) -> list[Corrected]:
    if not any(each.corrected_at for each in (held, *phases)):
        return []
    formers = queries.formers_of(
        {Sort.CAMPAIGN: [held.pk], Sort.PHASE: [each.pk for each in phases]}
    )
    rows = {(Sort.PHASE.value, each.pk): each for each in phases}
    return corrections(formers, {(Sort.CAMPAIGN.value, held.pk): held, **rows})


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
