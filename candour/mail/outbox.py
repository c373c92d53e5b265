"""Putting a message into the outbox, in the transaction of whatever it carries out."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from candour.mail.models import MailAttachment, MailContent, MailMessage
from candour.mail.outgoing import Attachment, Outgoing, check
from candour.mail.sealed import put_words_away


def enqueue(message: Outgoing, *, as_of: datetime) -> int:
    """Put a message into the outbox and return its number.

    It is sent by the worker once the caller's transaction is committed, and never if that is rolled
    back. Handing over the same `key` again, at the same body, gives the same number and adds
    nothing, even from two transactions at once.

    Args:
        message: what is to be sent, to one recipient.
        as_of: the present instant.

    Raises:
        MailRefused: it cannot be sent as it is; the words say what to change. Nothing was kept.
        KeyNotHere: it is to be sealed, and the key is not on this machine. Nothing was kept.
    """
    check(message)
    number = _known(message).first()
    if number is None:
        # Of two transactions at once the second waits here for the first, and adds nothing.
        MailMessage.objects.bulk_create([_row(message, as_of)], ignore_conflicts=True)
        if message.sealed:
            put_words_away(message, as_of)
        number = _known(message).get()
        _attach(number, message.body_id, message.attachments)
    return number


def message_id(body_id: int, key: str) -> str:
    """Return the Message-ID of a body's message: the same for the same key, whoever sends it."""
    name = hashlib.sha256(f"{body_id}\n{key}".encode()).hexdigest()[:40]
    return f"<{name}@{settings.CANDOUR_MAIL_DOMAIN}>"


def _known(message: Outgoing) -> QuerySet[MailMessage, int]:
    known = MailMessage.objects.filter(body_id=message.body_id, key=message.key)
    return known.values_list("pk", flat=True)


def _row(message: Outgoing, as_of: datetime) -> MailMessage:
    return MailMessage(
        body_id=message.body_id,
        case_id=message.case_id,
        entry_id=message.entry_id,
        key=message.key,
        message_id=message_id(message.body_id, message.key),
        to_name="" if message.sealed else message.to.name.strip(),
        to_email="" if message.sealed else message.to.email,
        also_to=[[other.name, other.email] for other in message.also_to],
        subject="" if message.sealed else message.subject.strip(),
        text="" if message.sealed else message.text,
        html="" if message.sealed else message.html,
        language=message.language,
        calendar_method=message.calendar.method if message.calendar else "",
        calendar=message.calendar.content if message.calendar else "",
        reply_case_id=message.reply_ref,
        in_log=message.in_log,
        sealed=message.sealed,
        voice=message.voice,
        queued_at=as_of,
        not_before=message.not_before,
        next_at=max(as_of, message.not_before or as_of),
    )


def _attach(number: int, body_id: int, attachments: Sequence[Attachment]) -> None:
    if not attachments:
        return
    kept = keep_contents(body_id, [attachment.content for attachment in attachments])
    MailAttachment.objects.bulk_create(
        [
            MailAttachment(
                body_id=body_id,
                message_id=number,
                place=place,
                name=attachment.name,
                type=attachment.type,
                content_id=kept[digest(attachment.content)],
            )
            for place, attachment in enumerate(attachments)
        ],
        ignore_conflicts=True,
    )


def keep_contents(body_id: int, contents: Sequence[bytes]) -> dict[bytes, int]:
    """Keep these bytes for a body, each once; return the number of each by its SHA-256."""
    found = {digest(content): content for content in contents}
    known = MailContent.objects.filter(body_id=body_id, sha256__in=list(found))
    kept = {bytes(sha256): pk for sha256, pk in known.values_list("sha256", "pk")}
    missing = [
        MailContent(body_id=body_id, sha256=sha256, content=content)
        for sha256, content in found.items()
        if sha256 not in kept
    ]
    if missing:
        MailContent.objects.bulk_create(missing, ignore_conflicts=True)
        kept = {bytes(sha256): pk for sha256, pk in known.all().values_list("sha256", "pk")}
    return kept


def digest(content: bytes) -> bytes:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).digest()
