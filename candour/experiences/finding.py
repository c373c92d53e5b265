"""Which experiences match: the words and filters of a list, made into SQL.

The finding itself is a function in the database (see the migrations): row security would keep the
application's own queries from using the indexes on words and themes.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from candour.database.text_search import query_sql

LONGEST_SEARCH = 500
NO_SENTIMENT = 0

SubSelect = tuple[str, list[Any]]
"""SQL that gives ids, and its parameters."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; a field left None does not narrow.

    Attributes:
        service: a service's name as it was given.
        theme: one theme.
        sentiment: 1 to 5, or `NO_SENTIMENT` for those without one.
        organisation: an organisation's name as it was given.
        language: "en", "cy" or "unknown".
        batch: the id of the import that brought them.
        since: received on this day or later.
        until: received on this day or earlier.
        source: where it came from, as `Experience.source` names it.
        rating: a rating as it was given.
        linked: True for those that a case rests on which the caller may see, False for the others.
    """

    service: str | None = None
    theme: str | None = None
    sentiment: int | None = None
    organisation: str | None = None
    language: str | None = None
    batch: int | None = None
    since: date | None = None
    until: date | None = None
    source: str | None = None
    rating: str | None = None
    linked: bool | None = None

    @property
    def counted_already(self) -> bool:
        """Whether the kept counts, by service, theme and sentiment, can answer for these."""
        return replace(self, service=None, theme=None, sentiment=None) == Filters()


def found(
    search: str,
    filters: Filters,
    *,
    most: int,
    place: tuple[date, int] | None = None,
    newer: bool = False,
) -> SubSelect:
    """Return the sub-select of the ids of the first ``most`` experiences that match.

    Args:
        search: words as a person types them, of which the first `LONGEST_SEARCH` letters count.
        filters: what to narrow to.
        most: how many at most.
        place: the listing date and id to go on from, or None to begin with the newest.
        newer: go from there towards newer ones, not older ones.
    """
    words, parameters = "NULL", list[Any]()
    if typed := search.replace("\0", "").strip()[:LONGEST_SEARCH]:
        words, parameters = query_sql(typed)
    parameters += [_storable(filters.service), _storable(filters.theme)]
    parameters += [filters.sentiment, _storable(filters.organisation), _storable(filters.language)]
    parameters += [filters.batch, filters.since, filters.until]
    parameters += [_storable(filters.source), _storable(filters.rating), filters.linked]
    parameters += [*(place or (None, None)), newer, most]
    marks = (
        "%s::text, %s::text, %s::integer, %s::text, %s::text, %s::bigint, %s::date, %s::date, "
        "%s::text, %s::text, %s::boolean, %s::date, %s::bigint, %s, %s"
    )
    # The names are this module's own; what a person gives is a parameter.
    return f"SELECT found_id FROM experience_found({words}, {marks})", parameters  # noqa: S608


def _storable(text: str | None) -> str | None:
    """Return a text without the one character that PostgreSQL cannot hold."""
    return text.replace("\0", "") if text else text
