"""How far an import has come, told to whoever watches while its own transaction is still open."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from candour.database.row_security import acting_for
from candour.experiences.actions.importing import Progress, Stage
from candour.experiences.models import WaitingFile

BETWEEN_TELLINGS = 1.0  # seconds
log = logging.getLogger(__name__)


@contextmanager
def telling_progress(waiting: WaitingFile) -> Iterator[Progress]:
    """Keep a file's stage and part up to date from a connection of its own.

    What a transaction writes shows to others when it ends, and an import is one transaction. So
    another thread, which has another connection, writes down what the import says: now and then,
    and at once when a stage begins, since some are short.
    """
    latest: list[tuple[Stage, float]] = []
    news, enough = threading.Event(), threading.Event()
    teller = threading.Thread(target=_tell, args=(waiting, latest, news, enough))
    teller.start()

    def told(stage: Stage, part: float) -> None:
        begins = not latest or latest[0][0] is not stage
        latest[:] = [(stage, part)]
        if begins:
            news.set()

    try:
        yield told
    finally:
        enough.set()
        news.set()
        teller.join()


def _tell(
    waiting: WaitingFile,
    latest: list[tuple[Stage, float]],
    news: threading.Event,
    enough: threading.Event,
) -> None:
    said = None
    number, body_id = waiting.pk, waiting.body_id
    try:
        while True:
            news.wait(BETWEEN_TELLINGS)
            news.clear()
            if enough.is_set():
                return
            now = latest[0] if latest else None
            if now is None or now == said:
                continue
            said = now
            with acting_for([body_id]):
                WaitingFile.objects.filter(pk=number).update(stage=now[0].name, part=now[1])
    except DatabaseError:
        log.exception("How far file %s has come cannot be told; it goes on all the same", number)
    finally:
        connection.close()
