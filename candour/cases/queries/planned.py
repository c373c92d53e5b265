"""The plans of all cases of the bodies worked for: a board with its columns, and a list in pages.

Each column is read by indexes in its order; no read goes further than a page, or than a count goes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final

from candour.cases.action_rows import OPEN
from candour.cases.columns import NO_DATE
from candour.cases.queries.planned_columns import PARTS, Narrowed, Wanted, rows, wanted_of
from candour.engine.london import local
from candour.engine.plans import ActionState
from candour.engine.rag import Facts, Lane

PAGE: Final = 50
ON_BOARD: Final = 10  # cards in each column
MOST_COUNTED: Final = 1000
LAST_ID: Final = 2**63 - 1


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
    SELECT count(*) FROM (SELECT 1 FROM ({parts}) AS f LIMIT {most}) AS counted
)"""
_COUNTED = """(
    SELECT 1 FROM unnest(%(bodies)s::bigint[]) AS w (body_id) CROSS JOIN LATERAL (
        SELECT 1 FROM {actions} a WHERE a.body_id = w.body_id AND {condition} LIMIT {most}
    ) AS f LIMIT {most}
)"""


def board(
    *, bodies: Iterable[int], narrowed: Narrowed, as_of: datetime, size: int = ON_BOARD
) -> PlannedPage:
    """Return the first actions of each column, in the cases that these bodies lead.

    Two queries, and one more where it is narrowed to an owner or a service.
    """
    wanted = wanted_of(bodies, narrowed, as_of)
    return PlannedPage(_listed(tuple(Lane), wanted, size), "", _counts(wanted))


def planned(
    *,
    bodies: Iterable[int],
    narrowed: Narrowed,
    lane: Lane,
    as_of: datetime,
    after: str = "",
    size: int = PAGE,
) -> PlannedPage:
    """Return a page of one column: soonest first, of what is done the latest.

    Two queries, and one more where it is narrowed to an owner or a service.

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
    since = _since(after)
    wanted = wanted_of(bodies, narrowed, as_of)
    found = _listed((lane,), wanted, size + 1, since)
    shown = found[:size]
    following = f"{shown[-1].sorts_at.isoformat()}~{shown[-1].id}" if len(found) > size else ""
    return PlannedPage(shown, following, _counts(wanted))


def every(
    *, bodies: Iterable[int], narrowed: Narrowed, lanes: Iterable[Lane], as_of: datetime, most: int
) -> tuple[PlannedItem, ...]:
    """Return the actions of these columns for a file, up to `most` of each."""
    return _listed(tuple(lanes), wanted_of(bodies, narrowed, as_of), most)


def _listed(
    lanes: Sequence[Lane], wanted: Wanted, size: int, since: tuple[datetime, int] | None = None
) -> tuple[PlannedItem, ...]:
    asked = " UNION ALL ".join(
        f"({_lane(lane, part, wanted, after=since is not None)})"
        for lane in lanes
        for part in PARTS[lane]
    )
    values = {**wanted.values, "size": size}
    if since is not None:
        values |= {"since": since[0], "since_id": since[1]}
    found_rows = rows(_LISTED.format(mine=wanted.before, lanes=asked), values)
    found = [
        PlannedItem(**{**item, "lane": Lane(item["lane"])})
        for item in (dict(zip(_NAMES, row, strict=True)) for row in found_rows)
    ]
    return tuple(item for lane in lanes for item in _in_order(found, lane)[:size])


def _in_order(items: Iterable[PlannedItem], lane: Lane) -> list[PlannedItem]:
    """Return the actions of a column in its order; what was done last comes first."""
    own = [item for item in items if item.lane is lane]
    return sorted(own, key=lambda item: (item.sorts_at, item.id), reverse=lane is Lane.DONE)


def _lane(lane: Lane, part: str, wanted: Wanted, *, after: bool) -> str:
    backwards = lane is Lane.DONE
    return _LANE.format(
        lane=lane.value,
        actions=wanted.actions,
        condition=wanted.of(part),
        after=_AFTER.format(sign="<" if backwards else ">") if after else "",
        order="DESC" if backwards else "ASC",
    )


def _counts(wanted: Wanted) -> dict[Lane, int]:
    asked = [_COUNT.format(parts=_counted(lane, wanted), most=MOST_COUNTED) for lane in Lane]
    (row,) = rows(f"{wanted.before} SELECT {', '.join(asked)}", wanted.values)
    return dict(zip(Lane, row, strict=True))


def _counted(lane: Lane, wanted: Wanted) -> str:
    return " UNION ALL ".join(
        _COUNTED.format(actions=wanted.actions, condition=wanted.of(part), most=MOST_COUNTED)
        for part in PARTS[lane]
    )


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
