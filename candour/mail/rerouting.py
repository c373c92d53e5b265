"""Who may be sent again what did not arrive: asked of the room that wrote it, before it leaves.

What a message says was written for one recipient. Only the room that wrote it knows whether another
address may have it, or whether the same one still may, so it registers a guard for its keys.
"""

from collections.abc import Callable
from datetime import datetime

from candour.engine import Refusal
from candour.mail.models import MailMessage

Guard = Callable[[MailMessage, str, datetime], Refusal | None]
_guards: dict[str, Guard] = {}


def register(prefix: str, guard: Guard) -> None:
    """Have `guard` asked of every message whose key begins so, with the address it would go to.

    It is given the message as it was first written, however often that was sent again since.
    """
    _guards[prefix] = guard


def bar_to_sending_again(message: MailMessage, email: str, as_of: datetime) -> Refusal | None:
    """Return why a message may not go to this address, or None."""
    written = first_of(message)
    for prefix, guard in _guards.items():
        if written.key.startswith(prefix):
            return guard(written, email, as_of)
    return None


def first_of(message: MailMessage) -> MailMessage:
    """Return the message that was written, of one that may be its repetition."""
    while (earlier := MailMessage.objects.filter(again=message.pk).first()) is not None:
        message = earlier
    return message


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are the same one."""
    return one.strip().casefold() == other.strip().casefold()
