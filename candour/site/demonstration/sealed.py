"""Seals who told some of the demonstration's experiences, and names custodians."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.models import Experience
from candour.people.actor import Actor
from candour.people.models import Post
from candour.sealing.custody import name_custodian
from candour.sealing.details import PersonDetails, Way
from candour.sealing.keeping import keep, of_experience, seal
from candour.sealing.models import CustodyChange, Purpose
from candour.sealing.opening import open_sealed
from candour.site.demonstration.experiences import SOURCE

# body, head, custodian; the numbers and addresses are ones that nobody has
CUSTODY: Final = (
    ("cardiff", "head_of_service", "safeguarding_lead"),
    ("healthwatch-derbyshire", "chief_executive", "safeguarding_lead"),
)
WHY_CUSTODIAN: Final = "Rings people back, and sees to whoever may be at risk."
WHY_OPENED: Final = "They asked to be rung back, and today is the day they named."
PEOPLE: Final = (
    PersonDetails(
        name="Morwenna Tanglwyst",
        mail="morwenna@demonstration.invalid",
        phone="01632 960107",
        way=Way.PHONE,
    ),
    PersonDetails(
        name="Idris Bellamy-Coed",
        mail="idris@demonstration.invalid",
        address="3 Invented Row, Nowhere",
        way=Way.MAIL,
        language="cy",
    ),
)


def make_sealed(bodies: Mapping[str, Body], as_of: datetime) -> bool:
    """Seal who told the newest experiences of some bodies; False if that was done."""
    made = False
    for slug, head, custodian in CUSTODY:
        body = bodies[slug]
        with acting_for([body.pk]):
            if not CustodyChange.objects.filter(body=body).exists():
                _make(body, head, custodian, as_of)
                made = True
    return made


def _make(body: Body, head: str, custodian: str, as_of: datetime) -> None:
    since = as_of - timedelta(days=90)
    name_custodian(custodian, actor=_actor(body, head), reason=WHY_CUSTODIAN, as_of=since)
    invented = Experience.objects.filter(body=body, source=SOURCE)  # nobody told them by the form
    newest = invented.order_by("-listed_on", "-pk")[: len(PEOPLE)]
    numbers = list(newest.values_list("pk", flat=True))
    keep(
        seal(body.pk, Purpose.PERSON, who.to_bytes(), context=of_experience(number), as_of=as_of)
        for number, who in zip(numbers, PEOPLE, strict=False)
    )
    for number in numbers[:1]:
        open_sealed(
            body.pk,
            Purpose.PERSON,
            of_experience(number),
            actor=_actor(body, custodian),
            reason=WHY_OPENED,
            as_of=as_of - timedelta(hours=3),
        )


def _actor(body: Body, role: str) -> Actor:
    posts = Post.objects.filter(body=body, role=role).select_related("user", "body")
    return Actor.from_post(posts.order_by("pk")[0])
