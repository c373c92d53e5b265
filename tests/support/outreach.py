"""Outreach of a body, written to the database."""

from datetime import date, datetime

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.outreach import actions
from candour.outreach.actions import Met
from candour.outreach.models import Campaign, Engagement
from candour.people.actor import Actor
from candour.people.models import User

DAYS = (date(2026, 1, 5), date(2026, 3, 31))
TABLE = b"question,answer,people\ndisability,Yes,200\ndisability,No,800\n"


def reached_out(body: Body, user: User, as_of: datetime) -> tuple[Campaign, Engagement]:
    """Return a campaign of a body, and an engagement that belongs to it."""
    actor = Actor(user, "officer", body)
    met = Met(DAYS[0], "Ashby market", "volunteers", "Nia and Tom", community="Carers")
    with acting_for([body.pk]):
        campaign = actions.begin_campaign(
            name="Spring", theme="Carers", begins=DAYS[0], ends=DAYS[1], actor=actor, as_of=as_of
        )
        held = actions.record_engagement(met, campaign=campaign, actor=actor, as_of=as_of)
        return campaign, held
