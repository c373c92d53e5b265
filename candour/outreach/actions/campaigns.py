"""Campaigns and their phases: begun, added, and put right."""

from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from candour.outreach.actions.correcting import Correction, put_right
from candour.outreach.actions.typed import (
    OutreachRefusedError,
    days_typed,
    line_typed,
    words_typed,
)
from candour.outreach.both_languages import both
from candour.outreach.models import Campaign, Phase
from candour.people.actor import Actor

CAMPAIGN_YEARS: Final = range(2000, 2101)
LONGEST_CAMPAIGN: Final = 5 * 366  # days


def begin_campaign(
    *, name: str, theme: str, begins: date | None, ends: date | None, actor: Actor, as_of: datetime
) -> Campaign:
    """Keep a campaign.

    Raises:
        OutreachRefusedError: it has no name or no days, or ends before it begins.
    """
    values = _campaign(name, theme, begins, ends)
    return Campaign.objects.create(body=actor.body, made_at=as_of, made_by=actor.user, **values)


def correct_campaign(
    campaign: Campaign,
    *,
    name: str,
    theme: str,
    begins: date | None,
    ends: date | None,
    correction: Correction,
) -> None:
    """Put a campaign right.

    Raises:
        OutreachRefusedError: it cannot be kept so, or a phase or an engagement of it would be
            left outside its days.
    """
    values = _campaign(name, theme, begins, ends)
    with transaction.atomic():
        Campaign.objects.select_for_update().get(pk=campaign.pk)
        _refuse_left_out(campaign, values["begins"], values["ends"])
        put_right(campaign, values, correction)


def add_phase(campaign: Campaign, *, name: str, begins: date | None, ends: date | None) -> Phase:
    """Add a phase to a campaign.

    Raises:
        OutreachRefusedError: it has no name or no days, or its days are not the campaign's, or
            are another phase's.
    """
    with transaction.atomic():
        values = _phase(campaign, None, name, begins, ends)
        return Phase.objects.create(body_id=campaign.body_id, campaign=campaign, **values)


def correct_phase(
    phase: Phase, *, name: str, begins: date | None, ends: date | None, correction: Correction
) -> None:
    """Put a phase right.

    Raises:
        OutreachRefusedError: it cannot be kept so; see `add_phase`.
    """
    with transaction.atomic():
        put_right(phase, _phase(phase.campaign, phase, name, begins, ends), correction)


def _campaign(name: str, theme: str, begins: date | None, ends: date | None) -> dict[str, Any]:
    """Return the values of a campaign, or refuse them."""
    first, last = days_typed(begins, ends)
    if first.year not in CAMPAIGN_YEARS or (last - first).days > LONGEST_CAMPAIGN:
        raise OutreachRefusedError(
            "begins", both("A campaign begins between 2000 and 2100 and lasts five years at most.")
        )
    words = words_typed("name", name, both("Write what the campaign is called."))
    return {"name": words, "theme": line_typed("about", theme), "begins": first, "ends": last}


def _refuse_left_out(campaign: Campaign, begins: date, ends: date) -> None:
    phase = campaign.phases.filter(Q(begins__lt=begins) | Q(ends__gt=ends)).first()
    if phase is not None:
        raise OutreachRefusedError(
            "begins",
            both("“%(name)s” would lie outside these days. Put the days of that phase right first.")
            % {"name": phase.name},
        )
    engagement = campaign.engagements.filter(Q(day__lt=begins) | Q(day__gt=ends)).first()
    if engagement is not None:
        raise OutreachRefusedError(
            "begins",
            both("The engagement “%(name)s” would lie outside these days. Put its day right first.")
            % {"name": engagement.place},
        )


def _phase(
    campaign: Campaign, itself: Phase | None, name: str, begins: date | None, ends: date | None
) -> dict[str, Any]:
    """Return the values of a phase, or refuse them; nobody changes its campaign meanwhile."""
    first, last = days_typed(begins, ends)
    words = words_typed("name", name, both("Write what the phase is called."))
    # Whoever adds one at the same moment waits here, and then sees this one.
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if first < held.begins or last > held.ends:
        raise OutreachRefusedError("begins", both("A phase lies within the days of its campaign."))
    others = campaign.phases.exclude(pk=itself.pk) if itself else campaign.phases.all()
    other = others.filter(begins__lte=last, ends__gte=first).first()
    if other is not None:
        raise OutreachRefusedError(
            "begins",
            both("“%(name)s” has some of these days. Each day belongs to one phase at most.")
            % {"name": other.name},
        )
    return {"name": words, "begins": first, "ends": last}
