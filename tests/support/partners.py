"""A case shared with another body: one that takes part in it, or one that is told of it."""

from uuid import uuid4

from candour.bodies.models import Body, BodyFunction
from candour.cases.actions import Recorded, Sharing, share_case
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.actor import Actor
from candour.people.models import User
from candour.site import clock


def agency(slug: str) -> Body:
    """Return a body that commissions services, known by its slug, made where there is none."""
    body, made = Body.objects.get_or_create(
        slug=slug, defaults={"name": f"{slug.title()} Council", "nation": "wales"}
    )
    if made:
        BodyFunction.objects.create(body=body, function="commissioner")
    return body


def shared_with(case: Case, user: User, slug: str, seen_as: str = "members") -> str:
    """Let a body into a case as its lead officer, and return the entry that does."""
    with acting_for([case.body_id]):
        outcome = share_case(
            case_id=case.pk,
            actor=Actor(user, "lead_officer", Body.objects.get(pk=case.body_id)),
            sharing=Sharing(
                str(uuid4()), agency(slug).pk, seen_as, "It pays for places.", "statutory_duty"
            ),
            expected_seq=None,
            as_of=clock.now(),
        )
    assert isinstance(outcome, Recorded), outcome
    return outcome.entry.id
