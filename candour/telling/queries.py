"""Reads of what was told: a body's form, what a receipt leads to, and what stands beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.telling.forms import OUR_COLOUR, FormLook
from candour.telling.models import AboutPerson, ConsentGiven, FormSettings, Message, Told
from candour.telling.receipt_codes import hashes_of

RECEIPT_FOR = "SELECT told_id, body_id FROM telling_receipt_for(%s)"


def look_of(body: Body) -> FormLook:
    """Return how a body's form is set; closed where nobody has set it. One query."""
    with acting_for([body.pk]):
        found = FormSettings.objects.filter(body=body).order_by("-pk").first()
    if found is None:
        return FormLook()
    return FormLook(found.is_open, found.words, found.colour or OUR_COLOUR, tuple(found.sites))


def open_form(slug: str) -> tuple[Body, FormLook] | None:
    """Return the body of this name and how its form looks, where its form is open. Two queries."""
    body = Body.objects.filter(slug=slug).first()
    if body is None:
        return None
    look = look_of(body)
    return (body, look) if look.is_open else None


@dataclass(frozen=True, slots=True)
class Held:
    """What a receipt leads to: what was told, and to whom."""

    told_id: int
    body_id: int


def held_by(code: str) -> Held | None:
    """Return what a receipt code leads to, or None; needs no body. One query."""
    with connection.cursor() as cursor:
        cursor.execute(RECEIPT_FOR, [hashes_of(code)])
        row = cursor.fetchone()
    return None if row is None else Held(*row)


def told_of(experience_id: int) -> Told | None:
    """Return how an experience was told, or None where it came in another way. One query."""
    return Told.objects.select_related("keyed_by").filter(experience=experience_id).first()


def messages_of(told: Told) -> list[Message]:
    """Return what was said since, oldest first. One query."""
    return list(Message.objects.filter(told=told).select_related("by").order_by("at", "pk"))


def consents_of(told: Told) -> dict[str, ConsentGiven]:
    """Return the newest answer to each consent. One query."""
    found = ConsentGiven.objects.filter(told=told).order_by("pk")
    return {each.kind: each for each in found}


def about_of(told: Told) -> list[AboutPerson]:
    """Return what somebody said of themselves. One query."""
    return list(AboutPerson.objects.filter(told=told).order_by("pk"))


def agreed_to(kind: str, experiences: Iterable[int]) -> set[int]:
    """Return those of these experiences whose teller agrees to this kind of sharing. One query.

    The newest answer counts. Who took it back agrees to nothing.
    """
    found = ConsentGiven.objects.filter(kind=kind, told__experience__in=list(experiences))
    rows = found.order_by("pk").values_list("told__experience_id", "given")
    newest = dict(rows)
    return {number for number, given in newest.items() if given}
