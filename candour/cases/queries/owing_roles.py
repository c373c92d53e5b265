"""Which roles owe something at some bodies, and who holds them: by index, a step for each role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from candour.cases.procedures import ProcedureUnavailable, procedure_named
from candour.people.leavers import HEADS, LEAD, Holding

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
    ), asked AS (
        SELECT body_id, role FROM owing WHERE role IS NOT NULL
        UNION SELECT b.id, l.role
        FROM unnest(%(bodies)s::bigint[]) AS b (id), unnest(%(leading)s::text[]) AS l (role)
    )
    SELECT a.body_id, a.role, d.procedure, d.version, ARRAY(
        SELECT p.user_id FROM people_post p JOIN people_user u ON u.id = p.user_id
        WHERE p.body_id = a.body_id AND p.role = a.role AND u.is_active
          AND (p.from_date IS NULL OR p.from_date <= %(day)s)
          AND (p.to_date IS NULL OR p.to_date >= %(day)s)
    )
    FROM asked a LEFT JOIN LATERAL (
        SELECT c.procedure, c.version FROM case_duty JOIN case_file c ON c.id = case_duty.case_id
        WHERE case_duty.body_id = a.body_id AND state = 'open' AND owner_role = a.role LIMIT 1
    ) AS d ON true ORDER BY a.body_id, a.role
"""


@dataclass(frozen=True, slots=True)
class Owing:
    """The roles that owe something at some bodies, and who holds those, and who leads there.

    Attributes:
        staff: the roles among them that somebody who signs in can hold.
        held: who holds each of them, and each of those that lead.
    """

    staff: tuple[tuple[int, str], ...]
    held: Holding

    def handed_to(self, person: int) -> list[tuple[int, str]]:
        """Return the roles that nobody holds and that fall to this person."""
        return [
            (body, role)
            for body, role in self.staff
            if not self.held.is_held(body, role) and person in self.held.heirs(body)
        ]


def owing_at(bodies: Iterable[int], day: date) -> Owing:
    """Return what is owed by whom in the cases that these bodies lead, on a day. One query."""
    values: dict[str, Any] = {"bodies": sorted(set(bodies)), "leading": [LEAD, *HEADS], "day": day}
    with connection.cursor() as cursor:
        cursor.execute(OWING, values)
        rows = cursor.fetchall()
    return Owing(
        staff=tuple(
            (body, role)
            for body, role, name, version, _holders in rows
            if name is not None and not _outside(name, version, role)
        ),
        held=Holding({(row[0], row[1]): frozenset(row[4]) for row in rows if row[4]}),
    )


def _outside(name: str, version: str, role: str) -> bool:
    try:
        known = procedure_named(name, version).roles.get(role)
    except ProcedureUnavailable:
        return False
    return known is not None and known.outside
