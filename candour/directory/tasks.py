"""What the worker does by itself for the directory: follows the regulator's feed, reads files."""

import logging

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from candour.directory.cqc.client import Client
from candour.directory.cqc.following import follow
from candour.directory.errors import FeedTroubleError
from candour.directory.sending import read, take_waiting
from candour.people.models import User
from candour.site.clock import now

log = logging.getLogger(__name__)


@app.periodic(cron="17 * * * *")
@app.task(name="directory.follow", queueing_lock="directory.follow", lock="directory.follow")
def follow_regulator(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time; the clock is asked
    """Take in what changed at the regulator since the last time; nothing where no key is set.

    When the regulator does not answer, what was read is kept and the next run goes on from there.
    """
    if not settings.CANDOUR_CQC_KEY:
        return
    close_old_connections()
    with Client(settings.CANDOUR_CQC_KEY, address=settings.CANDOUR_CQC_ADDRESS) as client:
        try:
            read = follow(client, as_of=now())
        except FeedTroubleError as trouble:
            log.warning("The regulator's feed was not read to its end: %s", trouble)
            return
    log.info("Read %s locations that changed at the regulator", read)


@app.task(name="directory.read")
def read_file(number: int) -> None:
    """Read a large file that somebody sent, so that it can be looked at."""
    close_old_connections()
    read(number)


@app.task(name="directory.take")
def take_file(number: int, by: int, many_gone: bool) -> None:  # noqa: FBT001  # jobs have no keywords alone
    """Take a large file that somebody looked at."""
    close_old_connections()
    take_waiting(number, by=User.objects.get(pk=by), as_of=now(), many_gone=many_gone)
