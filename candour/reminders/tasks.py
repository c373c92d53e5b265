"""What the worker does for reminders: looks at whoever it is time to look at."""

import logging
from contextlib import suppress
from datetime import datetime

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from candour.reminders.escalating import take_up, unseen
from candour.reminders.new_signs import tell_of_new, untold
from candour.reminders.telling import remind
from candour.site.clock import now

log = logging.getLogger(__name__)

AT_MOST = 500
PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.periodic(cron="* * * * * */20")
@app.task(name="reminders.sweep", queueing_lock="reminders.sweep")
async def sweep(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time
    """Put everybody whom it is time to look at in the queue, each once."""
    for person in await _due_now():
        waiting = tell.configure(queueing_lock=f"reminders.tell:{person}")
        with suppress(AlreadyEnqueued):
            await waiting.defer_async(person=person)


@app.task(name="reminders.tell", retry=PATIENCE)
def tell(person: int) -> None:
    """Tell one person what is due from them. Doing it twice tells nothing twice."""
    close_old_connections()
    if remind(person, now()):
        log.info("Reminded person %s", person)


def people_due(as_of: datetime, at_most: int = AT_MOST) -> list[int]:
    """Return whom to look at, those who have waited longest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM reminders_due(%s, %s)", [as_of, at_most])
        return [int(person) for (person,) in cursor.fetchall()]


@sync_to_async
def _due_now() -> list[int]:
    close_old_connections()
    return people_due(now())


@app.periodic(cron="* * * * * */30")
@app.task(name="reminders.unseen", queueing_lock="reminders.unseen")
async def sweep_unseen(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time
    """Put every safeguarding sign that nobody looked at in time in the queue, each once."""
    for sign, body in await _unseen_now():
        waiting = escalate.configure(queueing_lock=f"reminders.escalate:{sign}")
        with suppress(AlreadyEnqueued):
            await waiting.defer_async(sign=sign, body=body)


@app.task(name="reminders.escalate", retry=PATIENCE)
def escalate(sign: int, body: int) -> None:
    """Take one sign up to the head of its body. Doing it twice tells nothing twice."""
    close_old_connections()
    if take_up(sign, body, now()):
        log.info("Took safeguarding sign %s up to the head of its body", sign)


@sync_to_async
def _unseen_now() -> list[tuple[int, int]]:
    close_old_connections()
    return unseen(now(), AT_MOST)


@app.periodic(cron="* * * * * */10")
@app.task(name="reminders.untold", queueing_lock="reminders.untold")
async def sweep_untold(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time
    """Put every body in the queue at which new safeguarding signs came in, each once."""
    for body in await _untold_now():
        waiting = tell_new.configure(queueing_lock=f"reminders.tell_new:{body}")
        with suppress(AlreadyEnqueued):
            await waiting.defer_async(body=body)


@app.task(name="reminders.tell_new", retry=PATIENCE)
def tell_new(body: int) -> None:
    """Tell those who look at a body's signs what came in. Doing it twice tells nothing twice."""
    close_old_connections()
    if number := tell_of_new(body, now()):
        log.info("Told body %s of %s new safeguarding signs", body, number)


@sync_to_async
def _untold_now() -> list[int]:
    close_old_connections()
    return untold()
