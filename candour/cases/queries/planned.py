"""The plans of all cases of the bodies worked for: a board with its columns, and a list in pages.

Each column is a condition over an index in its order; no read goes further than a page, or than a
count goes. The colour of one action is the engine's to say (`candour.engine.rag`); the conditions
here choose the same, which a test holds them to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.db import connection

from candour.cases.action_rows import OPEN
from candour.cases.columns import NO_DATE
from candour.engine.london import local
from candour.engine.plans import ActionState
from candour.engine.rag import SOON, Facts, Lane
from candour.engine.words import same

PAGE: Final = 50
ON_BOARD: Final = 10  # cards in each column
MOST_COUNTED: Final = 1000
BEFORE_ALL: Final = datetime(1, 1, 1, tzinfo=UTC)
LAST_ID: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a reader narrows the plans to; empty for all.

    `plan` is dap, cap or none; `owner` and `service` are parts of a name, however it is written,
    the latter also of a case's title, or its reference.
    """

    plan: str = ""
    owner: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One action, with what is said of its case."""

    id: int
    lane: Lane
    ref: str
    case_title: str
    service: str
    service_cy: str
    action: str
    plan: str
    number: int
    what: str
    owner: str
    first_due: date | None
    due_on: date | None
    late_from: datetime | None
    stands: str
    extended: bool
    said_done_on: date | None
    asked_until: date | None
    sent_back: bool
    unable: bool
    done_on: date | None
    evidence: int
    sorts_at: datetime

    def facts(self, as_of: datetime) -> Facts:
        """Return what its colour follows from at a moment."""
        days_left = (self.due_on - local(as_of).date()).days if self.due_on else None
        return Facts(
            done=self.stands in (ActionState.DONE, ActionState.DONE_LATE),
            done_late=self.stands == ActionState.DONE_LATE,
            ended=self.stands == ActionState.ENDED,
            late=self.stands == OPEN and self.late_from is not None and self.late_from <= as_of,
            days_left=days_left,
            extended=self.extended,
            said_done=self.said_done_on is not None,
            asked=self.asked_until is not None,
            sent_back=self.sent_back,
            unable=self.unable,
        )


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page of one column, or the first cards of each; `next` asks for the page after.

    `counts` are of each whole column, `MOST_COUNTED` standing for that many or more.
    """

    items: tuple[PlannedItem, ...]
    next: str
    counts: Mapping[Lane, int]


class UnknownPage(ValueError):
    """A page's address that no page gave out."""

    def __init__(self, token: str) -> None:
        super().__init__(f"“{token}” is not a page of the plans. Go back to the first.")


_UNSEEN = "a.stands = 'open' AND a.said_done_on IS NULL"
_RED = "(a.unable OR a.sorts_at <= %(as_of)s)"
_AMBER = "(a.asked_until IS NOT NULL OR a.sent_back OR a.extended OR a.due_on <= %(soon)s)"
CONDITIONS: Final[Mapping[Lane, str]] = {
    Lane.LATE: f"{_UNSEEN} AND {_RED}",
    Lane.VERIFY: "a.stands = 'open' AND a.said_done_on IS NOT NULL",
    Lane.SOON: f"{_UNSEEN} AND NOT {_RED} AND {_AMBER}",
    Lane.ON_COURSE: f"{_UNSEEN} AND NOT {_RED} AND ({_AMBER}) IS NOT TRUE",
    Lane.DONE: "NOT a.stands = 'open'",
}
# Looked for once, and then looked at by every column: a name that hardly anybody has is found in
# no index, and each column would look through everything for it.
_MINE = """
    WITH mine AS MATERIALIZED (
        SELECT a.* FROM case_action a WHERE a.body_id = ANY(%(bodies)s) AND {narrowed}
    )
"""
_OF_OWNER = "strpos(a.owner_key, %(owner)s) > 0"
_OF_SERVICE = """a.case_id IN (
    SELECT c.id FROM case_file c LEFT JOIN bodies_service s ON s.id = c.service_id
    WHERE c.body_id = ANY(%(bodies)s) AND (
        strpos(lower(s.name), %(service)s) > 0 OR strpos(lower(s.name_cy), %(service)s) > 0
        OR strpos(lower(c.title), %(service)s) > 0 OR lower(c.ref) = %(service)s
    )
)"""
_LANE = """
    SELECT '{lane}' AS lane, f.* FROM (
        SELECT o.* FROM unnest(%(bodies)s::bigint[]) AS w (body_id) CROSS JOIN LATERAL (
            SELECT a.* FROM {actions} a
            WHERE a.body_id = w.body_id AND {condition} {after}
            ORDER BY a.sorts_at {order}, a.id {order} LIMIT %(size)s
        ) AS o ORDER BY o.sorts_at {order}, o.id {order} LIMIT %(size)s
    ) AS f
"""
_AFTER = "AND (a.sorts_at, a.id) {sign} (%(since)s, %(since_id)s)"
_LISTED = """
    {mine}
    SELECT r.id, r.lane, c.ref, c.title, coalesce(s.name, ''), coalesce(s.name_cy, ''),
           r.action::text, r.plan, r.number, r.what, r.owner, r.first_due, r.due_on, r.late_from,
           r.stands, r.extended, r.said_done_on, r.asked_until, r.sent_back, r.unable, r.done_on,
           r.evidence, r.sorts_at
    FROM ({lanes}) AS r
    JOIN case_file c ON c.id = r.case_id LEFT JOIN bodies_service s ON s.id = c.service_id
"""
_COUNT = """(
    SELECT count(*) FROM (
        SELECT 1 FROM unnest(%(bodies)s::bigint[]) AS w (body_id) CROSS JOIN LATERAL (
            SELECT 1 FROM {actions} a WHERE a.body_id = w.body_id AND {condition} LIMIT {most}
        ) AS f LIMIT {most}
    ) AS counted
)"""


