"""What the cases of others that are shared with a body ask of its people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from candour.engine.london import local
from candour.people.models import Post

MOST = 10

ASKED = """
    (SELECT c.ref, c.title, c.procedure, c.step, b.name, b.name_cy, d.title, d.title_cy,
           d.owner_role, d.due_on, d.due_at, d.late_from, true
    FROM case_file c
    JOIN bodies_body b ON b.id = c.body_id
    LEFT JOIN case_duty d
      ON d.case_id = c.id AND d.state = 'open' AND d.owner_role = ANY (%(roles)s)
    WHERE c.shared_with <> '{}' AND c.shared_with && %(bodies)s::bigint[]
      AND c.closed_at IS NULL AND NOT c.body_id = ANY (%(bodies)s)
    ORDER BY d.sorts_at NULLS LAST, c.id DESC LIMIT %(most)s)
    UNION ALL
    (SELECT l.ref, l.title, l.procedure, l.step, l.led_by_name, l.led_by_name_cy, NULL, NULL,
           NULL, NULL, NULL, NULL, false
    FROM case_lent(%(most)s) l
    WHERE NOT l.members AND l.closed_at IS NULL AND (l.until IS NULL OR l.until >= %(today)s))
"""


@dataclass(frozen=True, slots=True)
class SharedItem:
    """A case that another body leads and shares, with what it asks of our roles, if anything.

    `title` and what follows are of the duty, and empty where nothing is asked. `members` says
    whether we take part in it; else we are told of it as partners may be.
    """

    ref: str
    case_title: str
    procedure: str
    step: str
    led_by: str
    led_by_cy: str
    title: str | None
    title_cy: str | None
    owner_role: str | None
    due_on: date | None
    due_at: datetime | None
    late_from: datetime | None
    members: bool


def asked_of_us(posts: Iterable[Post], as_of: datetime) -> list[SharedItem]:
    """Return the open cases that others share with the posts' bodies, the soonest due first."""
    held = list(posts)
    values: dict[str, Any] = {
        "bodies": sorted({post.body_id for post in held}),
        "roles": sorted({post.role for post in held}),
        "most": MOST,
        "today": local(as_of).date(),
    }
    with connection.cursor() as cursor:
        cursor.execute(ASKED, values)
        return [SharedItem(*row) for row in cursor.fetchall()]
