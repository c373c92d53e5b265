"""The worklist: what is owed, soonest first, and what the procedures suggest.

Two queries however many cases there are: each reads an index in its order and no
further than a page, or than a count goes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from candour.cases.queries.due_rows import (
    BEFORE_ALL,
    DUE,
    LAST_ID,
    WEEK,
    DueItem,
    Group,
    Scope,
    Whose,
    bounds_at,
    group_of,
    rows,
    whose_of,
)
from candour.people.models import Post

__all__ = [
    "MOST_COUNTED",
    "PAGE",
    "WEEK",
    "Counts",
    "DueItem",
    "Group",
    "Scope",
    "SuggestedItem",
    "UnknownPage",
    "WorklistPage",
    "owed_and_put",
    "worklist",
]

MOST_COUNTED = 1000
PAGE = 50


@dataclass(frozen=True, slots=True)
class SuggestedItem:
    """Something that a procedure suggests in a case, for somebody in `to_role` to answer."""

    case_id: int
    ref: str
    case_title: str
    procedure: str
    auto_id: str
    title: str
    title_cy: str
    to_role: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many duties are owed in each group; `MOST_COUNTED` stands for that many or more."""

    late: int
    today: int
    this_week: int
    later: int
    paused: int

    @property
    def total(self) -> int:
        """How many in all, up to `MOST_COUNTED` in each group."""
        return self.late + self.today + self.this_week + self.later + self.paused


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """One page of duties, soonest first; `next` asks for the page after, and is empty on the last.

    `counts` are of the whole worklist in both scopes, not of the page.
    """

    items: tuple[DueItem, ...]
    next: str
    counts: Mapping[Scope, Counts]
    suggestions: tuple[SuggestedItem, ...]


class UnknownPage(ValueError):
    """A page's address that no page gave out."""

    def __init__(self, token: str) -> None:
        super().__init__(f"“{token}” is not a page of the worklist. Go back to its first page.")


def worklist(
    *,
    posts: Iterable[Post],
    scope: Scope | str,
    as_of: datetime,
    after: str = "",
    group: Group | str | None = None,
    size: int = PAGE,
    handed: Iterable[tuple[int, str]] = (),
) -> WorklistPage:
    """Return a page of what is owed, in the cases that the posts' bodies lead.

    Args:
        posts: the posts that the person holds now.
        scope: `mine`: what is owed by the role of a post, at its body; `body`: all that is owed.
        as_of: the moment that it is late, today or later from.
        after: the `next` of the page before; empty for the first.
        group: only this group, or None for all.
        size: how many duties a page has.
        handed: further roles, each at a body of the posts, whose duties are the person's too.

    Raises:
        UnknownPage: no page gave out `after`.
    """
    whose = whose_of(posts, handed)
    asked = whose[Scope(scope)]
    items, following = _page(asked, bounds_at(as_of), after, Group(group) if group else None, size)
    counts, suggested = owed_and_put(whose, Scope(scope), size, as_of)
    return WorklistPage(items, following, counts, suggested)


def _page(
    whose: Whose, bounds: Mapping[Group, datetime], after: str, group: Group | None, size: int
) -> tuple[tuple[DueItem, ...], str]:
    since, since_id = _since(after, bounds, group)
    found = rows(
        DUE.format(rows=whose.sql, theirs=whose.of("case_duty", "owner_role")),
        {
            "bodies": whose.bodies,
            "roles": whose.roles,
            "since": since,
            "since_id": since_id,
            "until": bounds[group or Group.PAUSED],
            "size": size + 1,
        },
    )
    shown = found[:size]
    items = tuple(DueItem(*(*row[:-1], group_of(row[-1], bounds))) for row in shown)
    more = f"{shown[-1][-1].isoformat()}~{items[-1].id}" if len(found) > size else ""
    return items, more


def _since(
    after: str, bounds: Mapping[Group, datetime], group: Group | None
) -> tuple[datetime, int]:
    """Return the place in the order of (late from, id) after which the page begins."""
    if not after:
        earlier = list(bounds)[: list(bounds).index(group)] if group else []
        return (bounds[earlier[-1]], LAST_ID) if earlier else (BEFORE_ALL, 0)
    moment, _, number = after.partition("~")
    try:
        since = datetime.fromisoformat(moment)
        since_id = int(number)
    except ValueError:
        raise UnknownPage(after) from None
    if since.tzinfo is None or not 0 <= since_id <= LAST_ID:
        raise UnknownPage(after)
    return since, since_id


# All groups by one subquery: with one for each group, planning took as long as counting.
COUNT = """(
    SELECT array_agg(counted.number ORDER BY span.place)
    FROM unnest(%(since)s::timestamptz[], %(until)s::timestamptz[])
        WITH ORDINALITY AS span (since, until, place)
    CROSS JOIN LATERAL (
        SELECT count(*) AS number FROM (
            SELECT 1 FROM {rows} CROSS JOIN LATERAL (
                SELECT 1 FROM case_duty WHERE {theirs} AND state = 'open'
                  AND sorts_at > span.since AND sorts_at <= span.until LIMIT {most}
            ) AS f LIMIT {most}
        ) AS most
    ) AS counted
)"""


SUGGESTED = """
    SELECT g.id, g.case_id, c.ref, c.title, c.procedure, g.auto_id, g.title, g.title_cy, g.to_role
    FROM {rows} CROSS JOIN LATERAL (
        SELECT * FROM case_suggestion WHERE {theirs} ORDER BY id DESC LIMIT %(size)s
    ) AS g
    JOIN case_file c ON c.id = g.case_id ORDER BY g.id DESC LIMIT %(size)s
"""
# The numbers stand beside each suggestion, and once where there is none.
BOTH = """
    SELECT n.*, put.* FROM (SELECT {counts}) AS n LEFT JOIN ({suggested}) AS put ON true
    ORDER BY put.id DESC
"""


def owed_and_put(
    whose: Mapping[Scope, Whose], scope: Scope, size: int, as_of: datetime
) -> tuple[dict[Scope, Counts], tuple[SuggestedItem, ...]]:
    """Return how much is owed in each scope, and what the procedures put to one. One query.

    What is put to somebody comes the latest first, `size` at most.
    """
    bounds, theirs = bounds_at(as_of), whose[scope]
    sql = BOTH.format(
        counts=", ".join(_counted(whose)),
        suggested=SUGGESTED.format(rows=theirs.sql, theirs=theirs.of("case_suggestion", "to_role")),
    )
    ends = [bound.isoformat() for bound in bounds.values()]
    values: dict[str, Any] = {"since": ["-infinity", *ends[:-1]], "until": ends}
    values |= {f"{each}_bodies": those.bodies for each, those in whose.items()}
    values |= {"bodies": theirs.bodies, "roles": whose[Scope.MINE].roles, "size": size}
    found = rows(sql, values)
    counts = {name: Counts(*numbers) for name, numbers in zip(whose, found[0], strict=False)}
    most = len(whose)
    return counts, tuple(SuggestedItem(*row[most + 1 :]) for row in found if row[most] is not None)


def _counted(whose: Mapping[Scope, Whose]) -> Iterator[str]:
    for scope, theirs in whose.items():
        yield COUNT.format(
            rows=theirs.sql.replace("%(bodies)s", f"%({scope}_bodies)s"),
            theirs=theirs.of("case_duty", "owner_role"),
            most=MOST_COUNTED,
        )
