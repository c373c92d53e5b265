"""Duties owed, read by an index in its order: whose, in which group, from which place on.

What the worklist and My day have in common.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from candour.cases.columns import NO_DATE
from candour.engine.london import end_of, local
from candour.people.models import Post

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
class Whose:
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


def whose_of(posts: Iterable[Post], handed: Iterable[tuple[int, str]]) -> dict[Scope, Whose]:
    """Return whose duties each scope asks for, for somebody who holds these posts.

    `handed` are further roles, each at a body of the posts, whose duties are theirs too.
    """
    held = sorted({(post.body_id, post.role) for post in posts})
    mine = sorted({*held, *handed})
    return {
        Scope.MINE: Whose([body for body, _ in mine], [role for _, role in mine]),
        Scope.BODY: Whose(sorted({body for body, _ in held}), None),
    }


def bounds_at(as_of: datetime) -> dict[Group, datetime]:
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


def group_of(sorts_at: datetime, bounds: Mapping[Group, datetime]) -> Group:
    """Return the group of a duty that turns late at an instant."""
    return next(group for group, bound in bounds.items() if sorts_at <= bound)


def rows(sql: str, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    """Return what a query answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return found
