"""How the open cases of some bodies stand, step by step: what a head of service looks at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from candour.cases.queries.worklist import WEEK
from candour.engine.london import end_of, local

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
