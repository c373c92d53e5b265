"""Writing to whoever told an experience, with nobody seeing where it goes; and forgetting them."""

from collections.abc import Iterable
from datetime import datetime

from candour.mail.models import MailMessage, MailReceived
from candour.mail.outbox import enqueue
from candour.mail.outgoing import LONGEST_NAME, Addressee, Outgoing
from candour.mail.sealed import throw_words_away
from candour.sealing.keeping import destroy, of_experience, of_letter
from candour.sealing.machine import address_of
from candour.sealing.models import Purpose


def write_to_voice(
    experience: int,
    body_id: int,
    *,
    key: str,
    subject: str,
    text: str,
    reason: str,
    as_of: datetime,
) -> int | None:
    """Put a message to whoever told an experience into the outbox, sealed; return its number.

    Needs a transaction that acts for the body. That their address was used is logged.

    Args:
        experience: the number of what they told.
        body_id: the body that they told, and that writes.
        key: the message's identity, which names nobody.
        subject: in their language.
        text: in their language.
        reason: why they are written to, for the log.
        as_of: the present instant.

    Returns:
        None where they left no details, or would not be written to by mail.

    Raises:
        KeyNotHere: the key is not on this machine.
        MailRefused: it cannot be sent as it is.
    """
    person = address_of(body_id, of_experience(experience), reason=reason, as_of=as_of)
    if person is None:
        return None
    return enqueue(
        Outgoing(
            key=key,
            body_id=body_id,
            to=Addressee(" ".join(person.name.split())[:LONGEST_NAME], person.mail),
            subject=subject,
            text=text,
            language=person.language,
            sealed=True,
            voice=experience,
        ),
        as_of=as_of,
    )


def letters_of(experience: int) -> Iterable[MailReceived]:
    """Return what came by mail from whoever told an experience, newest first, with its files."""
    found = MailReceived.objects.filter(voice=experience).order_by("-pk")
    return found.prefetch_related("parts")


def forget_voice(experience: int, body_id: int, *, reason: str, as_of: datetime) -> None:
    """Destroy what was written to whoever told an experience, and what they wrote; logged.

    That it was sent, and that something came, stays; neither whom it went to nor what it said. What
    had not left yet does not leave. Needs a transaction that acts for the body.
    """
    for message in MailMessage.objects.filter(body_id=body_id, voice=experience):
        throw_words_away(message, as_of)
    for letter in letters_of(experience):
        destroy(body_id, Purpose.LETTER, of_letter(letter.pk), reason=reason, by=None, as_of=as_of)
    # What waits in the tray or lies aside goes too; a case keeps what stands in it.
    waits = MailReceived.objects.filter(body_id=body_id, voice=experience, case=None)
    waits.update(subject="", text="")
