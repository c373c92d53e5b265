"""Reads of experiences: pages of a list, what there is to filter by, and rows by their ids.

All of it under row security: a caller reaches the rows of the bodies it acts for
(`candour.database.row_security.acting_for`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.expressions import RawSQL

from candour.directory.merging import same_service
from candour.experiences.facets import MOST_COUNTED, Choice, Facets, facets
from candour.experiences.finding import NO_SENTIMENT, Filters, found
from candour.experiences.models import UNDATED, Experience

__all__ = [
    "LARGEST_PAGE",
    "MOST_COUNTED",
    "NO_SENTIMENT",
    "PAGE_SIZE",
    "BadPageTokenError",
    "Choice",
    "Facets",
    "Filters",
    "Page",
    "by_ids",
    "facets",
    "felt_of_service",
    "listing",
]

PAGE_SIZE = 50
LARGEST_PAGE = 500


class BadPageTokenError(ValueError):
    """A page's token is not one that `listing` gave."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, the newest first.

    Attributes:
        rows: the experiences.
        older: the token of the page after this one, or None on the last.
        newer: the token of the page before this one, or None on the first.
    """

    rows: Sequence[Experience]
    older: str | None
    newer: str | None


def listing(
    *,
    search: str = "",
    filters: Filters | None = None,
    page_token: str | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """Return a page of the experiences that match, the newest first. One query.

    Those whose date is not known come last.

    Args:
        search: words as a person types them; "…" for a phrase, ``or``, ``-`` to rule one out.
        filters: what to narrow to.
        page_token: `Page.older` or `Page.newer` of another page of the same list.
        size: how many rows, at most `LARGEST_PAGE`.

    Raises:
        BadPageTokenError: the token is not one that this function gave.
    """
    size = max(1, min(size, LARGEST_PAGE))
    newer, place = _read_token(page_token)
    matching, parameters = found(
        search, filters or Filters(), most=size + 1, place=place, newer=newer
    )
    rows = list(
        Experience.objects.filter(
            pk__in=RawSQL(matching, parameters)  # noqa: S611  # what a person gives is a parameter
        ).order_by("-listed_on", "-pk")
    )
    more = len(rows) > size
    rows = rows[-size:] if newer else rows[:size]
    return Page(
        rows=rows,
        older=_token("older", rows[-1]) if rows and (more or newer) else None,
        newer=_token("newer", rows[0]) if rows and (more if newer else place) else None,
    )


def by_ids(ids: Iterable[int]) -> list[Experience]:
    """Return the experiences of these ids in use that the caller may reach, the newest first."""
    return list(Experience.objects.in_use().filter(pk__in=set(ids)).order_by("-listed_on", "-pk"))


def felt_of_service(service: int, since: date) -> dict[int, int]:
    """Return how many experiences of a service came in since a day, by how they felt. One query.

    Feelings go from 1 (very positive) to 5 (very negative); 0 stands for nobody having said.
    """
    found = Experience.objects.in_use().filter(
        service__in=same_service(service), listed_on__gte=since
    )
    rows = found.order_by().values_list("sentiment").annotate(Count("pk"))
    return {felt or NO_SENTIMENT: number for felt, number in rows}


def _token(way: str, row: Experience) -> str:
    return f"{way}.{(row.received_on or UNDATED).isoformat()}.{row.pk}"


def _read_token(token: str | None) -> tuple[bool, tuple[date, int] | None]:
    """Return whether the page goes towards newer rows, and the place that it starts from."""
    if not token:
        return False, None
    try:
        way, listed, pk = token.split(".")
        place = date.fromisoformat(listed), int(pk)
    except ValueError:
        way, place = "", (UNDATED, 0)
    if way not in {"older", "newer"} or not 0 <= place[1] < 2**63:
        raise BadPageTokenError(
            f"“{token[:60]}” is not a page of this list. Go back to the first page of the list."
        )
    return way == "newer", place
