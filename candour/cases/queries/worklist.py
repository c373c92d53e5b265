"""The worklist: what is owed, soonest first, and what the procedures suggest.

At most three queries however many cases there are: each reads an index in its order and no
further than a page, or than a count goes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from django.db import connection

from candour.cases.columns import NO_DATE
from candour.engine.london import end_of, local
from candour.people.models import Post

MOST_COUNTED = 1000
PAGE = 50
WEEK = timedelta(days=7)  # so that on a Sunday, too, Monday’s work is in sight
BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)
LAST_ID = 2**63 - 1


class Scope(StrEnum):
    """Whose duties: those of my own roles, or all of the bodies I work for."""

    MINE = "mine"
    BODY = "body"


class Group(StrEnum):
    """When a duty falls due, seen from a moment; this week is the seven days after today."""

    LATE = "late"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"
    PAUSED = "paused"  # a clock stands still, so nobody can say


@dataclass(frozen=True, slots=True)
class DueItem:
    """One duty owed, with what a worklist says of its case.

    `late_from` is the first instant at which it is late, None while its clock is paused; `due_at`
    is the exact instant where hours count.
    """

    id: int
    case_id: int
    ref: str
    case_title: str
    service: str
    procedure: str
    step: str
    key: str
    duty_id: str
    title: str
    title_cy: str
    owner_role: str
    due_on: date | None
    due_at: datetime | None
    late_from: datetime | None
    body_id: int
    group: Group


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


@dataclass(frozen=True, slots=True)
class _Whose:
    """The bodies, or the pairs of body and role, whose duties are asked for."""

    bodies: list[int]
    roles: list[str] | None

    @property
    def sql(self) -> str:
        """The rows to go through one at a time, each in the order of an index."""
        if self.roles is None:
            return "unnest(%(bodies)s::bigint[]) AS w (body_id)"
        return "unnest(%(bodies)s::bigint[], %(roles)s::text[]) AS w (body_id, role)"

    def of(self, table: str, role: str) -> str:
        """Return the condition that a row of a table is one of theirs."""
        mine = "" if self.roles is None else f" AND {table}.{role} = w.role"
        return f"{table}.body_id = w.body_id{mine}"


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
    held = sorted({(post.body_id, post.role) for post in posts})
    mine = sorted({*held, *handed})
    whose = {
        Scope.MINE: _Whose([body for body, _ in mine], [role for _, role in mine]),
        Scope.BODY: _Whose(sorted({body for body, _ in held}), None),
    }
    asked = whose[Scope(scope)]
    items, following = _page(asked, _bounds(as_of), after, Group(group) if group else None, size)
    return WorklistPage(items, following, _counts(whose, as_of), _suggestions(asked, size))


def _bounds(as_of: datetime) -> dict[Group, datetime]:
    """Return for each group the last instant at which its duties turn late."""
    today = local(as_of).date()
    return {
        Group.LATE: as_of,
        Group.TODAY: end_of(today),
        Group.THIS_WEEK: end_of(today + WEEK),
        Group.LATER: NO_DATE - timedelta.resolution,
        Group.PAUSED: NO_DATE,
    }


DUE = """
    SELECT d.id, d.case_id, c.ref, c.title, coalesce(s.name, ''), c.procedure, c.step, d.key,
           d.duty_id, d.title, d.title_cy, d.owner_role, d.due_on, d.due_at, d.late_from, d.body_id,
           d.sorts_at
    FROM (
        SELECT f.* FROM {rows} CROSS JOIN LATERAL (
            SELECT * FROM case_duty
            WHERE {theirs} AND state = 'open' AND sorts_at <= %(until)s
              AND (sorts_at, id) > (%(since)s, %(since_id)s)
            ORDER BY sorts_at, id LIMIT %(size)s
        ) AS f ORDER BY f.sorts_at, f.id LIMIT %(size)s
    ) AS d
    JOIN case_file c ON c.id = d.case_id LEFT JOIN bodies_service s ON s.id = c.service_id
    ORDER BY d.sorts_at, d.id
"""


def _page(
    whose: _Whose, bounds: Mapping[Group, datetime], after: str, group: Group | None, size: int
) -> tuple[tuple[DueItem, ...], str]:
    since, since_id = _since(after, bounds, group)
    rows = _rows(
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
    shown = rows[:size]
    items = tuple(DueItem(*(*row[:-1], _group(row[-1], bounds))) for row in shown)
    more = f"{shown[-1][-1].isoformat()}~{items[-1].id}" if len(rows) > size else ""
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


def _group(sorts_at: datetime, bounds: Mapping[Group, datetime]) -> Group:
    return next(group for group, bound in bounds.items() if sorts_at <= bound)


COUNT = """(
    SELECT count(*) FROM (
        SELECT 1 FROM {rows} CROSS JOIN LATERAL (
            SELECT 1 FROM case_duty WHERE {theirs} AND state = 'open'
              AND sorts_at > {since} AND sorts_at <= {until} LIMIT {most}
        ) AS f LIMIT {most}
    ) AS counted
)"""


def _counts(whose: Mapping[Scope, _Whose], as_of: datetime) -> dict[Scope, Counts]:
    bounds = _bounds(as_of)
    edges = ["'-infinity'", *(f"%({group})s" for group in bounds)]
    asked = [
        COUNT.format(
            rows=theirs.sql.replace("%(bodies)s", f"%({scope}_bodies)s"),
            theirs=theirs.of("case_duty", "owner_role"),
            since=since,
            until=until,
            most=MOST_COUNTED,
        )
        for scope, theirs in whose.items()
        for since, until in pairwise(edges)
    ]
    values: dict[str, Any] = {str(group): bound for group, bound in bounds.items()}
    values |= {f"{scope}_bodies": theirs.bodies for scope, theirs in whose.items()}
    values["roles"] = whose[Scope.MINE].roles
    (row,) = _rows(f"SELECT {', '.join(asked)}", values)
    each = len(bounds)
    return {
        scope: Counts(*row[place * each : (place + 1) * each]) for place, scope in enumerate(whose)
    }


SUGGESTED = """
    SELECT g.case_id, c.ref, c.title, c.procedure, g.auto_id, g.title, g.title_cy, g.to_role
    FROM {rows} CROSS JOIN LATERAL (
        SELECT * FROM case_suggestion WHERE {theirs} ORDER BY id DESC LIMIT %(size)s
    ) AS g
    JOIN case_file c ON c.id = g.case_id ORDER BY g.id DESC LIMIT %(size)s
"""


def _suggestions(whose: _Whose, size: int) -> tuple[SuggestedItem, ...]:
    sql = SUGGESTED.format(rows=whose.sql, theirs=whose.of("case_suggestion", "to_role"))
    values = {"bodies": whose.bodies, "roles": whose.roles, "size": size}
    return tuple(SuggestedItem(*row) for row in _rows(sql, values))


def _rows(sql: str, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return found
