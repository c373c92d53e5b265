"""How long a link to sign by opens, and what the mail that carries it needs of it."""

from datetime import timedelta

from candour.mail.models import MailMessage
from candour.mail.one_time import Kept
from candour.signing.models import Link

LIFETIME = timedelta(days=14)
KEY = "signing/link/"  # how the key of the message begins that carries a link


def kept_of(message: MailMessage) -> Kept | None:
    """Return what is kept of the link that a message carries, or None."""
    link = Link.objects.filter(pk=message.key.removeprefix(KEY)).first()
    return None if link is None else Kept(bytes(link.nonce), bytes(link.token_hash))
