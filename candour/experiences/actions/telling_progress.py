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
    another thread, which has another connection, writes down now and then what the import says.
    """
    latest: list[tuple[Stage, float]] = []
    enough = threading.Event()
    teller = threading.Thread(target=_tell, args=(waiting.pk, waiting.body_id, latest, enough))
    teller.start()

    def told(stage: Stage, part: float) -> None:
        latest[:] = [(stage, part)]

    try:
        yield told
    finally:
        enough.set()
        teller.join()


def _tell(
    number: int, body_id: int, latest: list[tuple[Stage, float]], enough: threading.Event
) -> None:
    said = None
    try:
        while not enough.wait(BETWEEN_TELLINGS):
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
