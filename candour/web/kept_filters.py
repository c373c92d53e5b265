"""Filters that people keep on lists: what a list shows of them, one line in its view.

A view gives its template ``"kept": kept_filters(request, "worklist")``, and the template shows it
with ``kept_filters(kept)`` (components/kept_filters.html). The list must stand in `LISTS`.
"""

from dataclasses import dataclass
from typing import Final, cast

from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse

from candour.finding.filters import kept_on
from candour.people.models import User
from candour.web.table_export import FILE, PLACES

# Lists that filters are kept on, by the names of their addresses.
LISTS: Final = frozenset(
    {
        *("worklist", "cases", "search", "experiences", "responses", "restrictions"),
        *("plans", "recommendations", "decisions-register", "mail"),
    }
)


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A filter that is kept: its number, its name, where it leads, and whether it is in force."""

    number: int
    name: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What a list shows of the filters kept on it.

    Attributes:
        page: the name of the list's address.
        query: what it is narrowed to now; empty where there is nothing to keep.
        lines: the filters kept.
    """

    page: str
    query: str
    lines: tuple[KeptLine, ...]

    @property
    def new(self) -> bool:
        """Whether the list is narrowed in a way that is not kept yet."""
        return bool(self.query) and not any(line.current for line in self.lines)


def kept_filters(request: HttpRequest, page: str) -> Kept:
    """Return the filters that the person keeps on a list. One query."""
    query, address = narrowed(request.GET), address_of(page)
    lines = (
        KeptLine(held.pk, held.name, f"{address}?{held.query}", held.query == query)
        for held in kept_on(page, cast("User", request.user))
    )
    return Kept(page, query, tuple(lines))


def narrowed(given: QueryDict) -> str:
    """Return what a list is narrowed to, always written the same way; the place in it left out."""
    kept = QueryDict(mutable=True)
    for name in sorted(given):
        values = [value for value in given.getlist(name) if value]
        if name not in (*PLACES, FILE) and values:
            kept.setlist(name, values)
    return kept.urlencode()


def address_of(page: str) -> str:
    """Return the address of a list that filters are kept on; that of no other page."""
    try:
        return reverse(page) if page in LISTS else reverse("worklist")
    except NoReverseMatch:
        return reverse("worklist")
