"""What the worker does for calendars: looks at cases whose log said something of a meeting."""

import logging
from contextlib import suppress

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from candour.calendars.keeping import keep_calendar
from candour.cases.procedures import ProcedureUnavailable
from candour.site.clock import now

log = logging.getLogger(__name__)

AT_MOST = 500
PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.periodic(cron="* * * * * */5")
@app.task(name="calendars.sweep", queueing_lock="calendars.sweep")
async def sweep(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time
    """Put every case that waits to be looked at in the queue, each once."""
    for case_id, body_id in await _waiting():
        waiting = keep.configure(queueing_lock=f"calendars.keep:{case_id}")
        with suppress(AlreadyEnqueued):
            await waiting.defer_async(case_id=case_id, body_id=body_id)


@app.task(name="calendars.keep", retry=PATIENCE)
def keep(case_id: int, body_id: int) -> None:
    """Make calendars say what one case's log says. Doing it twice sends nothing twice."""
    close_old_connections()
    try:
        sent = keep_calendar(case_id, body_id, now())
    except ProcedureUnavailable as missing:
        log.warning("The calendars of case %s wait: %s", case_id, missing)
        return
    if sent:
        log.info("Case %s: %s invitations put in the outbox", case_id, sent)


def waiting_cases(at_most: int = AT_MOST) -> list[tuple[int, int]]:
    """Return (case, leading body) of the cases that wait to be looked at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, body_id FROM calendar_cases_waiting(%s)", [at_most])
        return [(int(case_id), int(body_id)) for case_id, body_id in cursor.fetchall()]


@sync_to_async
def _waiting() -> list[tuple[int, int]]:
    close_old_connections()
    return waiting_cases()
