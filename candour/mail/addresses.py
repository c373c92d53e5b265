"""Signed addresses: where answers and returned mail come in, which nobody else can make up.

An answer to a case comes to ``case+CV-2026-0042.SIGNATURE@…``, a message that could not be
delivered is returned to ``case+m1234.SIGNATURE@…``. The part before the plus is that of
``CANDOUR_MAIL_REPLIES``, so one mailbox receives all of it.
"""

import base64
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

LETTERS = 16  # of the signature: 80 bits
_SIGNED = re.compile(r"\+(?P<named>[a-z0-9][a-z0-9-]{0,39})\.(?P<signature>[a-z2-7]{16})@")
_MESSAGE = re.compile(r"m(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Named:
    """What a signed address names: a case by its ref, or a message by its number."""

    ref: str = ""
    message: int | None = None


def reads_answers() -> bool:
    """Whether this site reads what comes back; where it does not, mail asks for no answers."""
    return bool(settings.CANDOUR_MAIL_REPLIES)


def reply_address(ref: str) -> str:
    """Return the address to which an answer about the case with this ref is sent."""
    return _signed(ref)


def return_address(message: int) -> str:
    """Return the address to which a message comes back that could not be delivered."""
    return _signed(f"m{message}")


def named_in(address: str) -> Named | None:
    """Return what a signed address names, or None where it has no signature of this site's."""
    found = _SIGNED.search(address.lower())  # servers may change its case on the way
    if found is None:
        return None
    named, signature = found["named"], found["signature"]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(signature, _signature(named, str(key))) for key in keys):
        return None
    message = _MESSAGE.fullmatch(named)
    return Named(message=int(message[1])) if message else Named(ref=named.upper())


def _signed(named: str) -> str:
    mailbox, _, domain = str(settings.CANDOUR_MAIL_REPLIES).rpartition("@")
    named = named.lower()
    return f"{mailbox}+{named}.{_signature(named, settings.SECRET_KEY)}@{domain}"


def _signature(named: str, key: str) -> str:
    made = salted_hmac("candour.mail.addresses", named, secret=key, algorithm="sha256").digest()
    return base64.b32encode(made).decode()[:LETTERS].lower()
