"""Somebody outside a demonstration's case who was invited, came, and disputes a fact."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from candour.bodies.models import Body
from candour.cases.actions import Recorded
from candour.cases.models import Case, CaseEntry
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from candour.engine.london import local
from candour.people.actor import Actor
from candour.people.models import Post
from candour.portal.actions import Given, Inviting, answer, invite, open_link
from candour.portal.queries import invitation_of
from candour.portal.seeing import Way, showable
from candour.site.demonstration.cases import entry_id
from candour.site.demonstration.signatures import SITE

CASE: Final = "derbyshire_nights_at_millclose"
NOTE: Final = "Please tell us by the end of the week if anything in this is not as it was."
WRONG: Final = "There were two carers that night until one o’clock; the second was called away."


class NobodyCouldBeInvited(Exception):
    """What the demonstration does with somebody outside was refused; put it right here."""


def make_outside(bodies: Mapping[str, Body], as_of: datetime) -> bool:
    """Invite the provider's manager, who comes and answers; False where that was done already.

    Raises:
        NobodyCouldBeInvited: it was refused.
    """
    number = UUID(entry_id(CASE, "outside"))
    with acting_for(body.pk for body in bodies.values()):
        opening = CaseEntry.objects.filter(pk=entry_id(CASE, "open"))
        cases = Case.objects.select_related("body").filter(pk__in=opening.values("case"))
        found = cases.first()
    if found is None:
        return False
    with acting_for([found.body_id]):
        if invitation_of(found.pk, number) is not None:
            return False
        _invite(found, number, as_of)
        _answer(found, number, as_of)
        return True


def _invite(case: Case, number: UUID, as_of: datetime) -> None:
    held = standing(Case.objects.get(pk=case.pk))
    asked = [e.id for e in showable(held, "provider", as_of) if e.kind == "recommendation_issued"]
    told = [e.id for e in showable(held, "provider", as_of) if e.kind == "concern_raised"]
    posts = Post.objects.filter(body=case.body, role="lead_officer").select_related("user", "body")
    inviting = Inviting(
        id=str(number),
        body=case.body,
        name="Rowan Lathkill",
        post="Registered manager",
        organisation="Tansley Brook Care",
        email="rowan@tansley-brook.example",
        sort="provider",
        asked=(*asked[:1], *told[:1]),
        until=local(as_of).date() + timedelta(days=28),
        note=NOTE,
    )
    actor = Actor.from_post(posts.order_by("pk")[0])
    _check(invite(case_id=case.pk, actor=actor, inviting=inviting, as_of=as_of, site=SITE))


def _answer(case: Case, number: UUID, as_of: datetime) -> None:
    invited = invitation_of(case.pk, number)
    if invited is None or invited.newest is None:
        raise NobodyCouldBeInvited(str(number))
    open_link(invited, invited.newest.pk, as_of=as_of)
    about = str(invited.invitation.asked[-1])
    given = Given(entry_id(CASE, "outside-disputes"), Way.DISPUTE, about, WRONG)
    _check(answer(invited, given, as_of=as_of))


def _check(outcome: object) -> None:
    if not isinstance(outcome, Recorded):
        raise NobodyCouldBeInvited(str(outcome))
