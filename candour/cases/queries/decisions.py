"""The register of decisions: what was decided in all cases that some bodies lead, newest first.

Each read follows an index in its order, and no further than a page or than a count goes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

from django.db import connection

PAGE: Final = 50
MOST_COUNTED: Final = 1000
AFTER_ALL: Final = datetime(9999, 12, 31, tzinfo=UTC)
LAST_ID: Final = 2**63 - 1


class Decided(StrEnum):
    """Which decisions the register is asked for."""

    ALL = "all"
    PUBLIC = "public"  # those that belong in the register that anybody may read
    WAITING = "waiting"  # and whose publishing the procedure waits for
    LATE = "late"  # and its time has passed


_WHICH: Final[Mapping[Decided, str]] = {
    Decided.ALL: "true",
    Decided.PUBLIC: "public",
    Decided.WAITING: "late_from IS NOT NULL",
    Decided.LATE: "late_from <= %(as_of)s",
}


@dataclass(frozen=True, slots=True)
class DecisionItem:
    """One decision, with what the register says of its case."""

    id: int
    ref: str
    case_title: str
    made_by: str
    made_at: datetime
    what: str
    what_cy: str
    reason: str
    decider: str
    decider_cy: str
    consulted: str
    consulted_cy: str
    public: bool
    publish_by: date | None
    late_from: datetime | None
    published_on: date | None


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A page of the register; `next` asks for the page after it, `counts` are of all of it."""

    items: tuple[DecisionItem, ...]
    next: str
    counts: Mapping[Decided, int]


class UnknownPage(ValueError):
    """A page’s address that no page gave out."""


PAGED = """
    SELECT d.id, c.ref, c.title, d.made_by::text, d.made_at, d.what, d.what_cy, d.reason, d.decider,
           d.decider_cy, d.consulted, d.consulted_cy, d.public, d.publish_by, d.late_from,
           d.published_on
    FROM (
        SELECT f.* FROM unnest(%(bodies)s::bigint[]) AS w (body_id) CROSS JOIN LATERAL (
            SELECT * FROM case_decision
            WHERE body_id = w.body_id AND {which} AND (made_at, id) < (%(since)s, %(since_id)s)
            ORDER BY made_at DESC, id DESC LIMIT %(size)s
        ) AS f ORDER BY f.made_at DESC, f.id DESC LIMIT %(size)s
    ) AS d
    JOIN case_file c ON c.id = d.case_id ORDER BY d.made_at DESC, d.id DESC
"""
COUNT = """(
    SELECT count(*) FROM (
        SELECT 1 FROM unnest(%(bodies)s::bigint[]) AS w (body_id) CROSS JOIN LATERAL (
            SELECT 1 FROM case_decision WHERE body_id = w.body_id AND {which} LIMIT {most}
        ) AS f LIMIT {most}
    ) AS counted
)"""


def decision_register(
    *, bodies: Iterable[int], which: Decided, as_of: datetime, after: str = "", size: int = PAGE
) -> DecisionPage:
    """Return a page of the decisions in the cases that these bodies lead. Two queries.

    Args:
        bodies: the bodies that the person works for.
        which: all, public, waiting to be published, or late with that.
        as_of: the moment from which publishing is late.
        after: the `next` of the page before; empty for the first.
        size: how many lines a page has.

    Raises:
        UnknownPage: no page gave out `after`.
    """
    mine = sorted(set(bodies))
    items, following = decisions_page(bodies=mine, which=which, as_of=as_of, after=after, size=size)
    asked = [COUNT.format(which=_WHICH[each], most=MOST_COUNTED) for each in Decided]
    (row,) = _rows(f"SELECT {', '.join(asked)}", {"bodies": mine, "as_of": as_of})
    return DecisionPage(items, following, dict(zip(Decided, row, strict=True)))


def decisions_page(
    *, bodies: Sequence[int], which: Decided, as_of: datetime, after: str, size: int
) -> tuple[tuple[DecisionItem, ...], str]:
    """Return one page of lines, and what asks for the page after it; see `decision_register`.

    Raises:
        UnknownPage: no page gave out `after`.
    """
    since, since_id = _since(after)
    values = {"since": since, "since_id": since_id, "size": size + 1, "as_of": as_of}
    rows = _rows(PAGED.format(which=_WHICH[which]), {"bodies": list(bodies), **values})
    items = tuple(DecisionItem(*row) for row in rows[:size])
    more = f"{items[-1].made_at.isoformat()}~{items[-1].id}" if len(rows) > size else ""
    return items, more


def _since(after: str) -> tuple[datetime, int]:
    """Return the place in the order of (made at, id) before which the page begins."""
    if not after:
        return AFTER_ALL, LAST_ID
    moment, _, number = after.partition("~")
    try:
        since, since_id = datetime.fromisoformat(moment), int(number)
    except ValueError:
        raise UnknownPage(after) from None
    if since.tzinfo is None or not 0 <= since_id <= LAST_ID:
        raise UnknownPage(after)
    return since, since_id


def _rows(sql: str, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return found
