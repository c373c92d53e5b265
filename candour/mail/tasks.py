"""What the worker does about mail by itself: sends what is due, and reads back what came."""

import logging
from contextlib import suppress
from datetime import datetime
from imaplib import IMAP4

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from imap_tools.errors import ImapToolsError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from candour.mail.configuration import mailbox
from candour.mail.delivery import deliver, due_messages
from candour.mail.reading.mailbox import visit
from candour.site.clock import now

log = logging.getLogger(__name__)

AT_MOST = 500  # messages put in the queue by one sweep; the rest are there for the next
AT_ONCE = 4  # connections to one domain, over all workers
PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.periodic(cron="* * * * * */5")
@app.task(name="mail.sweep", queueing_lock="mail.sweep")
async def sweep(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time; the clock is asked
    """Put every message with something to be done in the queue, each once."""
    for number, body_id, domain in await _due(now()):
        waiting = send.configure(
            queueing_lock=f"mail.send:{number}", lock=f"mail.to:{domain}:{number % AT_ONCE}"
        )
        with suppress(AlreadyEnqueued):
            await waiting.defer_async(number=number, body_id=body_id)


@app.task(name="mail.send", retry=PATIENCE)
def send(number: int, body_id: int) -> None:
    """Do what is to be done about one message. Doing it twice does nothing twice."""
    close_old_connections()
    state = deliver(number, body_id, now())
    log.info("Message %s: %s", number, state or "nothing to send")


@app.periodic(cron="* * * * *")
@app.task(name="mail.read", queueing_lock="mail.read", lock="mail.read")
def read_back(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time; the clock is asked
    """File what has come into the mailbox, where this site reads one."""
    box = mailbox(settings.CANDOUR_MAIL_IN)
    if box is None:
        return
    close_old_connections()
    try:
        came = visit(box, now())
    except (OSError, ImapToolsError, IMAP4.error) as trouble:
        log.error("The mailbox at %s cannot be read: %s", box.host, trouble)  # noqa: TRY400  # it says all
        return
    log.info("Read %s messages, put %s aside", came.filed, came.aside)


@sync_to_async
def _due(as_of: datetime) -> list[tuple[int, int, str]]:
    close_old_connections()
    return due_messages(as_of, AT_MOST)
