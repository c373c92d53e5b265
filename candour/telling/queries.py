"""Reads of what was told: a body's form, what a receipt leads to, and what stands beside it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.telling.forms import OUR_COLOUR, FormLook
from candour.telling.models import AboutPerson, ConsentGiven, FormSettings, Message, Told
from candour.telling.receipt_codes import hashes_of

FORM_OF = "SELECT is_open, words, colour, sites, sealed FROM telling_form(%s, %s, %s)"
RECEIPT_FOR = "SELECT told_id, body_id FROM telling_receipt_for(%s)"


def look_of(body: Body) -> FormLook:
    """Return how a body's form is set; closed where nobody has set it. One query."""
    with acting_for([body.pk]):
        found = FormSettings.objects.filter(body=body).order_by("-pk").first()
    if found is None:
        return FormLook()
    return FormLook(found.is_open, found.words, found.colour or OUR_COLOUR, tuple(found.sites))


@dataclass(frozen=True, slots=True)
class Opened:
    """A form that is open.

    Attributes:
        body: whose it is.
        look: how it is set.
        sealed: what the browser that asks has written so far; empty where that is nothing.
    """

    body: Body
    look: FormLook
    sealed: bytes = b""


def open_form(slug: str, *, secret_hash: bytes = b"", as_of: datetime) -> Opened | None:
    """Return the form of the body of this name, where it is open. Two queries."""
    body = Body.objects.filter(slug=slug).first()
    if body is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(FORM_OF, [body.pk, secret_hash, as_of])
        row = cursor.fetchone()
    if row is None or not row[0]:
        return None
    _open, words, colour, sites, sealed = row
    look = FormLook(row[0], json.loads(words), colour or OUR_COLOUR, tuple(sites))
    return Opened(body, look, bytes(sealed or b""))


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
