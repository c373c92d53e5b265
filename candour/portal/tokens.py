"""How long links and visits last, and what the mail that carries a link needs of it."""

from datetime import timedelta
from typing import Final

from candour.mail.models import MailMessage
from candour.mail.one_time import Kept
from candour.portal.models import InvitationLink

LINK_LASTS: Final = timedelta(days=7)
VISIT_LASTS: Final = timedelta(hours=12)
MOST_LINKS: Final = 5  # of one invitation in a day
MOST_ANSWERS: Final = 60  # to one invitation in a day
DAY: Final = timedelta(days=1)
KEY: Final = "portal/link/"  # how the key of the message begins that carries a link


def kept_of(message: MailMessage) -> Kept | None:
    """Return what is kept of the link that a message carries, or None."""
    link = InvitationLink.objects.filter(pk=message.key.removeprefix(KEY)).first()
    return None if link is None else Kept(bytes(link.nonce), bytes(link.token_hash))
