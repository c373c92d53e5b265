"""What a mail provider tells by its own hooks (django-anymail): messages in, messages returned."""

import logging
from typing import Any

from anymail.signals import inbound, tracking
from django.dispatch import receiver

from candour.mail.composing import NUMBER
from candour.mail.reading.filing import file_message, returned
from candour.mail.reading.incoming import Unreadable, read
from candour.site.clock import now

log = logging.getLogger(__name__)

RETURNED = ("bounced", "rejected")


@receiver(inbound, dispatch_uid="candour.mail.inbound")
def came_in(event: Any, **_: Any) -> None:  # noqa: ANN401  # anymail's own, without types
    """File a message that a provider took in.

    Raises:
        KeyNotHere: it has to be sealed and the key is not here; the provider tries again.
    """
    try:
        outcome = file_message(read(event.message.as_bytes()), now())
    except Unreadable as fault:
        log.warning("A message from the provider was not filed. %s", fault)
        return
    log.info("A message from the provider: %s", outcome)


@receiver(tracking, dispatch_uid="candour.mail.tracking")
def was_told(event: Any, **_: Any) -> None:  # noqa: ANN401  # anymail's own, without types
    """Know of a message that the provider could not deliver for good."""
    number = str((event.metadata or {}).get(NUMBER, ""))
    if event.event_type in RETURNED and number.isdecimal():
        words = event.mta_response or event.description or event.reject_reason or event.event_type
        returned(int(number), str(event.recipient or ""), str(words), now())
