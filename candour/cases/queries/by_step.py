"""How the open cases of some bodies stand, step by step: what a head of service looks at."""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final

from django.db import connection

from candour.cases.queries.worklist import WEEK
from candour.engine.london import end_of, local

COUNTED_EVERY: Final = timedelta(minutes=5)
MOST_KEPT: Final = 256
BY_STEP = """
    WITH soonest AS (
        SELECT case_id, min(sorts_at) AS at, count(*) FILTER (WHERE sorts_at <= %(now)s) AS late
        FROM case_duty WHERE body_id = ANY (%(bodies)s) AND state = 'open' GROUP BY case_id
    )
    SELECT c.procedure, c.step, count(*),
           count(*) FILTER (WHERE s.at <= %(now)s),
           count(*) FILTER (WHERE s.at > %(now)s AND s.at <= %(week)s),
           coalesce(sum(s.late), 0)
    FROM case_file c LEFT JOIN soonest s ON s.case_id = c.id
    WHERE c.body_id = ANY (%(bodies)s) AND c.closed_at IS NULL
    GROUP BY c.procedure, c.step
"""


@dataclass(frozen=True, slots=True)
class AtStep:
    """The open cases at one step of a procedure.

    Attributes:
        procedure, step: their ids.
        cases: how many are open there.
        late: how many of them owe something that is late.
        soon: how many of the others owe something within the week.
        duties_late: how many things are late there in all.
    """

    procedure: str
    step: str
    cases: int
    late: int
    soon: int
    duties_late: int


_kept: OrderedDict[tuple[int, ...], tuple[datetime, list[AtStep]]] = OrderedDict()
_lock = Lock()


def kept_by_step(bodies: Collection[int], as_of: datetime) -> list[AtStep]:
    """Return the same, counted anew every few minutes: it reads all that the bodies are owed.

    Only for somebody who reaches all cases of these bodies.
    """
    key = tuple(sorted(bodies))
    with _lock:
        at, found = _kept.get(key, (None, []))
    if at is None or not timedelta() <= as_of - at < COUNTED_EVERY:
        at, found = as_of, open_by_step(bodies, as_of)
        with _lock:
            _kept[key] = at, found
            _kept.move_to_end(key)
            if len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return found


def open_by_step(bodies: Collection[int], as_of: datetime) -> list[AtStep]:
    """Return how the open cases that these bodies lead stand, step by step. One query."""
    values: dict[str, Any] = {
        "bodies": sorted(bodies),
        "now": as_of,
        "week": end_of(local(as_of).date() + WEEK),
    }
    with connection.cursor() as cursor:
        cursor.execute(BY_STEP, values)
        return [AtStep(*row) for row in cursor.fetchall()]
