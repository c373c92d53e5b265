"""Outreach: putting right what was recorded of a campaign, a phase or an engagement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.outreach import actions, queries
from candour.outreach.actions import Correction, OutreachRefusedError
from candour.outreach.actions.correcting import seen_of
from candour.outreach.models import Campaign, Engagement, Phase
from candour.site import clock
from candour.web.coding_bodies import coder
from candour.web.forms.days import parts_of
from candour.web.forms.outreach import (
    MET,
    REFUSED,
    day_typed,
    met_typed,
    typed_in,
    words_in,
)
from candour.web.presenters.outreach import met_by_choices
from candour.web.signed_in import signed_in_only

Held = TypeVar("Held", Campaign, Phase, Engagement)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form with what is kept now, and what keeps it otherwise.

    Attributes:
        sort: which fields it has.
        title: of the page.
        back: the page that it leads back to.
        typed, days: what is kept now, as its fields hold it.
        keep: keeps what was typed.
    """

    sort: str
    title: str
    back: str
    typed: Mapping[str, object]
    days: Mapping[str, date]
    keep: Callable[[Correction], None]
    more: Mapping[str, object] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def campaign_correct(request: HttpRequest, number: int) -> HttpResponse:
    """Put a campaign right: its name, theme or days."""
    held = _found(Campaign, number)

    def keep(correction: Correction) -> None:
        actions.correct_campaign(
            held,
            name=words_in(request, "name"),
            theme=words_in(request, "about"),
            begins=day_typed(request, "begins"),
            ends=day_typed(request, "ends"),
            correction=correction,
        )

    sheet = Sheet(
        "campaign",
        _("Put the campaign right"),
        reverse("campaign", args=[held.pk]),
        {"name": held.name, "about": held.theme},
        {"begins": held.begins, "ends": held.ends},
        keep,
    )
    return _answer(request, held, sheet)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def phase_correct(request: HttpRequest, number: int) -> HttpResponse:
    """Put a phase of a campaign right: its name or days."""
    held = _found(Phase, number)

    def keep(correction: Correction) -> None:
        actions.correct_phase(
            held,
            name=words_in(request, "name"),
            begins=day_typed(request, "begins"),
            ends=day_typed(request, "ends"),
            correction=correction,
        )

    sheet = Sheet(
        "phase",
        _("Put the phase right"),
        reverse("campaign", args=[held.campaign_id]),
        {"name": held.name},
        {"begins": held.begins, "ends": held.ends},
        keep,
    )
    return _answer(request, held, sheet)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def engagement_correct(request: HttpRequest, number: int) -> HttpResponse:
    """Put an engagement right: its day, place, kind, campaign, who went, or the notes."""
    held = _found(Engagement, number)
    coder(request, held.body_id)
    campaigns = {str(each.pk): each for each in queries.campaigns_of(held.body)}

    def keep(correction: Correction) -> None:
        chosen = campaigns.get(request.POST.get("campaign", ""))
        actions.correct_engagement(held, met_typed(request), campaign=chosen, correction=correction)

    sheet = Sheet(
        "engagement",
        _("Put the engagement right"),
        reverse("engagement", args=[held.pk]),
        {name: getattr(held, name) for name in MET} | {"campaign": held.campaign_id or ""},
        {"day": held.day},
        keep,
        {
            "met_by": met_by_choices(),
            "choices": [{"value": pk, "words": each.name} for pk, each in campaigns.items()],
        },
    )
    return _answer(request, held, sheet)


def _found(sort: type[Held], number: int) -> Held:
    held = sort.objects.select_related("body").filter(pk=number).first()
    if held is None:
        raise Http404
    return held


def _answer(request: HttpRequest, held: Held, sheet: Sheet) -> HttpResponse:
    """Show the form with what is kept, or keep what was typed and lead back."""
    actor, fault = coder(request, held.body_id), None
    if request.method == "POST":
        correction = Correction(
            words_in(request, "why"), words_in(request, "seen"), actor, clock.now()
        )
        try:
            sheet.keep(correction)
        except OutreachRefusedError as refused:
            fault = refused
        else:
            messages.success(request, _("It is put right. How it was before is kept."))
            return redirect(sheet.back)
    context = {
        "here": request.path,
        "held": held,
        "sheet": sheet,
        "seen": words_in(request, "seen") if fault else seen_of(held),
        **sheet.more,
        **typed_in(request, fault),
    }
    if not fault:
        context["typed"] = sheet.typed
        context["days"] = {name: parts_of(day) for name, day in sheet.days.items()}
    return render(request, "outreach/correct.html", context, status=REFUSED if fault else 200)
