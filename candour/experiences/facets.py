"""What a list can be filtered by, with how many there are of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from candour.experiences.finding import NO_SENTIMENT, Filters, found

MOST_COUNTED = 2_000

KEPT = """
SELECT 'service', service_name, sum(experiences)::bigint FROM experience_tally
WHERE theme = %(theme)s AND sentiment = coalesce(%(sentiment)s::smallint, sentiment) GROUP BY 2
UNION ALL
SELECT 'theme', theme, sum(experiences)::bigint FROM experience_tally
WHERE theme <> '' AND sentiment = coalesce(%(sentiment)s::smallint, sentiment)
AND service_name = coalesce(%(service)s::text, service_name) GROUP BY 2
UNION ALL
SELECT 'sentiment', sentiment::text, sum(experiences)::bigint FROM experience_tally
WHERE theme = %(theme)s AND service_name = coalesce(%(service)s::text, service_name) GROUP BY 2
UNION ALL
SELECT 'total', '', coalesce(sum(experiences), 0)::bigint FROM experience_tally
WHERE theme = %(theme)s AND sentiment = coalesce(%(sentiment)s::smallint, sentiment)
AND service_name = coalesce(%(service)s::text, service_name)
"""

# What to count of the experiences that match, when they are at hand as the table “matching”.
OF_MATCHING = {
    "service": "SELECT 'service', service_name, count(*) FROM matching GROUP BY 2",
    "sentiment": "SELECT 'sentiment', coalesce(sentiment, 0)::text, count(*) FROM matching"
    " GROUP BY 2",
    "theme": "SELECT 'theme', named.theme, count(*) FROM matching"
    " CROSS JOIN LATERAL (SELECT DISTINCT unnest(themes) AS theme) AS named GROUP BY 2",
    "total": "SELECT 'total', '', count(*) FROM matching",
}

Counted = list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to filter by, and how many experiences doing so would leave."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What a list can be filtered by, given what it is filtered by already.

    Each count is what choosing that value would show, with the other filters left as they are.

    Attributes:
        services: the most frequent first; "" for experiences whose service is not known.
        themes: the most frequent first.
        sentiments: from 1 (very positive) to 5, then `NO_SENTIMENT`; every one, 0 where none.
        total: how many experiences the list has.
        complete: False when only the newest `MOST_COUNTED` that match were counted, so that the
            numbers are at least what they say.
    """

    services: Sequence[Choice]
    themes: Sequence[Choice]
    sentiments: Sequence[Choice]
    total: int
    complete: bool


def facets(*, search: str = "", filters: Filters | None = None) -> Facets:
    """Return what the list can be filtered by, with counts. One query.

    Without a search, and with no filters but service, theme and sentiment, the counts are the ones
    kept at every insert: exact, and as fast for a million as for a hundred. Otherwise the newest
    `MOST_COUNTED` experiences that match are counted, and `Facets.complete` says if that is all.
    """
    wanted = filters or Filters()
    kept = wanted.counted_already and not search.strip()
    counted = _kept(wanted) if kept else _newest(search, wanted)
    felt = {int(value): count for of, value, count in counted if of == "sentiment"}
    total = sum(count for of, _, count in counted if of == "total")
    return Facets(
        services=_choices(counted, "service"),
        themes=_choices(counted, "theme"),
        sentiments=[
            Choice(str(level), felt.get(level, 0)) for level in (*range(1, 6), NO_SENTIMENT)
        ],
        total=total,
        complete=kept or max([total, *felt.values()]) < MOST_COUNTED,
    )


def _kept(filters: Filters) -> Counted:
    parameters = {
        "service": filters.service,
        "theme": filters.theme or "",
        "sentiment": filters.sentiment,
    }
    with connection.cursor() as cursor:
        cursor.execute(KEPT, parameters)
        return list(cursor.fetchall())


def _newest(search: str, filters: Filters) -> Counted:
    """Count among the newest that match, each of the three without its own filter."""
    groups = {filters: ["total"]}
    for name in ("service", "theme", "sentiment"):
        groups.setdefault(replace(filters, **{name: None}), []).append(name)
    parts, parameters = [], list[Any]()
    for narrowed, counts in groups.items():
        matching, given = found(search, narrowed, most=MOST_COUNTED)
        counting = " UNION ALL ".join(OF_MATCHING[name] for name in counts)
        # The names are this module's own; what a person gives is a parameter.
        parts.append(
            "(WITH matching AS MATERIALIZED (SELECT service_name, sentiment, themes"  # noqa: S608
            f" FROM experience WHERE id IN ({matching})) {counting})"
        )
        parameters += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return list(cursor.fetchall())


def _choices(counted: Counted, of: str) -> list[Choice]:
    choices = [Choice(value, count) for what, value, count in counted if what == of]
    return sorted(choices, key=lambda choice: (-choice.count, choice.value))
