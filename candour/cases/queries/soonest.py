"""What somebody owes first: the soonest of what is late, of today and of this week, each by itself.

However much is late, what is due today is in sight too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from candour.cases.queries.due_rows import (
    BEFORE_ALL,
    DUE,
    LAST_ID,
    DueItem,
    Group,
    Scope,
    bounds_at,
    rows,
    whose_of,
)
from candour.cases.queries.worklist import Counts, SuggestedItem, owed_and_put
from candour.people.models import Post

GROUPED = "(SELECT *, '{group}' FROM ({due}) AS of_{group})"
SOON = (Group.LATE, Group.TODAY, Group.THIS_WEEK)


@dataclass(frozen=True, slots=True)
class Soonest:
    """The first few of each group, how many there are in all, and what the procedures suggest."""

    items: tuple[DueItem, ...]
    counts: Counts
    suggestions: tuple[SuggestedItem, ...]


def soonest(
    *,
    posts: Iterable[Post],
    handed: Iterable[tuple[int, str]],
    as_of: datetime,
    size: int,
) -> Soonest:
    """Return the first `size` of what somebody owes in each group. Two queries.

    Args:
        posts: the posts that they hold now.
        handed: further roles, each at a body of the posts, whose duties are theirs too.
        as_of: the moment that it is late, today or later from.
        size: how many of each group.
    """
    whose = whose_of(posts, handed)
    mine, bounds = whose[Scope.MINE], bounds_at(as_of)
    values: dict[str, Any] = {"bodies": mine.bodies, "roles": mine.roles, "size": size}
    asked = []
    for group, (since, until) in zip(SOON, pairwise((BEFORE_ALL, *bounds.values())), strict=False):
        sql = DUE.format(rows=mine.sql, theirs=mine.of("case_duty", "owner_role"))
        for name in ("since_id", "since", "until"):
            sql = sql.replace(f"%({name})s", f"%({name}_{group})s")
        asked.append(GROUPED.format(group=group, due=sql))
        values |= {f"since_{group}": since, f"until_{group}": until, f"since_id_{group}": LAST_ID}
    found = rows(" UNION ALL ".join(asked), values)
    items = (DueItem(*(*row[:-2], Group(row[-1]))) for row in found)
    counts, suggested = owed_and_put(whose, Scope.MINE, size, as_of)
    return Soonest(
        items=tuple(sorted(items, key=lambda item: (item.late_from or as_of, item.id))),
        counts=counts[Scope.MINE],
        suggestions=suggested,
    )
