"""The job that does a what-if."""

import logging

from django.db import close_old_connections
from procrastinate.contrib.django import app

from candour.whatif.asking import do

log = logging.getLogger(__name__)


@app.task(name="whatif.do")
def do_what_if(number: int, body_id: int) -> None:
    """Replay the cases of a body under the draft that it asked about."""
    close_old_connections()
    do(number, body_id)
    log.info("Did what-if %s", number)
