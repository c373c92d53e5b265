"""Delivery: one try at sending one message, by one worker at a time."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from django.core.mail import get_connection
from django.db import connection

from candour.database.row_security import acting_for
from candour.mail.attempts import Superseded, begin, hand_over, settle
from candour.mail.composing import composed
from candour.mail.failures import tell_the_case
from candour.mail.models import MailAttempt, MailMessage, State
from candour.mail.sealed import discreet
from candour.mail.verdicts import Verdict, taken, verdict_on

log = logging.getLogger(__name__)

LOCKS = 0x6D61 << 48  # keeps this room's advisory locks from those of any other


def due_messages(as_of: datetime, at_most: int) -> list[tuple[int, int, str]]:
    """Return (message, body, domain) of messages with something to be done, longest due first.

    The worker has no right to look into the outbox. A function of the owner's tells it these and
    nothing else; each message is then seen to in the name of the body that sends it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT message_id, body_id, domain FROM due_mail(%s, %s)", [as_of, at_most])
        return [(int(number), int(body), str(domain)) for number, body, domain in cursor]


def deliver(number: int, body_id: int, as_of: datetime) -> State | None:
    """Do what is to be done about a message: send it, or tell its case that it failed.

    Safe to do twice, twice at once, and to be killed at any moment; see `candour.mail.attempts`.

    Returns:
        How the message stands now; None where there was nothing to send.
    """
    with alone(number) as mine:
        begun = begin(number, body_id, as_of) if mine else None
        state = None
        if begun is not None:
            message, attempt = begun
            try:
                state = settle(attempt, _try(message, attempt, as_of), as_of)
            except Superseded:
                log.warning("Another worker took message %s over; nothing was sent here", number)
        if mine:
            tell_the_case(number, body_id, as_of)
    return state


@contextmanager
def alone(number: int) -> Iterator[bool]:
    """Yield whether nobody else is at this message; while this lasts, nobody else will be.

    The lock is the connection's: when a worker dies, the database lets go of it by itself.
    """
    key = LOCKS + number
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _try(message: MailMessage, attempt: MailAttempt, as_of: datetime) -> Verdict:
    """Send a message and return what came of it; only `Superseded` gets out."""

    def handing_over() -> None:
        hand_over(attempt, as_of)

    backend = get_connection(handing_over=handing_over)
    try:
        with acting_for([message.body_id]):
            made = composed(message, as_of)
        backend.open()
        if not getattr(backend, "hands_over", False):
            handing_over()
        backend.send_messages([made])
        verdict = taken(str(getattr(backend, "said", "")))
        return discreet(verdict) if message.sealed else verdict
    except Superseded:
        raise
    except Exception as trouble:  # noqa: BLE001  # whatever a provider raises, nothing may be lost
        verdict = verdict_on(trouble)
        if message.sealed:
            verdict = discreet(verdict, trouble)
        log.info("Message %s was not sent: %s", message.pk, verdict.said)
        return verdict
    finally:
        close(backend)


def close(backend: Any) -> None:  # noqa: ANN401  # any mail backend
    """Close the connection; that the server has gone by then changes nothing."""
    with suppress(Exception):
        backend.close()
