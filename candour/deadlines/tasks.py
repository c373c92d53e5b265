"""What the worker does by itself: wakes cases that time has changed, and brings lost jobs back.

Nothing here holds state of its own. The instant at which time next changes a case stands in the
case's row, written in the transaction of the entry it follows from; the sweep only asks for those
that have come. So a worker may die at any point, or several may run at once, and every case is
still woken, once.
"""

import logging
from contextlib import suppress

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from candour.deadlines.lost import LOST_AFTER, bring_back
from candour.deadlines.waking import due_now, wake_case
from candour.site.clock import now

log = logging.getLogger(__name__)

AT_MOST = 500  # cases put in the queue by one sweep; the rest are there for the next
PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.periodic(cron="* * * * * */5")
@app.task(name="deadlines.sweep", queueing_lock="deadlines.sweep")
async def sweep(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time; the clock is asked
    """Put every case that time alone has changed in the queue, each once."""
    for case_id, body_id in await due_now(now(), AT_MOST):
        # A case already waiting in the queue is woken once, whatever number of sweeps see it.
        waiting = wake.configure(queueing_lock=f"deadlines.wake:{case_id}")
        with suppress(AlreadyEnqueued):
            await waiting.defer_async(case_id=case_id, body_id=body_id)


@app.task(name="deadlines.wake", retry=PATIENCE)
def wake(case_id: int, body_id: int) -> None:
    """Let time act on one case, for the body that leads it. Doing it twice does nothing twice."""
    acted = wake_case(case_id, body_id, now())
    log.info("Woke case %s: %s entries made", case_id, acted)


@app.periodic(cron="* * * * * */10")
@app.task(name="deadlines.rescue", queueing_lock="deadlines.rescue")
async def rescue(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time
    """Put jobs whose worker died back in the queue."""
    await bring_back(app.job_manager, LOST_AFTER)
