"""Writing to whoever told an experience, with nobody seeing where it goes."""

from datetime import datetime

from candour.mail.outbox import enqueue
from candour.mail.outgoing import LONGEST_NAME, Addressee, Outgoing
from candour.sealing.keeping import of_experience
from candour.sealing.machine import address_of


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
        ),
        as_of=as_of,
    )
