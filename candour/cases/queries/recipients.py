"""The register of recipients: whom something was put to, in all cases of the bodies worked for.

Each read follows an index in its order, and no further than a page or than a count goes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

from django.db import connection

from candour.cases.columns import NO_DATE
from candour.cases.recipient_drawing import name_key
from candour.cases.recipient_rows import NOT_ANSWERED, WAITED_FOR

PAGE: Final = 50
MOST_COUNTED: Final = 1000
MOST_NAMES: Final = 300
BEFORE_ALL: Final = datetime(1, 1, 1, tzinfo=UTC)
LAST_ID: Final = 2**63 - 1


class Which(StrEnum):
    """Which recipients the register is asked for."""

    OPEN = "open"  # something is still to come
    LATE = "late"  # and its time has passed
    UNANSWERED = "unanswered"  # the non-response register: late, or given up without an answer
    ALL = "all"


class Basis(StrEnum):
    """On what basis an answer is expected."""

    STATUTORY = "statutory"
    CONTRACTUAL = "contractual"
    VOLUNTARY = "voluntary"


@dataclass(frozen=True, slots=True)
class RecipientItem:
    """One line of the register, with what it says of its case."""

    id: int
    ref: str
    case_title: str
    put_by: str
    name: str
    basis: str
    asked: str
    received_on: date
    acknowledge_by: date | None
    acknowledged_on: date | None
    due_on: date | None
    because: str
    because_cy: str
    answered_on: date | None
    answered_late: bool
    intends: str
    intends_cy: str
    said: str
    passed_to: str
    state: str
    late_from: datetime | None
    sorts_at: datetime


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the register, soonest due first; `next` asks for the page after it.

    `counts` are of the whole register, up to `MOST_COUNTED` each; `names` are those that it can be
    narrowed to.
    """

    items: tuple[RecipientItem, ...]
    next: str
    counts: Mapping[Which, int]
    names: tuple[str, ...]


class UnknownPage(ValueError):
    """A page's address that no page gave out."""

    def __init__(self, token: str) -> None:
        super().__init__(f"“{token}” is not a page of the register. Go back to its first page.")


def register(
    *,
    bodies: Iterable[int],
    which: Which,
    as_of: datetime,
    name: str = "",
    basis: Basis | None = None,
    after: str = "",
    size: int = PAGE,
) -> RegisterPage:
    """Return a page of the register of recipients in the cases that these bodies lead.

    Args:
        bodies: the bodies that the person works for.
        which: open, late, not answered, or all.
        as_of: the moment from which a thing is late.
        name: only this recipient, however it is spaced or capitalised; empty for all.
        basis: only those whose answer is expected on this basis; None for all.
        after: the `next` of the page before; empty for the first.
        size: how many lines a page has.

    Raises:
        UnknownPage: no page gave out `after`.
    """
    mine = sorted(set(bodies))
    items, following = recipients_page(
        bodies=mine, which=which, as_of=as_of, name=name, basis=basis, after=after, size=size
    )
    return RegisterPage(items, following, _counts(mine, as_of, name, basis), _names(mine))


PAGED = """
    SELECT r.id, c.ref, c.title, r.put_by::text, r.name, r.basis, r.asked, r.received_on,
           r.acknowledge_by, r.acknowledged_on, r.due_on, r.because, r.because_cy, r.answered_on,
           r.answered_late, r.intends, r.intends_cy, r.said, r.passed_to, r.state, r.late_from,
           r.sorts_at
    FROM (
        SELECT f.* FROM unnest(%(bodies)s::bigint[]) AS w (body_id) CROSS JOIN LATERAL (
            SELECT * FROM case_recipient
            WHERE body_id = w.body_id AND {which}
              AND (sorts_at, id) > (%(since)s, %(since_id)s)
            ORDER BY sorts_at, id LIMIT %(size)s
        ) AS f ORDER BY f.sorts_at, f.id LIMIT %(size)s
    ) AS r
    JOIN case_file c ON c.id = r.case_id
    ORDER BY r.sorts_at, r.id
"""


