"""The jobs of imports, and of cleaning what was stored before words were cleaned."""

import logging
from collections.abc import Iterable
from contextlib import suppress

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from candour.bodies.models import Body
from candour.experiences.actions.cleaning_stored import clean_stored, waiting_to_be_cleaned
from candour.experiences.actions.working import turn_import, work_on_file
from candour.experiences.waiting import forget_all
from candour.people.actor import Actor
from candour.people.models import User
from candour.sealing.errors import KeyNotHere
from candour.site.clock import now

log = logging.getLogger(__name__)

PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.task(name="experiences.file")
def do_file(number: int, body_id: int, user_id: int | None) -> None:
    """Look through a file that waits, or take it in."""
    close_old_connections()
    work_on_file(number, _actor(body_id, user_id), now())
    log.info("Worked on file %s", number)


@app.task(name="experiences.turn")
def do_turn(number: int, body_id: int, user_id: int | None, *, undo: bool) -> None:
    """Undo an import, or do it again."""
    close_old_connections()
    turn_import(number, _actor(body_id, user_id), now(), undo=undo)
    log.info("Turned import %s", number)


@app.periodic(cron="41 * * * *")
@app.task(name="experiences.tidy", queueing_lock="experiences.tidy")
def tidy(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time
    """Put every body in the queue that has experiences stored which were never cleaned."""
    close_old_connections()
    clean_bodies(waiting_to_be_cleaned())


@app.periodic(cron="23 * * * *")
@app.task(name="experiences.forget", queueing_lock="experiences.forget")
def forget_files(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time
    """Destroy what files held that nobody took in for too long. Twice does nothing twice."""
    close_old_connections()
    forget_all(now())


@app.task(name="experiences.clean", retry=PATIENCE)
def clean_body(body_id: int) -> None:
    """Clean what a body had stored. Doing it twice does nothing twice."""
    close_old_connections()
    done = changed = signs = 0
    try:
        for step in clean_stored(body_id, now()):
            done, changed, signs = done + step.done, changed + step.changed, signs + step.signs
            log.info("Body %s: %s gone through, words taken out of %s", body_id, done, changed)
            for number in step.left:
                log.warning("Experience %s: words are left to be taken out by hand", number)
    except KeyNotHere as missing:
        log.error("Body %s waits to be cleaned: %s", body_id, missing)  # noqa: TRY400  # it says all
    log.info("Body %s: %s came on the list of safeguarding signs", body_id, signs)


def clean_bodies(bodies: Iterable[int]) -> None:
    """Put these bodies in the queue, each once."""
    for body_id in bodies:
        name = f"experiences.clean:{body_id}"
        with suppress(AlreadyEnqueued):
            clean_body.configure(queueing_lock=name, lock=name).defer(body_id=body_id)


def _actor(body_id: int, user_id: int | None) -> Actor:
    """Return who asked for a job: whether they might was looked at when they did."""
    body = Body.objects.get(pk=body_id)
    user = User.objects.filter(pk=user_id).first() if user_id is not None else None
    return Actor(user=user, role="", body=body)
