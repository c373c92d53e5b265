"""What people do about mail: send again what failed, and file what came in.

Each verb is one transaction of the caller's: all of it is kept, or nothing.
"""

from datetime import datetime

from django.db import transaction

from candour.cases.actions import Recorded, record
from candour.cases.actions.drafts import named_id
from candour.cases.models import Case
from candour.engine import Draft, Refusal
from candour.engine.vocabulary.delivering import AGAIN
from candour.mail.failures import failure_entry, tell_the_case
from candour.mail.models import MailMessage, MailReceived, Place, State
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, Attachment, CalendarPart, Outgoing
from candour.mail.reading.entering import enter_in_case
from candour.mail.rerouting import bar_to_sending_again
from candour.mail.sealed import as_it_leaves
from candour.people.actor import Actor

CAME_TO_NOTHING = (State.FAILED, State.BOUNCED)


class NotSentAgain(Exception):
    """A message is not sent again; `refusal` says why where the case would not take it."""

    def __init__(self, refusal: Refusal | None = None) -> None:
        super().__init__(str(refusal or "It did not fail, or was sent again already."))
        self.refusal = refusal


def send_again(number: int, email: str, *, actor: Actor, as_of: datetime) -> int:
    """Send what came to nothing once more, as a message of its own, and say so in its case.

    What its first sending had met, and its failure undone, is met again from now on.

    Args:
        number: the message that failed or came back.
        email: where it goes now, a right address; the same one where it is empty.
        actor: who sends it again.
        as_of: the present instant.

    Returns:
        The number of the new message.

    Raises:
        NotSentAgain: it did not fail, was sent again already, its case does not take it, or
            the room that wrote it lets it go to no such address.
        MailRefused: it cannot be sent to this address.
        SealingTrouble: it is sealed, and cannot be opened here.
    """
    tell_the_case(number, actor.body_id, as_of)
    found = MailMessage.objects.select_for_update(of=("self",)).filter(
        pk=number, body_id=actor.body_id, state__in=CAME_TO_NOTHING, again=None
    )
    message = found.first()
    if message is None:
        raise NotSentAgain
    email = email.strip() or as_it_leaves(message).to_email
    bar = bar_to_sending_again(message, email, as_of)
    if bar is not None:
        raise NotSentAgain(bar)
    with transaction.atomic():
        again = enqueue(_copy(message, email), as_of=as_of)
        found.update(again_id=again, next_at=None)
        if message.case_told_at is not None:
            _say_so(message, email, actor, as_of)
    return again


def _copy(message: MailMessage, email: str) -> Outgoing:
    sealed, voice = message.sealed, message.voice
    message = as_it_leaves(message)
    attachments = message.attachments.select_related("content").order_by("place")
    return Outgoing(
        key=f"again/{message.pk}",
        body_id=message.body_id,
        to=Addressee(message.to_name, email),
        subject=message.subject,
        text=message.text,
        html=message.html,
        case_id=message.case_id,
        entry_id=message.entry_id,
        also_to=tuple(Addressee(*other) for other in message.also_to),
        attachments=tuple(
            Attachment(each.name, each.type, bytes(each.content.content)) for each in attachments
        ),
        calendar=CalendarPart(message.calendar_method, message.calendar)
        if message.calendar
        else None,
        language=message.language,
        reply_ref=message.reply_case_id,
        in_log=message.in_log,
        sealed=sealed,
        voice=voice,
    )


def _say_so(message: MailMessage, email: str, actor: Actor, as_of: datetime) -> None:
    told = {"to": [f"{message.to_name} <{email}>" if message.to_name else email], "address": email}
    if message.in_log:
        told = {"to": [message.in_log]}
    draft = Draft(
        id=named_id("mail again", str(message.pk)),
        kind=AGAIN,
        happened_at=as_of,
        author="",
        role=actor.role,
        data={**told, "delivery": "mail"},
        refers_to=(failure_entry(message),),
    )
    assert message.case_id is not None  # noqa: S101  # a case was told
    outcome = record(
        case_id=message.case_id, actor=actor, draft=draft, expected_seq=None, as_of=as_of
    )
    if not isinstance(outcome, Recorded):
        raise NotSentAgain(outcome if isinstance(outcome, Refusal) else None)


def file_by_hand(number: int, ref: str, *, actor: Actor, as_of: datetime) -> bool:
    """File a message of the tray in the case with this ref; return whether that case took it."""
    message = _in_tray(number, actor)
    case = Case.objects.filter(ref=ref.strip().upper()).first()
    if message is None or case is None:
        return False
    return enter_in_case(message, case.pk, actor, as_of)


def put_aside(number: int, *, actor: Actor, as_of: datetime) -> bool:
    """Take a message out of the tray without filing it; it is kept, with who did so."""
    message = _in_tray(number, actor)
    if message is None:
        return False
    message.place, message.filed_at, message.filed_by_id = Place.ASIDE, as_of, actor.user_id
    message.save(update_fields=["place", "filed_at", "filed_by"])
    return True


def _in_tray(number: int, actor: Actor) -> MailReceived | None:
    found = MailReceived.objects.select_for_update(of=("self",))
    return found.filter(pk=number, body_id=actor.body_id, place=Place.UNFILED).first()
