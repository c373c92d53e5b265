"""Entering a message in its case: what came in, as it came, by the system or whoever filed it."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from candour.cases.actions import Recorded, record
from candour.cases.actions.drafts import named_id
from candour.cases.log import NoSuchCase
from candour.cases.procedures import ProcedureUnavailable
from candour.engine import SYSTEM, Draft
from candour.engine.vocabulary.delivering import RECEIVED
from candour.mail.models import MailMessage, MailReceived, Place, Sort
from candour.mail.reading.plain import in_line
from candour.people.actor import Actor

log = logging.getLogger(__name__)

NO_SENDER = "?"


def enter_in_case(message: MailReceived, case_id: int, actor: Actor, as_of: datetime) -> bool:
    """Record a message in a case and note where it went; return whether the case took it.

    Doing it twice records it once: the entry's id is made of the message's.
    """
    entry = _draft(message, actor, as_of)
    try:
        outcome = record(case_id=case_id, actor=actor, draft=entry, expected_seq=None, as_of=as_of)
    except (ProcedureUnavailable, NoSuchCase) as trouble:
        log.error("Message %s waits in the tray: %s", message.pk, trouble)  # noqa: TRY400  # it says all
        return False
    if not isinstance(outcome, Recorded):
        log.error("Message %s waits in the tray: %s", message.pk, outcome)
        return False
    message.place, message.unfiled = Place.FILED, ""
    message.case_id, message.entry_id = case_id, UUID(outcome.entry.id)
    message.filed_at, message.filed_by_id = as_of, actor.user_id
    message.save(update_fields=["place", "unfiled", "case", "entry_id", "filed_at", "filed_by"])
    return True


def _draft(message: MailReceived, actor: Actor, as_of: datetime) -> Draft:
    return Draft(
        id=named_id("mail received", str(message.pk)),
        kind=RECEIVED,
        happened_at=as_of if actor.user_id is None else message.came_at,
        author=SYSTEM,
        role=actor.role,
        data=_said(message),
        refers_to=_about(message),
    )


def _said(message: MailReceived) -> dict[str, Any]:
    """Return the fields of the entry, without those that the message left empty."""
    sort = Sort.AUTOMATIC if message.sort == Sort.AUTOMATIC else Sort.REPLY
    said = {
        "sender": _called(message) or in_line(message.sender, 300) or NO_SENDER,
        "subject": in_line(message.subject, 300),
        "text": message.text,
        "sort": str(sort),
        "attachments": [part.name for part in message.parts.order_by("place")],
        "message": str(message.pk),
    }
    return {name: value for name, value in said.items() if value}


def _called(message: MailReceived) -> str:
    """Return what the log calls whoever was written to and answers; empty where it may name them.

    They may answer from another address: whoever answers a message to somebody unnamed is not named
    either.
    """
    ours = MailMessage.objects.filter(pk=message.about_id).first() if message.about_id else None
    return ours.in_log if ours is not None else ""


def _about(message: MailReceived) -> tuple[str, ...]:
    """Return the entry that the message of ours carried out which this one answers."""
    if message.about_id is None:
        return ()
    about = MailMessage.objects.filter(pk=message.about_id, entry_id__isnull=False).first()
    return (str(about.entry_id),) if about else ()