def recipients_page(
    *,
    bodies: Sequence[int],
    which: Which,
    as_of: datetime,
    name: str,
    after: str,
    size: int,
    basis: Basis | None = None,
) -> tuple[tuple[RecipientItem, ...], str]:
    """Return one page of lines, and what asks for the page after it; see `register`.

    Raises:
        UnknownPage: no page gave out `after`.
    """
    since, since_id = _since(after)
    rows = _rows(
        PAGED.format(which=_condition(which, name, basis)),
        {
            "bodies": list(bodies),
            "as_of": as_of,
            "name": name_key(name),
            "basis": basis.value if basis else "",
            "since": since,
            "since_id": since_id,
            "size": size + 1,
        },
    )
    items = tuple(RecipientItem(*row) for row in rows[:size])
    more = f"{items[-1].sorts_at.isoformat()}~{items[-1].id}" if len(rows) > size else ""
    return items, more


def _condition(which: Which, name: str, basis: Basis | None) -> str:
    """Return the SQL condition of a choice; each has an index that answers it in order."""
    parts = {
        Which.OPEN: [_among(WAITED_FOR)],
        Which.LATE: [_among(WAITED_FOR), "sorts_at <= %(as_of)s"],
        Which.UNANSWERED: [_among(NOT_ANSWERED), "sorts_at <= %(as_of)s"],
        Which.ALL: ["true"],
    }[which]
    if name.strip():
        parts.append("name_key = %(name)s")
    if basis is not None:
        parts.append("basis = %(basis)s")
    return " AND ".join(parts)


def _among(states: Sequence[str]) -> str:
    listed = ", ".join(f"'{state}'" for state in states)
    return f"state IN ({listed})"


def _since(after: str) -> tuple[datetime, int]:
    """Return the place in the order of (sorts at, id) after which the page begins."""
    if not after:
        return BEFORE_ALL, 0
    moment, _, number = after.partition("~")
    try:
        since, since_id = datetime.fromisoformat(moment), int(number)
    except ValueError:
        raise UnknownPage(after) from None
    if since.tzinfo is None or not 0 <= since_id <= LAST_ID or since > NO_DATE:
        raise UnknownPage(after)
    return since, since_id


COUNT = """(
    SELECT count(*) FROM (
        SELECT 1 FROM unnest(%(bodies)s::bigint[]) AS w (body_id) CROSS JOIN LATERAL (
            SELECT 1 FROM case_recipient WHERE body_id = w.body_id AND {which} LIMIT {most}
        ) AS f LIMIT {most}
    ) AS counted
)"""


def _counts(
    bodies: Sequence[int], as_of: datetime, name: str, basis: Basis | None
) -> dict[Which, int]:
    asked = [
        COUNT.format(which=_condition(which, name, basis), most=MOST_COUNTED) for which in Which
    ]
    values = {
        "bodies": list(bodies),
        "as_of": as_of,
        "name": name_key(name),
        "basis": basis.value if basis else "",
    }
    (row,) = _rows(f"SELECT {', '.join(asked)}", values)
    return dict(zip(Which, row, strict=True))


# From each name to the next by the index, so that many lines of one name cost no more than one.
NAMES = """
    WITH RECURSIVE named AS (
        SELECT w.body_id, n.name, n.name_key FROM unnest(%(bodies)s::bigint[]) AS w (body_id)
        CROSS JOIN LATERAL (
            SELECT name, name_key FROM case_recipient WHERE body_id = w.body_id
            ORDER BY name_key LIMIT 1
        ) AS n
        UNION ALL
        SELECT m.body_id, n.name, n.name_key FROM named m CROSS JOIN LATERAL (
            SELECT name, name_key FROM case_recipient
            WHERE body_id = m.body_id AND name_key > m.name_key ORDER BY name_key LIMIT 1
        ) AS n
    )
    SELECT DISTINCT ON (name_key) name FROM (SELECT * FROM named LIMIT %(most)s) AS found
    ORDER BY name_key
"""


def _names(bodies: Sequence[int]) -> tuple[str, ...]:
    return tuple(name for (name,) in _rows(NAMES, {"bodies": list(bodies), "most": MOST_NAMES}))


def _rows(sql: str, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return found
