"""Which roles owe something at some bodies: by an index, a step for each role, not each duty."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from candour.cases.procedures import ProcedureUnavailable, procedure_named
from candour.people.leavers import Holding

OWING = """
    WITH RECURSIVE owing (body_id, role) AS (
        SELECT b.id, (SELECT min(owner_role) FROM case_duty WHERE body_id = b.id AND state = 'open')
        FROM unnest(%(bodies)s::bigint[]) AS b (id)
        UNION ALL
        SELECT o.body_id, (
            SELECT min(owner_role) FROM case_duty
            WHERE body_id = o.body_id AND state = 'open' AND owner_role > o.role
        )
        FROM owing o WHERE o.role IS NOT NULL
    )
    SELECT o.body_id, o.role, c.procedure, c.version FROM owing o CROSS JOIN LATERAL (
        SELECT case_id FROM case_duty
        WHERE body_id = o.body_id AND state = 'open' AND owner_role = o.role LIMIT 1
    ) AS d JOIN case_file c ON c.id = d.case_id
    WHERE o.role IS NOT NULL ORDER BY o.body_id, o.role
"""


@dataclass(frozen=True, slots=True)
class OwingRole:
    """A role that owes something at a body; `outside` ones are nobody's who signs in."""

    body_id: int
    role: str
    outside: bool


def owing_roles(bodies: Iterable[int]) -> list[OwingRole]:
    """Return the roles that owe something in the cases that these bodies lead. One query."""
    wanted = sorted(set(bodies))
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(OWING, {"bodies": wanted})
        rows = cursor.fetchall()
    return [
        OwingRole(body, role, _outside(name, version, role)) for body, role, name, version in rows
    ]


def _outside(name: str, version: str, role: str) -> bool:
    try:
        known = procedure_named(name, version).roles.get(role)
    except ProcedureUnavailable:
        return False
    return known is not None and known.outside


def handed_to(person: int, bodies: Iterable[int], held: Holding) -> list[tuple[int, str]]:
    """Return the roles that owe something, that nobody holds, and that fall to this person.

    No query for somebody who leads no body's cases, one for the others.
    """
    return [
        (owing.body_id, owing.role)
        for owing in owing_roles(held.led_by(person, bodies))
        if not owing.outside and not held.is_held(owing.body_id, owing.role)
    ]
