"""Whom to reach at a body, for pages that only name them: plain rows, no models."""

from datetime import date
from typing import NamedTuple

from django.db import connection

DESKS = """
SELECT role, name, email, phone FROM bodies_contact
WHERE body_id = %s AND (from_date IS NULL OR from_date <= %s) AND (to_date IS NULL OR to_date >= %s)
ORDER BY role, id LIMIT %s
"""


class NamedDesk(NamedTuple):
    """Somebody, or a desk, to reach in a role; any but the role may be empty."""

    role: str
    name: str
    email: str
    phone: str


def desks_of(body_id: int, day: date, *, most: int) -> list[NamedDesk]:
    """Return whom to reach at a body on a London day, in order of their roles. One query."""
    with connection.cursor() as cursor:
        cursor.execute(DESKS, [body_id, day, day, most])
        return [NamedDesk(*row) for row in cursor.fetchall()]
