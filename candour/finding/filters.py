"""Keeping a list as somebody narrowed it, finding it again, and letting go of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from candour.finding.models import LONGEST_NAME, KeptFilter
from candour.people.models import User

MOST_KEPT: Final = 30  # on one list, for one person
LONGEST_QUERY: Final = 2_000


class TooManyKept(ValueError):
    """Somebody keeps as many filters of one list as there is room for."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A list as it was narrowed: the name of its address, and what its query says."""

    page: str
    query: str


def kept_on(page: str, person: User) -> QuerySet[KeptFilter]:
    """Return the filters that somebody keeps on a list, in order of name."""
    return KeptFilter.objects.filter(person=person, page=page).order_by("name", "pk")


def keep(narrowing: Narrowing, name: str, *, person: User, as_of: datetime) -> KeptFilter:
    """Keep a list as it is narrowed under a name; a filter that had the name gives way.

    Raises:
        TooManyKept: there are `MOST_KEPT` on this list already.
    """
    called = " ".join(name.split())[:LONGEST_NAME]
    mine = kept_on(narrowing.page, person)
    if not mine.filter(name=called).exists() and mine.count() >= MOST_KEPT:
        raise TooManyKept
    kept, _new = KeptFilter.objects.update_or_create(
        person=person,
        page=narrowing.page,
        name=called,
        defaults={"query": narrowing.query[:LONGEST_QUERY], "kept_at": as_of},
    )
    return kept


def let_go(number: int, *, person: User) -> KeptFilter | None:
    """Let go of a filter, and return which it was; None where this person keeps none of it."""
    found = KeptFilter.objects.filter(person=person, pk=number).first()
    if found is not None:
        KeptFilter.objects.filter(pk=found.pk).delete()
    return found
