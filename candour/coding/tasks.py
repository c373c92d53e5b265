"""What the worker does for coding, by itself and when asked."""

import logging
from contextlib import suppress
from typing import Final

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from candour.bodies.models import Body
from candour.coding.models import BROKE, Learning
from candour.database.row_security import acting_for
from candour.site.clock import now

log = logging.getLogger(__name__)

AT_MOST: Final = 50
PATIENCE = RetryStrategy(max_attempts=5, exponential_wait=2)


@app.periodic(cron="* * * * * */30")
@app.task(name="coding.sweep", queueing_lock="coding.sweep")
async def sweep(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time
    """Put every body that has something new in the queue, each once."""
    for body_id in await _due():
        with suppress(AlreadyEnqueued):
            await look.configure(queueing_lock=f"coding.look:{body_id}").defer_async(
                body_id=body_id
            )


@app.task(name="coding.look", retry=PATIENCE)
def look(body_id: int) -> None:
    """Look at the new experiences of a body, all there are. Twice does nothing twice."""
    from candour.coding.work import look_at_new  # noqa: PLC0415  # scikit-learn is heavy

    close_old_connections()
    body = Body.objects.get(pk=body_id)
    more = True
    while more:
        with acting_for([body_id]):
            more = look_at_new(body, now())


@app.task(name="coding.learn", retry=PATIENCE)
def learn(body_id: int) -> None:
    """Make a machine from a body's coding, if it still waits for one."""
    from candour.coding.work import learn_for  # noqa: PLC0415  # scikit-learn is heavy

    close_old_connections()
    try:
        with acting_for([body_id]):
            made = learn_for(Body.objects.get(pk=body_id), now())
    except Exception:
        with acting_for([body_id]):  # else its page would say for ever that one is being made
            Learning.objects.filter(body=body_id).update(ended_at=now(), fault=BROKE)
        raise
    if made is not None:
        log.info("Body %s: learned from %s experiences", body_id, made.examples)


@sync_to_async
def _due() -> list[int]:
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute("SELECT due_body FROM coding_due(%s)", [AT_MOST])
        return [int(body_id) for (body_id,) in cursor.fetchall()]
