"""A case of the demonstration that is shared: one body takes part in it, one is told of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from candour.bodies.models import Body
from candour.cases.actions import Recorded, Sharing, share_case
from candour.cases.models import Case, CaseEntry
from candour.database.row_security import acting_for
from candour.engine.london import local
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site.demonstration.cases import entry_id

CASE: Final = "plan_under_routine_monitoring"
TAKES_PART, IS_TOLD = "cardiff-and-vale-uhb", "vale"
WHY: Final = {
    TAKES_PART: "It commissions the nursing that people there are given.",
    IS_TOLD: "Three people whom it supports live there.",
}


class NobodyCouldBeLetIn(Exception):
    """A sharing of the demonstration was refused; put it right here."""


def make_partners(bodies: Mapping[str, Body], as_of: datetime) -> bool:
    """Share one case with two bodies; False where that was done already.

    Raises:
        NobodyCouldBeLetIn: it was refused.
    """
    with acting_for(body.pk for body in bodies.values()):
        opening = CaseEntry.objects.filter(pk=entry_id(CASE, "open"))
        cases = Case.objects.select_related("body").filter(pk__in=opening.values("case"))
        case = cases.first()
    if case is None:
        return False
    with acting_for([case.body_id]):
        if case.partners.exists():
            return False
        _share(case, bodies[TAKES_PART], "members", as_of)
        _share(case, bodies[IS_TOLD], "partners", as_of)
        return True


def _share(case: Case, body: Body, seen_as: str, as_of: datetime) -> None:
    posts = Post.objects.filter(body=case.body, role="lead_officer").select_related("user", "body")
    until = local(as_of).date() + timedelta(days=90) if seen_as == "partners" else None
    sharing = Sharing(
        id=entry_id(CASE, f"shared-{body.slug}"),
        body=body.pk,
        seen_as=seen_as,
        purpose=WHY[body.slug],
        legal_basis="statutory_duty",
        until=until,
    )
    outcome = share_case(
        case_id=case.pk,
        actor=Actor.from_post(posts.order_by("pk")[0]),
        sharing=sharing,
        expected_seq=None,
        as_of=as_of,
    )
    if not isinstance(outcome, Recorded):
        raise NobodyCouldBeLetIn(str(outcome))
