"""Composing: a message of the outbox as the bytes, or the parts, that leave."""

from datetime import datetime
from email.utils import format_datetime, quote

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from candour.cases.models import Case
from candour.mail.addresses import reads_answers, reply_address, return_address
from candour.mail.models import MailMessage
from candour.mail.one_time import with_link
from candour.mail.sealed import as_it_leaves

NUMBER = "candour-message"


def composed(message: MailMessage, as_of: datetime) -> EmailMultiAlternatives:
    """Return a message ready for a mail backend: one recipient, whoever else it names in Cc.

    Raises:
        LinkLost: it carries a one-time link whose secret cannot be made any more.
        SealingTrouble: it is sealed, and cannot be opened here.
    """
    message = as_it_leaves(message)
    made = EmailMultiAlternatives(
        subject=message.subject,
        body=with_link(message, message.text),
        from_email=_envelope_from(message),
        to=[_mailbox(message.to_name, message.to_email)],
        headers=_headers(message, as_of),
    )
    made.metadata = {NUMBER: str(message.pk)}  # type: ignore[attr-defined]  # providers give it back (anymail)
    if message.html:
        made.attach_alternative(with_link(message, message.html), "text/html")
    if message.calendar:
        method = message.calendar_method
        made.attach_alternative(message.calendar, f"text/calendar; method={method}")
    for attachment in message.attachments.select_related("content").order_by("place"):
        made.attach(attachment.name, bytes(attachment.content.content), attachment.type)
    return made


def _headers(message: MailMessage, as_of: datetime) -> dict[str, str]:
    name = message.body.name_in(message.language) or settings.CANDOUR_MAIL_NAME
    headers = {
        "From": _mailbox(_in_line(name), settings.CANDOUR_MAIL_FROM),
        "Message-ID": message.message_id,
        "Date": format_datetime(as_of),
        "Content-Language": message.language,
    }
    if message.also_to:
        headers["Cc"] = ", ".join(_mailbox(name, email) for name, email in message.also_to)
    if message.reply_case_id is not None and reads_answers():
        ref = Case.objects.values_list("ref", flat=True).get(pk=message.reply_case_id)
        headers["Reply-To"] = reply_address(ref)
    elif message.sealed and reads_answers():
        headers["Reply-To"] = return_address(message.pk)  # signed, and names nothing but its number
    if message.reply_case_id is None:
        headers["Auto-Submitted"] = "auto-generated"  # nobody's holiday notice should answer
    return headers


def _envelope_from(message: MailMessage) -> str:
    """Return where it is returned to when it cannot be delivered."""
    if reads_answers() and not settings.EMAIL_BACKEND.startswith("anymail."):
        return return_address(message.pk)
    return settings.CANDOUR_MAIL_FROM


def _mailbox(name: str, email: str) -> str:
    return f'"{quote(name)}" <{email}>' if name else email


def _in_line(name: str) -> str:
    return " ".join(name.split())
