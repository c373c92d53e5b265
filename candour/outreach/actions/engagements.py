"""Engagements: kept, and put right."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from candour.outreach.actions.correcting import Correction, put_right
from candour.outreach.actions.typed import (
    OutreachRefusedError,
    line_typed,
    number_typed,
    words_typed,
)
from candour.outreach.both_languages import both
from candour.outreach.models import Campaign, Engagement, MetBy
from candour.people.actor import Actor

LONGEST_NOTES: Final = 5_000
MOST_MET: Final = 100_000


@dataclass(frozen=True, slots=True)
class Met:
    """What is said of an engagement; see `candour.outreach.models.Engagement`."""

    day: date | None
    place: str
    met_by: str
    names: str
    theme: str = ""
    community: str = ""
    people_met: str = ""
    notes: str = ""


def record_engagement(
    met: Met, *, campaign: Campaign | None, actor: Actor, as_of: datetime
) -> Engagement:
    """Keep an engagement.

    Raises:
        OutreachRefusedError: its day, place, or who went is missing; its day is not of its
            campaign; or the people met are no number.
    """
    with transaction.atomic():
        values = _values(met, campaign)
        return Engagement.objects.create(
            body=actor.body, recorded_at=as_of, recorded_by=actor.user, **values
        )


def correct_engagement(
    engagement: Engagement, met: Met, *, campaign: Campaign | None, correction: Correction
) -> None:
    """Put an engagement right.

    Raises:
        OutreachRefusedError: it cannot be kept so; see `record_engagement`.
    """
    with transaction.atomic():
        put_right(engagement, _values(met, campaign), correction)


def _values(met: Met, campaign: Campaign | None) -> dict[str, Any]:
    """Return the values of an engagement, or refuse them."""
    if met.met_by not in MetBy.values:
        raise OutreachRefusedError("met_by", both("Say who went: officers, volunteers, or both."))
    if len(met.notes) > LONGEST_NOTES:
        raise OutreachRefusedError(
            "notes", both("The notes are too long: 5,000 characters at most.")
        )
    return {
        "day": _day(met.day, campaign),
        "campaign_id": campaign.pk if campaign else None,
        "theme": line_typed("theme", met.theme),
        "place": words_typed("place", met.place, both("Write where it was.")),
        "community": line_typed("community", met.community),
        "met_by": met.met_by,
        "names": words_typed("names", met.names, both("Write the names of those who went.")),
        "people_met": _people(met.people_met),
        "notes": met.notes.strip(),
    }


def _day(day: date | None, campaign: Campaign | None) -> date:
    if day is None:
        raise OutreachRefusedError("day", both("Write the day of the engagement."))
    if campaign is None:
        return day
    # Nobody shortens the campaign meanwhile.
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if not held.begins <= day <= held.ends:
        raise OutreachRefusedError(
            "day",
            both("The day is not within the campaign. Put the day right, or choose no campaign."),
        )
    return day


def _people(typed: str) -> int | None:
    if not typed.strip():
        return None
    number = number_typed(typed)
    if number is None or number > MOST_MET:
        raise OutreachRefusedError(
            "people_met", both("Write how many people were met in figures, or leave it empty.")
        )
    return number
