"""Reads of feeding back: the chosen cycle, what is due, what was released and what came back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField, Exists, Func, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from candour.bodies.areas import near_by_number
from candour.bodies.effective import holds_on
from candour.bodies.models import Body, BodyFunction, Contact, Function
from candour.experiences.models import Experience
from candour.feeding_back.cycles import Cycle
from candour.feeding_back.models import Digest, DigestReply, FeedbackCycle
from candour.feeding_back.small_numbers import BAND

OVERSEERS: Final = (Function.COMMISSIONER, Function.REGULATOR, Function.SCRUTINY)

# One statement: what is due stands on the first page that people see. An organisation of which
# fewer than five people told is not due, for nothing could be said.
DUE = """
WITH chosen AS (
    SELECT DISTINCT ON (body_id) body_id, every, from_day FROM feedback_cycle
    WHERE body_id = ANY(%(bodies)s) ORDER BY body_id, id DESC
), named AS (
    SELECT upper(name) AS name, min(id) AS id FROM bodies_body GROUP BY 1
), told AS (
    SELECT e.body_id, coalesce(s.provider_id, n.id) AS organisation_id,
        date_trunc(c.every, e.received_on::timestamp)::date AS first_day,
        (date_trunc(c.every, e.received_on::timestamp)
            + CASE c.every WHEN 'month' THEN interval '1 month' WHEN 'quarter'
              THEN interval '3 months' ELSE interval '1 year' END)::date - 1 AS last_day
    FROM chosen c
    JOIN experience e ON e.body_id = c.body_id AND e.out_since IS NULL
        AND e.received_on >= c.from_day
        AND e.received_on < date_trunc(c.every, %(today)s::date::timestamp)::date
    LEFT JOIN bodies_service s ON s.id = e.service_id
    LEFT JOIN named n ON e.service_id IS NULL AND n.name = upper(e.organisation)
)
SELECT t.body_id, t.organisation_id, o.name, o.name_cy, o.slug, t.first_day, t.last_day
FROM told t JOIN bodies_body o ON o.id = t.organisation_id
WHERE NOT EXISTS (
    SELECT FROM feedback_digest d WHERE d.body_id = t.body_id
        AND d.organisation_id = t.organisation_id
        AND d.first_day <= t.last_day AND t.first_day <= d.last_day
)
GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING count(*) >= %(least)s
ORDER BY t.first_day, o.name, t.organisation_id
"""


# How many are due, and the last day of the cycle that was over first; no row where none is due.
IN_ALL: Final = """
SELECT number, last_day FROM (
    SELECT last_day, count(*) OVER () AS number, row_number() OVER (ORDER BY first_day) AS place
    FROM ({due}) AS due
) AS counted WHERE place = 1
"""
DUE_IN_ALL: Final = IN_ALL.format(due=DUE)


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A cycle that is over, of which nothing was released to an organisation yet."""

    body: int
    organisation: int
    name: str
    name_cy: str
    slug: str
    cycle: Cycle


def due_digests(bodies: Collection[int], today: date) -> list[DueDigest]:
    """Return the digests that are due from these bodies on a London day. One query."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, values_of_due(bodies, today))
        return [
            DueDigest(body, organisation, name, name_cy, slug, Cycle(first, last))
            for body, organisation, name, name_cy, slug, first, last in cursor.fetchall()
        ]


def values_of_due(bodies: Collection[int], today: date) -> dict[str, Any]:
    """Return what `DUE` and `DUE_IN_ALL` are asked with."""
    return {"bodies": list(bodies), "today": today, "least": BAND}


def cycle_chosen(body: Body) -> FeedbackCycle | None:
    """Return how often a body feeds back, or None where nobody chose. One query."""
    found = FeedbackCycle.objects.filter(body=body).select_related("chosen_by")
    return found.order_by("-pk").first()


def released(body: Body) -> QuerySet[Digest]:
    """Return a body's digests, the newest first, without what they say."""
    found = Digest.objects.filter(body=body).defer("content").select_related("organisation")
    return found.order_by("-first_day", "organisation__name", "-number")


def replies_to(digest: Digest) -> QuerySet[DigestReply]:
    """Return what came back to any release of a digest's cycle, the first first."""
    return DigestReply.objects.filter(
        digest__body=digest.body_id,
        digest__organisation=digest.organisation_id,
        digest__first_day=digest.first_day,
        digest__last_day=digest.last_day,
    ).select_related("recorded_by", "digest")


def replies_for(experience: Experience, *, for_people: bool = False) -> list[DigestReply]:
    """Return what organisations answered to digests that an experience was part of. One query.

    Args:
        experience: the experience; once it is out of use nothing is returned.
        for_people: only what whoever told us may read.
    """
    if experience.out_since is not None:
        return []
    found = DigestReply.objects.filter(
        Q(theme="") | Q(theme__in=experience.themes),
        digest__drawn_from__experience=experience,
    ).select_related("digest__organisation")
    if for_people:
        found = found.filter(for_people=True)
    return list(found)


def desks(body: Body, organisation: Body, day: date) -> list[Contact]:
    """Return whom a body's digest may go to: the organisation's desks, then overseers'. One query.

    HD-10: commissioners, decision makers and regulators get the same. Those of where the body
    works are offered, by the desk that answers for it; and all of them where the directory does
    not know where the body works.
    """
    near = near_by_number(day, service=0, body=body.pk)
    in_reach = Func(
        near,
        Cast("place_id", TextField()),
        function="jsonb_exists",
        output_field=BooleanField(),
    )
    overseeing = BodyFunction.objects.alias(near=near, in_reach=in_reach).filter(
        holds_on(day),
        Q(near={}) | Q(in_reach=True) | Q(place=None, body__nation=organisation.nation),
        Q(contact=None) | Q(contact=OuterRef("pk")),
        function__in=OVERSEERS,
        body=OuterRef("body"),
    )
    found = Contact.objects.filter(
        Q(body=organisation) | Exists(overseeing), holds_on(day)
    ).exclude(email="")
    rows = found.select_related("body").order_by("body__name", "role", "pk")
    return sorted(rows, key=lambda desk: desk.body_id != organisation.pk)
