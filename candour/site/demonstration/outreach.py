"""Gives the demonstration campaigns with engagements, and an area’s people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.engine.london import local
from candour.experiences.models import Experience
from candour.outreach.actions import (
    Correction,
    Met,
    add_phase,
    add_source,
    begin_campaign,
    correct_engagement,
    gather_one,
    record_engagement,
    take_census,
)
from candour.outreach.models import CameBy, Campaign
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site.demonstration.outreach_told import tell_on_paper

BODIES: Final = ("healthwatch-derbyshire", "cardiff")
THEME: Final = "Getting to an appointment"
# Made up, and of no place that there is.
TABLE: Final = b"""question,answer,people
age,Under 18,20000
age,18 to 24,8000
age,25 to 49,33000
age,50 to 64,20000
age,65 to 79,14000
age,80 or over,5000
disability,Yes,19000
disability,No,81000
"""


@dataclass(frozen=True, slots=True)
class Days:
    """When the campaign that is over was, counted from today."""

    today: date

    def ago(self, days: int) -> date:
        """Return the day so many days before today."""
        return self.today - timedelta(days=days)


def make_outreach(bodies: Mapping[str, Body], as_of: datetime) -> int:
    """Begin the campaigns of each body that has none; return of how many bodies."""
    return sum(_make(bodies[slug], as_of) for slug in BODIES if slug in bodies)


def _make(body: Body, as_of: datetime) -> int:
    with acting_for([body.pk]):
        if Campaign.objects.filter(body=body).exists():
            return 0
        post = Post.objects.filter(body=body).select_related("user", "body").order_by("pk")[0]
        actor, days = Actor.from_post(post), Days(local(as_of).date())
        take_census(
            TABLE, area="An invented area", source="Made up", year="2021", actor=actor, as_of=as_of
        )
        campaign = _villages(actor, days, as_of)
        piles = _went_out(campaign, actor, days, as_of)
        tell_on_paper(body, campaign, piles, as_of)
        _goes_on(actor, days, as_of)
        return 1


def _villages(actor: Actor, days: Days, as_of: datetime) -> Campaign:
    """Begin the campaign that is over, with its phases."""
    campaign = begin_campaign(
        name="Heard in the villages",
        theme=THEME,
        begins=days.ago(200),
        ends=days.ago(101),
        actor=actor,
        as_of=as_of,
    )
    add_phase(campaign, name="Asking", begins=campaign.begins, ends=days.ago(151))
    add_phase(campaign, name="Going back", begins=days.ago(150), ends=campaign.ends)
    return campaign


def _went_out(campaign: Campaign, actor: Actor, days: Days, as_of: datetime) -> dict[str, str]:
    """Record its engagements, and return by phase the pile of paper that came of one."""
    hall = Met(
        day=days.ago(180),
        place="Village hall, Nowhere",
        met_by="both",
        names="Asha, with two volunteers",
        theme=THEME,
        community="People over 65 without a car",
        people_met="32",
    )
    centre = Met(
        day=days.ago(130),
        place="Day centre, Nowhere",
        met_by="volunteers",
        names="Three volunteers",
        theme=THEME,
        community="People with a disability",
        people_met="14",
    )
    piles = {}
    for phase, met in (("Asking", hall), ("Going back", centre)):
        held = record_engagement(met, campaign=campaign, actor=actor, as_of=as_of)
        piles[phase] = met.place.partition(",")[0]
        add_source(held, CameBy.PAPER, piles[phase], actor=actor, as_of=as_of)
        if met is hall:
            right = Correction("The list of the day says 23", "", actor, as_of)
            counted = replace(met, people_met="23")
            correct_engagement(held, counted, campaign=campaign, correction=right)
    return piles


def _goes_on(actor: Actor, days: Days, as_of: datetime) -> None:
    """Begin the campaign that goes on, and record what belongs to it and what to none."""
    campaign = begin_campaign(
        name="Young carers speak",
        theme="",
        begins=days.ago(20),
        ends=days.ago(-69),
        actor=actor,
        as_of=as_of,
    )
    club = Met(
        day=days.ago(9),
        place="Youth club, Nowhere",
        met_by="officers",
        names="Asha",
        theme="Caring while at school",
        community="Young carers",
    )
    held = record_engagement(club, campaign=campaign, actor=actor, as_of=as_of)
    newest = Experience.objects.in_use().filter(gathered__isnull=True).order_by("-pk")
    for number in newest.values_list("pk", flat=True)[:2]:
        gather_one(held, str(number), actor=actor, as_of=as_of)
    market = Met(days.ago(80), "Market place", "volunteers", "Two volunteers")
    record_engagement(market, campaign=None, actor=actor, as_of=as_of)
