"""Secrets of one-time links: made as a message leaves, and kept nowhere.

A link's row keeps a nonce and the SHA-256 of its token. The token is the HMAC of the nonce under
the site's secret key: whoever reads the database alone can make none. What stands in the outbox
has a place (`PLACE`) where the token goes; it is filled in when the message is composed.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from candour.mail.models import MailMessage
from candour.mail.rerouting import first_of

PLACE: Final = "[the link is completed as this leaves]"
LONGEST: Final = 100  # characters of anything that could be a token
_SALT: Final = "candour.mail.one_time"


class LinkLost(Exception):
    """The secret of a link cannot be made any more; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a link: a nonce, and the hash of the token made from it."""

    nonce: bytes
    token_hash: bytes


Find = Callable[[MailMessage], Kept | None]
_finders: dict[str, Find] = {}


def register(prefix: str, find: Find) -> None:
    """Have `find` asked what is kept of the link of each message whose key begins so."""
    _finders[prefix] = find


def new_link() -> Kept:
    """Return what is to be kept of a new link."""
    nonce = secrets.token_bytes(32)
    return Kept(nonce, hash_of(_token(nonce, settings.SECRET_KEY)))


def hash_of(token: str) -> bytes:
    """Return what is kept of a token; it is random to all but this site, so it needs no salt."""
    return hashlib.sha256(token.encode()).digest()


def token_of(kept: Kept) -> str:
    """Return the token of a link.

    Raises:
        LinkLost: the site's secret key has changed since, and the former one is not known.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _token(kept.nonce, str(key))
        if constant_time_compare(hash_of(token), kept.token_hash):
            return token
    raise LinkLost(
        "The link in this message was made under another CANDOUR_SECRET_KEY, so it would open "
        "nothing. Send a new link."
    )


def with_link(message: MailMessage, text: str) -> str:
    """Return a text of this message as it leaves, with the token of its link in its place.

    Raises:
        LinkLost: nothing is kept of the link any more, or the site's secret key has changed.
    """
    if PLACE not in text:
        return text
    written = first_of(message)
    finders = (find for prefix, find in _finders.items() if written.key.startswith(prefix))
    kept = next((found for find in finders if (found := find(written)) is not None), None)
    if kept is None:
        raise LinkLost("Nothing is kept of the link in this message. Send a new link.")
    return text.replace(PLACE, token_of(kept))


def _token(nonce: bytes, key: str) -> str:
    made = salted_hmac(_SALT, nonce, secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
