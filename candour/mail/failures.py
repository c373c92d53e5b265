"""Failures: a message that did not arrive is recorded in its case, once, by the system."""

import logging
from datetime import datetime, timedelta
from typing import Any

from candour.bodies.models import Body
from candour.cases.actions import Recorded, record
from candour.cases.actions.drafts import named_id
from candour.cases.procedures import ProcedureUnavailable
from candour.database.row_security import acting_for
from candour.engine import SYSTEM, Draft
from candour.engine.vocabulary.delivering import FAILED
from candour.mail.models import MailAttempt, MailMessage, Outcome, State
from candour.people.actor import Actor

log = logging.getLogger(__name__)

UNTOLD = (State.FAILED, State.BOUNCED)
LATER = timedelta(hours=1)


def tell_the_case(number: int, body_id: int, as_of: datetime) -> bool:
    """Record in its case that a message came to nothing; return whether that was done now.

    What its sending had met is owed again from then on (`candour.engine.redress`). Safe to do
    twice: the entry's id is made of the message's.
    """
    try:
        with acting_for([body_id]):
            message = _untold(number, as_of)
            if message is None:
                return False
            _record(message, Actor.system(Body.objects.get(pk=body_id)), as_of)
            return True
    except ProcedureUnavailable as missing:
        log.error("The failure of message %s waits to be recorded: %s", number, missing)  # noqa: TRY400  # it says all
        with acting_for([body_id]):
            MailMessage.objects.filter(pk=number).update(next_at=as_of + LATER)
        return False


def _untold(number: int, as_of: datetime) -> MailMessage | None:
    found = MailMessage.objects.select_for_update(of=("self",)).filter(
        pk=number, state__in=UNTOLD, case_told_at=None, next_at__lte=as_of
    )
    return found.filter(entry_id__isnull=False, case__isnull=False).first()


def _record(message: MailMessage, system: Actor, as_of: datetime) -> None:
    draft = Draft(
        id=failure_entry(message),
        kind=FAILED,
        happened_at=message.settled_at or as_of,
        author=SYSTEM,
        role=SYSTEM,
        data=_said(message),
        refers_to=(str(message.entry_id),),
    )
    assert message.case_id is not None  # noqa: S101  # `_untold` leaves the others out
    outcome = record(
        case_id=message.case_id, actor=system, draft=draft, expected_seq=None, as_of=as_of
    )
    message.next_at = None
    if isinstance(outcome, Recorded):
        message.case_told_at = as_of
    else:
        log.error("The failure of message %s cannot be recorded: %s", message.pk, outcome)
    message.save(update_fields=["next_at", "case_told_at"])


def failure_entry(message: MailMessage) -> str:
    """Return the id of the entry that says in its case that a message came to nothing."""
    return named_id("mail", str(message.pk), message.state)


def _said(message: MailMessage) -> dict[str, Any]:
    """Return the fields of the entry; what a server says may repeat the address."""
    if message.in_log:
        return {"to": [message.in_log], "why": why(message)}
    return {"to": [message.to], "why": why(message), "said": message.said}


def why(message: MailMessage) -> str:
    """Return why a message came to nothing, as the vocabulary names it."""
    if message.state == State.BOUNCED:
        return "returned"
    last = MailAttempt.objects.filter(message=message).order_by("-number").first()
    refused = last is not None and last.outcome == Outcome.REFUSED
    return "refused" if refused else "not_reached"
