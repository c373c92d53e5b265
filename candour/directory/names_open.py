"""Reads of names of authorities: those that are nobody's yet, with bodies near; and the settled."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from candour.bodies.models import Area, AreaKind, Body, BodyFunction, Nation, Service
from candour.directory.models import Authority, Listing
from candour.directory.names import areas_of
from candour.directory.reading.names import council_key
from candour.directory.taking.providers import COUNCIL_FUNCTIONS

NEAREST: Final = 3
NEAR_ENOUGH: Final = 0.6  # of the letters of both names in one order
MOST_SETTLED: Final = 100
PLACES: Final = "held_places"
SERVICES: Final = "services"


@dataclass(frozen=True, slots=True)
class Nameless:
    """A name that is nobody's yet.

    Attributes:
        authority: the name.
        services: how many services registers list under it now.
        nearest: the bodies that it may be, the likeliest first.
        area: the area of that name, where one is kept.
        nation: where the register that gives it is at work.
    """

    authority: Authority
    services: int
    nearest: tuple[Body, ...]
    area: Area | None
    nation: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body that a name may be, with the places by whose names it may be called."""

    body: Body
    keys: frozenset[str]


def names_open() -> QuerySet[Any, Authority]:
    """Return the names that are nobody's and not set aside, with most services first."""
    return counted(Authority.objects.filter(body=None, aside=False)).order_by(
        f"-{SERVICES}", "name"
    )


def names_settled() -> list[Authority]:
    """Return the names that people settled, the latest first, `MOST_SETTLED` at most. One query."""
    found = Authority.objects.filter(settled_at__isnull=False)
    rows = counted(found).select_related("body", "settled_by").order_by("-settled_at", "name")
    return list(rows[:MOST_SETTLED])


def counted(found: QuerySet[Any, Authority]) -> QuerySet[Any, Authority]:
    """Return names with how many services are listed under each now, as `services`."""
    listed = Listing.objects.filter(authority=OuterRef("pk"), listed_until=None)
    number = listed.order_by().values("authority").annotate(number=Count("pk")).values("number")
    services = Coalesce(Subquery(number, output_field=IntegerField()), 0)
    told: QuerySet[Any, Authority] = found.annotate(**{SERVICES: services})
    return told


def nameless(
    found: Iterable[Authority], candidates: Sequence[Candidate], on: date
) -> list[Nameless]:
    """Return names with the bodies and areas that they may be. Two queries."""
    names = list(found)
    areas, nations = areas_of(on), _nations(names)
    return [
        Nameless(
            authority=each,
            services=vars(each)[SERVICES],
            nearest=tuple(nearest_bodies(each.name, candidates)),
            area=areas.get(council_key(each.name)),
            nation=nations.get(each.pk, ""),
        )
        for each in names
    ]


def _nations(names: Iterable[Authority]) -> dict[int, str]:
    """Return, by name, the nation of most of the providers of its services."""
    of_name = Listing.objects.filter(authority__in=list(names)).order_by()
    found = of_name.values_list("authority", "service__provider__nation")
    return {name: nation for name, nation, _ in found.annotate(n=Count("pk")).order_by("n")}


def nation_of(number: int) -> str:
    """Return the nation of most providers of a name's services; England where it has none."""
    return _nations(Authority.objects.filter(pk=number)).get(number, Nation.ENGLAND)


def candidates(on: date) -> list[Candidate]:
    """Return the bodies that a name may be, by name. One query.

    They are those that do what local authorities do, and those of which nothing is kept yet.
    """
    held = BodyFunction.objects.filter(body=OuterRef("pk"))
    councils = held.filter(function__in=COUNCIL_FUNCTIONS)
    places = held.on(on).filter(place__kind=AreaKind.LOCAL_AUTHORITY)
    runs = Service.objects.filter(provider=OuterRef("pk"))
    found = Body.objects.on(on).filter(Exists(councils) | Q(~Exists(held), ~Exists(runs)))
    named = found.annotate(**{PLACES: ArraySubquery(places.values("place__name"))})
    return [_candidate(body) for body in named.order_by("name", "pk")]


def _candidate(body: Body) -> Candidate:
    names = (body.name, body.name_cy, *vars(body)[PLACES])
    return Candidate(body, frozenset(council_key(name) for name in names if name))


def nearest_bodies(
    name: str, candidates: Iterable[Candidate], most: int = NEAREST
) -> Sequence[Body]:
    """Return the bodies whose names, or those of their areas, are nearest to a name."""
    wanted = council_key(name)
    told = []
    for each in candidates:
        likeness = max((_likeness(wanted, key) for key in each.keys), default=0.0)
        if likeness >= NEAR_ENOUGH:
            told.append((-likeness, each.body.name, each.body))
    return [body for *_, body in sorted(told, key=lambda one: one[:2])[:most]]


def _likeness(one: str, other: str) -> float:
    """Return how much of two names is the same, from 0 to 1; one that holds the other is near."""
    shorter, longer = sorted((set(one.split()), set(other.split())), key=len)
    held = NEAR_ENOUGH if shorter and shorter <= longer else 0.0
    letters = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if letters.real_quick_ratio() < NEAR_ENOUGH or letters.quick_ratio() < NEAR_ENOUGH:
        return held
    return max(letters.ratio(), held)
