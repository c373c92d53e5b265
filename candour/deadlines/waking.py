"""Which cases time has changed, and letting it act on one of them."""

from datetime import datetime

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection

from candour.cases.actions import wake
from candour.database.row_security import acting_for


def due_cases(as_of: datetime, at_most: int) -> list[tuple[int, int]]:
    """Return (case, leading body) of cases that time alone has changed by `as_of`, longest first.

    The worker has no right to look into cases. A function of the owner's tells it these numbers and
    nothing else; each case is then woken in the name of the body that leads it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, body_id FROM due_wakeups(%s, %s)", [as_of, at_most])
        return [(int(case_id), int(body_id)) for case_id, body_id in cursor.fetchall()]


@sync_to_async
def due_now(as_of: datetime, at_most: int) -> list[tuple[int, int]]:
    """Return what `due_cases` does, from a coroutine."""
    close_old_connections()
    return due_cases(as_of, at_most)


def wake_case(case_id: int, body_id: int, as_of: datetime) -> int:
    """Let time act on one case up to `as_of`; return how many entries the system made."""
    close_old_connections()
    with acting_for([body_id]):
        return wake(case_id, as_of)
