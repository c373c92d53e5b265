"""The jobs of imports."""

import logging

from django.db import close_old_connections
from procrastinate.contrib.django import app

from candour.bodies.models import Body
from candour.experiences.actions.working import turn_import, work_on_file
from candour.people.actor import Actor
from candour.people.models import User
from candour.site.clock import now

log = logging.getLogger(__name__)


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


def _actor(body_id: int, user_id: int | None) -> Actor:
    """Return who asked for a job: whether they might was looked at when they did."""
    body = Body.objects.get(pk=body_id)
    user = User.objects.filter(pk=user_id).first() if user_id is not None else None
    return Actor(user=user, role="", body=body)
