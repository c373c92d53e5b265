"""What the worker does for documents: reads what was filed, so that a search finds its words."""

import logging
from contextlib import suppress
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from candour.attachments.reading import read_document
from candour.attachments.text_of import READABLE
from candour.site.clock import now

log = logging.getLogger(__name__)

AT_MOST = 100  # documents put in the queue by one sweep; the rest are there for the next
PATIENCE = RetryStrategy(max_attempts=5, exponential_wait=3)


@app.periodic(cron="* * * * * */10")
@app.task(name="attachments.sweep", queueing_lock="attachments.sweep")
async def sweep(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time
    """Put every document that nobody has read in the queue, each once."""
    for number, body_id in await _unread():
        waiting = read.configure(queueing_lock=f"attachments.read:{number}", lock="attachments")
        with suppress(AlreadyEnqueued):
            await waiting.defer_async(number=str(number), body_id=body_id)


@app.task(name="attachments.read", retry=PATIENCE)
def read(number: str, body_id: int) -> None:
    """Read one document for the body that leads its case. One at a time: it may take memory."""
    close_old_connections()
    outcome = read_document(UUID(number), body_id, now())
    log.info("Document %s: %s", number, outcome or "read before")


def unread(at_most: int = AT_MOST) -> list[tuple[UUID, int]]:
    """Return (document, leading body) of documents with words that nobody has read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM filed_documents_unread(%s, %s)", [sorted(READABLE), at_most])
        return [(number, int(body_id)) for number, body_id in cursor.fetchall()]


@sync_to_async
def _unread() -> list[tuple[UUID, int]]:
    close_old_connections()
    return unread()
