"""What people are called and where they sit, for pages that only name them.

Plain statements that give plain rows: making a model of each person takes longer than the rest of
such a page.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

# As `User.name` has it.
NAME = """coalesce(
    nullif(person.display_name, ''),
    nullif(btrim(person.first_name || ' ' || person.last_name), ''),
    person.username
)"""
NAMES = f"SELECT id, {NAME} FROM people_user AS person WHERE id = ANY(%s)"  # noqa: S608  # our own
STAFF = f"""
SELECT post.body_id, person.id, post.role, {NAME}
FROM people_post AS post JOIN people_user AS person ON person.id = post.user_id
WHERE post.body_id = ANY(%(bodies)s) AND post.role = ANY(%(roles)s) AND person.is_active
  AND (post.from_date IS NULL OR post.from_date <= %(day)s)
  AND (post.to_date IS NULL OR post.to_date >= %(day)s)
ORDER BY array_position(%(roles)s, post.role), post.id
"""  # noqa: S608  # the name is this module's own


class Staff(NamedTuple):
    """A post that somebody holds, and what they are called."""

    body_id: int
    person_id: int
    role: str
    name: str


def names_of(people: Iterable[int]) -> dict[int, str]:
    """Return what each of these people is called, by their numbers. One query, or none."""
    asked = list(people)
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [asked])
        return dict(cursor.fetchall())


def staff_of(bodies: Iterable[int], roles: Iterable[str], day: date) -> list[Staff]:
    """Return who holds these roles at these bodies on a London day and may sign in. One query.

    In the order in which the roles are given, and within a role as posts were made.
    """
    asked: dict[str, Any] = {"bodies": list(bodies), "roles": list(roles), "day": day}
    with connection.cursor() as cursor:
        cursor.execute(STAFF, asked)
        return [Staff(*row) for row in cursor.fetchall()]
