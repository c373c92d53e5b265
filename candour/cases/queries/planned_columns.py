"""The columns of the plans of all cases in SQL, and what they are narrowed to.

The colour of one action is the engine's to say (`candour.engine.rag`); the conditions here choose
the same, which a test holds them to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from candour.directory.merging import merged_into_sql
from candour.engine.london import end_of, local
from candour.engine.rag import SOON, Lane
from candour.engine.words import same

FEW: Final = 5_000  # actions of an owner or a service that are listed before they are looked at
FEW_CASES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a reader narrows the plans to; empty for all.

    `plan` is dap, cap or none; `owner` and `service` are parts of a name, however it is written,
    the latter also of a case's title, or its reference.
    """

    plan: str = ""
    owner: str = ""
    service: str = ""


_UNSEEN = "a.stands = 'open' AND a.said_done_on IS NULL"
_STANDING = f"{_UNSEEN} AND NOT a.unable AND a.sorts_at > %(as_of)s"
_MOVED = "(a.asked_until IS NOT NULL OR a.sent_back OR a.extended)"
_NEAR = "(a.due_on <= %(soon)s AND a.sorts_at <= %(near)s)"
# Each column in parts that have nothing in common. Every part is a stretch of one index: a column
# told by one condition with an “or” in it would be looked for among all that is open.
PARTS: Final[Mapping[Lane, tuple[str, ...]]] = {
    Lane.LATE: (
        f"{_UNSEEN} AND a.sorts_at <= %(as_of)s",
        f"{_UNSEEN} AND a.unable AND a.sorts_at > %(as_of)s",
    ),
    Lane.VERIFY: ("a.stands = 'open' AND a.said_done_on IS NOT NULL",),
    Lane.SOON: (
        f"{_STANDING} AND {_NEAR}",
        f"{_STANDING} AND {_MOVED} AND ({_NEAR}) IS NOT TRUE",
    ),
    Lane.ON_COURSE: (f"{_STANDING} AND NOT {_MOVED} AND ({_NEAR}) IS NOT TRUE",),
    Lane.DONE: ("NOT a.stands = 'open'",),
}
_MINE = """
    WITH mine AS MATERIALIZED (
        SELECT a.* FROM case_action a WHERE a.id = ANY (%(reached)s::bigint[])
    )
"""
_OF_OWNER = "strpos(a.owner_key, %(owner)s) > 0"
_NAMED = f"""(
    strpos(lower(s.name), %(service)s) > 0 OR strpos(lower(s.name_cy), %(service)s) > 0
    OR strpos(lower(c.title), %(service)s) > 0 OR lower(c.ref) = %(service)s
    OR c.service_id IN ({merged_into_sql("%(service)s")})
)"""  # our own pieces
_OF_SERVICE = f"""EXISTS (
    SELECT FROM case_file c LEFT JOIN bodies_service s ON s.id = c.service_id
    WHERE c.id = a.case_id AND {_NAMED}
)"""  # our own pieces
# Looked for once, as far as they are few: then each column is found among them. Of many, each
# column soon has enough by going through its index.
_REACHED_BY_OWNER = """
    SELECT array_agg(id) FROM (
        SELECT a.id FROM case_action a
        WHERE a.body_id = ANY (%(bodies)s) AND {narrowed} LIMIT %(most)s
    ) AS a
"""
_REACHED_BY_SERVICE = f"""
    WITH named AS MATERIALIZED (
        SELECT c.id FROM case_file c LEFT JOIN bodies_service s ON s.id = c.service_id
        WHERE c.body_id = ANY (%(bodies)s) AND {_NAMED} LIMIT %(most_cases)s
    )
    SELECT array_agg(id) FROM (
        SELECT a.id FROM case_action a
        WHERE a.case_id = ANY (ARRAY(
            SELECT id FROM named WHERE (SELECT count(*) < %(most_cases)s FROM named)
        )) AND a.body_id = ANY (%(bodies)s) AND {{narrowed}} LIMIT %(most)s
    ) AS a
    HAVING (SELECT count(*) < %(most_cases)s FROM named)
"""  # noqa: S608  # our own pieces


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, in SQL.

    Attributes:
        before: what comes before the statement: the few actions of an owner or a service.
        actions: where actions are looked for.
        condition: what further holds of each.
        values: the parameters.
    """

    before: str
    actions: str
    condition: str
    values: Mapping[str, Any]

    def of(self, part: str) -> str:
        """Return the condition of a part of a column."""
        return f"{part}{self.condition}"


def wanted_of(bodies: Iterable[int], narrowed: Narrowed, as_of: datetime) -> Wanted:
    """Return what is asked for. One query where it is narrowed to an owner or a service."""
    soon = local(as_of).date() + timedelta(days=SOON)
    values = {
        "bodies": sorted(set(bodies)),
        "as_of": as_of,
        "soon": soon,
        "near": end_of(soon + timedelta(days=1)),
        "plan": "" if narrowed.plan == "none" else narrowed.plan,
        "owner": same(narrowed.owner),
        "service": narrowed.service.strip().lower(),
        "most": FEW + 1,
        "most_cases": FEW_CASES + 1,
    }
    of_plan = " AND a.plan = %(plan)s" if narrowed.plan else ""
    named = [_OF_OWNER] if values["owner"] else []
    if not named and not values["service"]:
        return Wanted("", "case_action", of_plan, values)
    reached = _reached(" AND ".join(named) or "true", values)
    if reached is not None:
        return Wanted(_MINE, "mine", of_plan, {**values, "reached": reached})
    named += [_OF_SERVICE] if values["service"] else []
    return Wanted("", "case_action", of_plan + "".join(f" AND {each}" for each in named), values)


def _reached(narrowed: str, values: Mapping[str, Any]) -> list[int] | None:
    """Return the actions of an owner or a service; None where there are too many to list."""
    asked = _REACHED_BY_SERVICE if values["service"] else _REACHED_BY_OWNER
    answer = rows(asked.format(narrowed=narrowed), values)
    if not answer:  # very many cases
        return None
    found: list[int] = answer[0][0] or []
    return found if len(found) <= FEW else None


def rows(sql: str, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    """Return what a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return found