def board(
    *, bodies: Iterable[int], narrowed: Narrowed, as_of: datetime, size: int = ON_BOARD
) -> PlannedPage:
    """Return the first actions of each column, in the cases that these bodies lead. Two queries."""
    values = _values(bodies, narrowed, as_of)
    items = _listed(tuple(Lane), narrowed, values | {"size": size}, "")
    return PlannedPage(items, "", _counts(narrowed, values))


def planned(
    *,
    bodies: Iterable[int],
    narrowed: Narrowed,
    lane: Lane,
    as_of: datetime,
    after: str = "",
    size: int = PAGE,
) -> PlannedPage:
    """Return a page of one column: soonest first, of what is done the latest. Two queries.

    Args:
        bodies: the bodies that the person works for.
        narrowed: what the reader narrows it to.
        lane: the column.
        as_of: the moment from which a thing is late.
        after: the `next` of the page before; empty for the first.
        size: how many actions a page has.

    Raises:
        UnknownPage: no page gave out `after`.
    """
    values = _values(bodies, narrowed, as_of)
    since = _since(after)
    if since is not None:
        values |= {"since": since[0], "since_id": since[1]}
    found = _listed((lane,), narrowed, values | {"size": size + 1}, after)
    shown = found[:size]
    following = f"{shown[-1].sorts_at.isoformat()}~{shown[-1].id}" if len(found) > size else ""
    return PlannedPage(shown, following, _counts(narrowed, values))


def every(
    *, bodies: Iterable[int], narrowed: Narrowed, lanes: Iterable[Lane], as_of: datetime, most: int
) -> tuple[PlannedItem, ...]:
    """Return the actions of these columns for a file, up to `most` of each."""
    values = _values(bodies, narrowed, as_of)
    return _listed(tuple(lanes), narrowed, values | {"size": most}, "")


def _values(bodies: Iterable[int], narrowed: Narrowed, as_of: datetime) -> dict[str, Any]:
    return {
        "bodies": sorted(set(bodies)),
        "as_of": as_of,
        "soon": local(as_of).date() + timedelta(days=SOON),
        "plan": "" if narrowed.plan == "none" else narrowed.plan,
        "owner": same(narrowed.owner),
        "service": narrowed.service.strip().lower(),
    }


def _listed(
    lanes: Sequence[Lane], narrowed: Narrowed, values: Mapping[str, Any], after: str
) -> tuple[PlannedItem, ...]:
    asked = " UNION ALL ".join(f"({_lane(lane, narrowed, after)})" for lane in lanes)
    sql = _LISTED.format(mine=_mine(narrowed), lanes=asked)
    rows = [dict(zip(_NAMES, row, strict=True)) for row in _rows(sql, values)]
    found = [PlannedItem(**{**row, "lane": Lane(row["lane"])}) for row in rows]
    order = {lane: place for place, lane in enumerate(lanes)}
    found.sort(key=lambda item: (order[item.lane], _place(item)))
    return tuple(found)


def _place(item: PlannedItem) -> tuple[float, int]:
    """Return its place in its column; what was done last comes first there."""
    seconds = (item.sorts_at - BEFORE_ALL).total_seconds()
    return (-seconds, -item.id) if item.lane is Lane.DONE else (seconds, item.id)


def _lane(lane: Lane, narrowed: Narrowed, after: str) -> str:
    backwards = lane is Lane.DONE
    return _LANE.format(
        lane=lane.value,
        actions=_source(narrowed),
        condition=_condition(lane, narrowed),
        after=_AFTER.format(sign="<" if backwards else ">") if after else "",
        order="DESC" if backwards else "ASC",
    )


def _condition(lane: Lane, narrowed: Narrowed) -> str:
    return CONDITIONS[lane] + (" AND a.plan = %(plan)s" if narrowed.plan else "")


def _mine(narrowed: Narrowed) -> str:
    """Return what finds the actions of an owner or a service; empty where all are asked for."""
    parts = [_OF_OWNER] if narrowed.owner.strip() else []
    parts += [_OF_SERVICE] if narrowed.service.strip() else []
    return _MINE.format(narrowed=" AND ".join(parts)) if parts else ""


def _source(narrowed: Narrowed) -> str:
    return "mine" if _mine(narrowed) else "case_action"


def _counts(narrowed: Narrowed, values: Mapping[str, Any]) -> dict[Lane, int]:
    asked = [
        _COUNT.format(
            actions=_source(narrowed), condition=_condition(lane, narrowed), most=MOST_COUNTED
        )
        for lane in Lane
    ]
    (row,) = _rows(f"{_mine(narrowed)} SELECT {', '.join(asked)}", values)
    return dict(zip(Lane, row, strict=True))


def _since(after: str) -> tuple[datetime, int] | None:
    """Return the place in the order of (sorts at, id) after which the page begins."""
    if not after:
        return None
    moment, _, number = after.partition("~")
    try:
        since, since_id = datetime.fromisoformat(moment), int(number)
    except ValueError:
        raise UnknownPage(after) from None
    if since.tzinfo is None or not 0 <= since_id <= LAST_ID or since > NO_DATE:
        raise UnknownPage(after)
    return since, since_id


_NAMES: Final = tuple(each.name for each in fields(PlannedItem))


def _rows(sql: str, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return found
