"""Which cases time has changed, and letting it act on one of them."""

import logging
from datetime import datetime

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection

from candour.cases.actions import wake
from candour.cases.models import Case
from candour.cases.procedures import ProcedureUnavailable
from candour.database.row_security import acting_for
from candour.policies.versions import named

logger = logging.getLogger(__name__)


def due_cases(as_of: datetime, at_most: int) -> list[tuple[int, int]]:
    """Return (case, leading body) of cases that time alone has changed by `as_of`, longest first.

    The worker has no right to look into cases. A function of the owner's tells it these numbers and
    nothing else; each case is then woken in the name of the body that leads it. Cases pinned to a
    version of a procedure that this release does not have are left as they are until it is back.
    """
    packs = [f"{name} {version}" for name, version in named()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id, body_id FROM due_wakeups(%s, %s, %s)", [as_of, at_most, packs]
        )
        return [(int(case_id), int(body_id)) for case_id, body_id in cursor.fetchall()]


@sync_to_async
def due_now(as_of: datetime, at_most: int) -> list[tuple[int, int]]:
    """Return what `due_cases` does, from a coroutine."""
    close_old_connections()
    return due_cases(as_of, at_most)


def wake_case(case_id: int, body_id: int, as_of: datetime) -> int:
    """Let time act on one case up to `as_of`; return how many entries the system made."""
    close_old_connections()
    try:
        with acting_for([body_id]):
            return wake(case_id, as_of)
    except ProcedureUnavailable as missing:
        with acting_for([body_id]):
            _leave(case_id, missing)
        return 0


def _leave(case_id: int, missing: ProcedureUnavailable) -> None:
    """Stop waking a case whose log cannot be read, and say how it is woken again.

    Its next instant is drawn from the log like all else, so `candour rebuild` finds it again.
    """
    case = Case.objects.get(pk=case_id)
    Case.objects.filter(pk=case_id).update(next_change=None)
    logger.error(
        "%s is left asleep. %s Then run: candour rebuild --case %s", case.ref, missing, case.ref
    )
