"""Gives the demonstration a campaign with engagements, and an area’s people."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.engine.london import local
from candour.experiences.models import Experience
from candour.outreach.actions import (
    Met,
    add_phase,
    begin_campaign,
    gather_one,
    record_engagement,
    take_census,
)
from candour.outreach.models import Campaign
from candour.people.actor import Actor
from candour.people.models import Post

BODIES: Final = ("healthwatch-derbyshire", "cardiff")
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


def make_outreach(bodies: Mapping[str, Body], as_of: datetime) -> int:
    """Begin a campaign of each body that has none; return how many."""
    return sum(_make(bodies[slug], as_of) for slug in BODIES if slug in bodies)


def _make(body: Body, as_of: datetime) -> int:
    with acting_for([body.pk]):
        if Campaign.objects.filter(body=body).exists():
            return 0
        post = Post.objects.filter(body=body).select_related("user", "body").order_by("pk")[0]
        actor, today = Actor.from_post(post), local(as_of).date()
        begins = today - timedelta(days=60)
        campaign = begin_campaign(
            name="Heard in the villages",
            theme="Getting to an appointment",
            begins=begins,
            ends=today + timedelta(days=30),
            actor=actor,
            as_of=as_of,
        )
        turn = begins + timedelta(days=30)
        add_phase(campaign, name="Asking", begins=begins, ends=turn - timedelta(days=1))
        add_phase(campaign, name="Going back", begins=turn, ends=campaign.ends)
        met = Met(
            day=today - timedelta(days=9),
            place="Village hall, Nowhere",
            met_by="both",
            names="Asha, with two volunteers",
            theme="Getting to an appointment",
            community="People over 65 without a car",
            people_met="23",
        )
        held = record_engagement(met, campaign=campaign, actor=actor, as_of=as_of)
        record_engagement(
            Met(today - timedelta(days=80), "Market place", "volunteers", "Two volunteers"),
            campaign=None,
            actor=actor,
            as_of=as_of,
        )
        for number in Experience.objects.in_use().order_by("-pk").values_list("pk", flat=True)[:2]:
            gather_one(held, str(number), actor=actor, as_of=as_of)
        take_census(
            TABLE, area="An invented area", source="Made up", year="2021", actor=actor, as_of=as_of
        )
        return 1
