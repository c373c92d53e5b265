"""Messages to members of the public: sealed in the outbox, and opened only as they leave.

Whoever reads the database, or the outbox on the screen, sees that such a message was sent and when,
and neither to whom nor what it said. What a server answers often repeats the address, so its code
is kept and its words are not.
"""

import json
from copy import copy
from dataclasses import replace
from datetime import datetime

from candour.mail.models import MailMessage
from candour.mail.outgoing import Outgoing
from candour.mail.verdicts import Verdict
from candour.sealing.errors import SealingTrouble
from candour.sealing.machine import put_away, take_out, throw_away
from candour.sealing.models import Purpose


def put_words_away(message: Outgoing, as_of: datetime) -> None:
    """Seal whom a message goes to and what it says.

    Raises:
        KeyNotHere: there is no master key on this machine.
    """
    words = {
        "to_name": message.to.name.strip(),
        "to_email": message.to.email,
        "subject": message.subject.strip(),
        "text": message.text,
        "html": message.html,
    }
    plaintext = json.dumps(words, ensure_ascii=False).encode()
    put_away(message.body_id, Purpose.MAIL, plaintext, context=_context(message.key), as_of=as_of)


def throw_words_away(message: MailMessage, as_of: datetime) -> None:
    """Destroy whom a sealed message went to and what it said."""
    throw_away(message.body_id, Purpose.MAIL, _context(message.key), as_of=as_of)


def as_it_leaves(message: MailMessage) -> MailMessage:
    """Return a message with its recipient and words in it, not to be saved; most have them anyway.

    Raises:
        SealingTrouble: it is sealed and cannot be opened; the words say why.
    """
    if not message.sealed:
        return message
    words = json.loads(take_out(message.body_id, Purpose.MAIL, _context(message.key)))
    opened = copy(message)
    for name, value in words.items():
        setattr(opened, name, value)
    return opened


def discreet(verdict: Verdict, trouble: Exception | None = None) -> Verdict:
    """Return a verdict on a sealed message without words that could repeat its address."""
    if isinstance(trouble, SealingTrouble):
        return verdict  # these words are ours
    words = type(trouble).__name__ if trouble is not None else ""
    return replace(verdict, said=str(verdict.code or words))


def _context(key: str) -> str:
    return f"mail/{key}"
