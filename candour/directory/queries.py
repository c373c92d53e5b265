"""Reads of the directory: services listed and narrowed, what registers say, ratings, history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.bodies.models import Service
from candour.directory.models import Authority, Change, Intake, Listing, Merge, Rating, SearchRow
from candour.directory.schemas import OVERALL, SCHEMAS
from candour.directory.searching import folded

PAGE: Final = 25
MOST_HISTORY: Final = 200


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list of services is narrowed to; whatever is empty narrows nothing.

    Attributes:
        kind: a kind of service, as registers name it.
        authority: the id of an authority.
        rating: a schema and an answer, as in "cqc:good"; where the schema has an overall question
            it is that one, else any question with this answer counts.
        state: "open", "closed" or "all".
    """

    words: str = ""
    kind: str = ""
    authority: int | None = None
    rating: str = ""
    state: str = "open"


@dataclass(frozen=True, slots=True)
class ServicePage:
    """Some services of a list, by name, and how many there are in all."""

    services: Sequence[Service]
    total: int


def services_listed(narrowed: Narrowed, *, on: date, page: int = 1) -> ServicePage:
    """Return a page of the services that fit, by name. Two queries.

    Rows merged into another are left out.
    """
    found = _narrowed(narrowed, on)
    first = (max(page, 1) - 1) * PAGE
    rows = found.defer("named", "words").select_related("service__provider")
    return ServicePage(
        services=[row.service for row in rows.order_by("name", "service_id")[first : first + PAGE]],
        total=found.count(),
    )


def _narrowed(narrowed: Narrowed, on: date) -> QuerySet[SearchRow]:
    merged = Merge.objects.filter(merged=OuterRef("service"), undone_at=None)
    found = SearchRow.objects.exclude(Exists(merged))
    if words := folded(narrowed.words).split():
        every = " & ".join(f"{word}:*" for word in words)
        found = found.filter(words=SearchQuery(every, search_type="raw", config="simple"))
    if narrowed.state == "open":
        found = found.filter(Q(service__to_date=None) | Q(service__to_date__gte=on))
    elif narrowed.state == "closed":
        found = found.filter(service__to_date__lt=on)
    listings = Listing.objects.filter(service=OuterRef("service"))
    if narrowed.kind:
        listed = listings.filter(kinds__contains=[narrowed.kind])
        found = found.filter(Exists(listed) | Q(service__kind=narrowed.kind))
    if narrowed.authority is not None:
        there = Exists(listings.filter(authority=narrowed.authority))
        hosts = Authority.objects.filter(pk=narrowed.authority, body__isnull=False).values("body")
        found = found.filter(there | Q(service__host_authority__in=hosts))
    if narrowed.rating:
        found = found.filter(Exists(_rated(narrowed.rating)))
    return found


def _rated(rating: str) -> QuerySet[Rating]:
    name, _colon, answer = rating.partition(":")
    now = Rating.objects.filter(
        service=OuterRef("service"), current=True, schema=name, rating=answer
    )
    schema = SCHEMAS.get(name)
    return now.filter(question=OVERALL) if schema is not None and schema.has_overall else now


def kinds_listed() -> list[str]:
    """Return every kind of service that a register names, in order. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT unnest(kinds) FROM directory_listing ORDER BY 1")
        return [kind for (kind,) in cursor.fetchall()]


def authorities() -> list[Authority]:
    """Return the local authorities that registers name, in order. One query."""
    return list(Authority.objects.order_by("name"))


def ratings_of(services: Iterable[int], *, history: bool = False) -> dict[int, list[Rating]]:
    """Return the present ratings of each of these services, and with ``history`` the earlier ones.

    Those of a service come newest first. One query.
    """
    found: dict[int, list[Rating]] = {}
    rows = Rating.objects.filter(service__in=list(services))
    if not history:
        rows = rows.filter(current=True)
    for rating in rows.order_by("-given_on", "schema", "pk"):
        found.setdefault(rating.service_id, []).append(rating)
    return found


def listings_of(services: Iterable[int]) -> list[Listing]:
    """Return what registers say of these rows, those still listed first. One query."""
    found = Listing.objects.filter(service__in=list(services)).select_related(
        "provider", "authority", "service"
    )
    return sorted(found, key=lambda each: (each.listed_until is not None, each.register, each.pk))


def history_of(services: Iterable[int]) -> list[Change]:
    """Return what changed about these rows, the newest first, `MOST_HISTORY` at most. One query."""
    found = Change.objects.filter(service__in=list(services)).select_related("by", "intake")
    return list(found.order_by("-at", "-pk")[:MOST_HISTORY])


def intakes(most: int = 20) -> list[Intake]:
    """Return the files that were sent last, the newest first. One query."""
    found: QuerySet[Any, Intake] = Intake.objects.select_related("sent_by")
    return list(found.order_by("-pk")[:most])
