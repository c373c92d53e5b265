"""What the worker does about keys by itself: seals anew what stands under an older key."""

import logging
from contextlib import suppress

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from candour.sealing.rotating import bodies_waiting, reseal

log = logging.getLogger(__name__)

PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.periodic(cron="23 * * * *")
@app.task(name="sealing.tidy", queueing_lock="sealing.tidy")
def tidy(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time
    """Put every body in the queue of which something stands under an older key."""
    close_old_connections()
    seal_anew(bodies_waiting())


@app.task(name="sealing.reseal", retry=PATIENCE)
def reseal_body(body_id: int) -> None:
    """Seal a body's texts anew under its newest key. Doing it twice does nothing twice."""
    close_old_connections()
    done = unsound = 0
    for step in reseal(body_id):
        done, unsound = done + step.done, unsound + len(step.unsound)
        log.info("Body %s: %s sealed anew", body_id, done)
    if unsound:
        log.error("Body %s: %s sealed texts do not open. Run: candour keys check", body_id, unsound)


def seal_anew(bodies: list[int]) -> None:
    """Put these bodies in the queue, each once."""
    for body_id in bodies:
        name = f"sealing.reseal:{body_id}"
        with suppress(AlreadyEnqueued):
            reseal_body.configure(queueing_lock=name, lock=name).defer(body_id=body_id)
