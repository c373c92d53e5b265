"""Finding in the directory: services with their cases, and people by name, post or role."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models.expressions import RawSQL

from candour.bodies.models import Service
from candour.finding.asking import Asked, begins

MOST_SERVICES: Final = 20
MOST_PEOPLE: Final = 20
MOST_CASES: Final = 5  # shown of one service
MOST_SORTED: Final = 500  # services put in order, where very many fit
MOST_PROVIDERS: Final = 200  # looked at for one word


@dataclass(frozen=True, slots=True)
class FoundService:
    """A service, and its cases that the reader may see: those still open first.

    Attributes:
        cases: number, title and whether it is open, of `MOST_CASES` at most.
    """

    service: Service
    cases: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody in a role at a body: who holds a post there, or whom to reach.

    Attributes:
        post: they sign in here; else they are a contact of the directory.
    """

    name: str
    role: str
    title: str
    body: str
    body_cy: str
    email: str
    phone: str
    hours: str
    post: bool


# Each word begins a word of the service's name or place, or stands in the name of its provider.
SERVICES = """
    SELECT s.id FROM bodies_service s
    WHERE (s.from_date IS NULL OR s.from_date <= %s) AND (s.to_date IS NULL OR s.to_date >= %s)
      AND NOT EXISTS (
        SELECT FROM directory_merge m WHERE m.merged_id = s.id AND m.undone_at IS NULL)
      AND {every} LIMIT {most}
"""
BEGINS = """
    finding_service_words(s.name, s.name_cy, s.address, s.postcode) @@ to_tsquery('simple', %s)
"""
PROVIDERS = """
    SELECT w.place, b.id FROM unnest(%(like)s::text[]) WITH ORDINALITY AS w (word, place)
    CROSS JOIN LATERAL (
        SELECT id FROM bodies_body WHERE name ILIKE w.word OR name_cy ILIKE w.word LIMIT %(most)s
    ) AS b
"""


def services(asked: Asked, day: date) -> list[FoundService]:
    """Return the services of this day whose name, place or provider has every word. Three queries.

    Two where none is found. Of very many, some are returned.
    """
    words = [word for word in asked.names if re.search(r"\w", word)]
    if not words:
        return []
    every, values = _conditions(words)
    wanted = RawSQL(SERVICES.format(every=every, most=MOST_SORTED), [day, day, *values])  # noqa: S611  # what a person gives is a parameter
    named = Service.objects.filter(pk__in=wanted).select_related("provider").order_by("name", "pk")
    found = list(named[: MOST_SERVICES + 1])
    cases = _cases_of([service.pk for service in found])
    return [FoundService(service, tuple(cases.get(service.pk, ()))) for service in found]


def _conditions(words: Sequence[str]) -> tuple[str, list[Any]]:
    """Return the SQL that asks for every word, and its parameters. One query.

    Providers are asked for beforehand: only with their numbers does PostgreSQL see that few
    services are theirs, and goes by its indexes.
    """
    providers: dict[int, list[int]] = {}
    like = [f"%{_like(word)}%" for word in words]
    for place, body in _rows(PROVIDERS, {"like": like, "most": MOST_PROVIDERS}):
        providers.setdefault(place, []).append(body)
    conditions, values = list[str](), list[Any]()
    for place, word in enumerate(words, 1):
        theirs = providers.get(place)
        conditions.append(f"({BEGINS} OR s.provider_id = ANY (%s))" if theirs else BEGINS)
        values += [begins(word), theirs] if theirs else [begins(word)]
    return " AND ".join(conditions), values


OF_SERVICES = """
    SELECT s.id, c.ref, c.title, c.closed_at IS NULL FROM unnest(%(services)s::bigint[]) AS s (id)
    CROSS JOIN LATERAL (
        SELECT * FROM case_file f WHERE f.service_id = ANY (directory_rows_of(s.id))
        ORDER BY f.closed_at IS NOT NULL, f.id DESC LIMIT %(most)s
    ) AS c
"""


def _cases_of(numbers: Sequence[int]) -> dict[int, list[tuple[str, str, bool]]]:
    """Return the cases of each of these services that the reader may see; none, no query."""
    found: dict[int, list[tuple[str, str, bool]]] = {}
    if numbers:
        rows = _rows(OF_SERVICES, {"services": list(numbers), "most": MOST_CASES})
        for service, *case in rows:
            found.setdefault(service, []).append((case[0], case[1], case[2]))
    return found


# Who holds a post is told to those who work at the same body; contacts stand in the directory.
PEOPLE = """
    SELECT * FROM (
        SELECT coalesce(nullif(u.display_name, ''),
                        nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) AS name,
               p.role, p.title, b.name AS body, b.name_cy, u.email, '' AS phone, '' AS hours,
               true AS post
        FROM people_post p JOIN people_user u ON u.id = p.user_id
        JOIN bodies_body b ON b.id = p.body_id
        WHERE p.body_id = ANY (%(bodies)s::bigint[]) AND u.is_active
          AND (p.from_date IS NULL OR p.from_date <= %(day)s)
          AND (p.to_date IS NULL OR p.to_date >= %(day)s)
        UNION ALL
        SELECT c.name, c.role, '', b.name, b.name_cy, c.email, c.phone, c.hours, false
        FROM bodies_contact c JOIN bodies_body b ON b.id = c.body_id
        WHERE (c.from_date IS NULL OR c.from_date <= %(day)s)
          AND (c.to_date IS NULL OR c.to_date >= %(day)s)
    ) AS someone
    WHERE (SELECT bool_and(
        concat_ws(' ', name, replace(role, '_', ' '), title, body, name_cy, email, phone)
        ILIKE word) FROM unnest(%(words)s::text[]) AS w (word))
    ORDER BY post DESC, name, role, body LIMIT %(most)s
"""


def people(asked: Asked, bodies: Iterable[int], day: date) -> list[FoundPerson]:
    """Return who holds a post at these bodies, and contacts of the directory. One query.

    Args:
        asked: every word of it stands in a name, a role, a title, a body or an address.
        bodies: the bodies that the reader works for; of none, nobody is found.
        day: the day on which they are in that role.
    """
    mine = sorted(set(bodies))
    if not mine or not asked.names:
        return []
    words = [f"%{_like(word)}%" for word in asked.names]
    values = {"bodies": mine, "day": day, "words": words, "most": MOST_PEOPLE + 1}
    return [FoundPerson(*row) for row in _rows(PEOPLE, values)]


def _like(word: str) -> str:
    """Return a word as LIKE takes it for itself."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
