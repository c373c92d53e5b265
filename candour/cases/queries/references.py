"""Look-ups by which an action finds out what else there is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

LARGEST = 2**63  # the numbers of rows stay below it
NUMBER = re.compile("[0-9]{1,19}")


@dataclass(frozen=True, slots=True)
class LiveCase:
    """An open case that a service may have no second of, and the body that leads it."""

    case_id: int
    ref: str
    body_id: int
    body_name: str


def live_case(live_key: str | None) -> LiveCase | None:
    """Return the open case that holds this key, whichever body leads it, or None."""
    if live_key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, ref, body_id, body_name FROM case_live(%s)", [live_key])
        row = cursor.fetchone()
    return LiveCase(*row) if row else None


def case_of_entry(entry_id: str) -> int | None:
    """Return the id of the case that has this entry, or None where none that is visible has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id FROM case_entry WHERE id = %s", [entry_id])
        row = cursor.fetchone()
    return row[0] if row else None


def unseen_experiences(lines: Iterable[str]) -> list[str]:
    """Return the lines that are not numbers of experiences in use held by the bodies acted for."""
    given = list(lines)
    numbers = {line: int(line) for line in given if NUMBER.fullmatch(line)}
    wanted = {number for number in numbers.values() if number < LARGEST}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM experience WHERE id = ANY (%s) AND out_since IS NULL", [list(wanted)]
        )
        seen = {number for (number,) in cursor.fetchall()}
    return [line for line in given if numbers.get(line) not in seen]
