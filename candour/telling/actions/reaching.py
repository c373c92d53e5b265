"""Writing by mail to whoever told something and asked for a reply; their receipt has it too.

HD-08: anyone who shares an experience may ask for a response, and it reaches them. Nobody sees
where the mail goes; that the address was used is logged.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from django.conf import settings

from candour.engine.words import Language, Words
from candour.mail.outgoing import MailRefused
from candour.mail.voices import write_to_voice
from candour.sealing.errors import KeyNotHere
from candour.telling.models import Told

SUBJECT: Final = Words("About what you told {body}", "Ynghylch yr hyn a ddywedoch wrth {body}")
TEXT: Final = Words(
    "{words}\n\n"
    "{body}\n\n"
    "You get this because you asked for a reply to what you told us. You can answer this message. "
    "With your receipt code you see all that was done with it, and can take it back: {address}\n",
    "{words}\n\n"
    "{body}\n\n"
    "Rydych yn cael hwn am i chi ofyn am ateb i’r hyn a ddywedoch wrthym. Gallwch ateb y neges "
    "hon. Gyda chod eich derbynneb gallwch weld popeth a wnaed â’r hyn a ddywedoch, a’i dynnu’n "
    "ôl: "
    "{address}\n",
)


class Reached(StrEnum):
    """How something reaches the person: always under their receipt, and maybe by mail."""

    MAIL = "mail"
    RECEIPT = "receipt"  # they asked for no reply, or not by mail
    NO_KEY = "no_key"  # they did, and what opens their address is not on this machine


def reach(told: Told, words: Words, *, key: str, reason: str, as_of: datetime) -> Reached:
    """Write to the person where they asked for a reply by mail. Needs a transaction for the body.

    Args:
        told: what they told; not taken back.
        words: what is said to them.
        key: the message's identity, which names nobody.
        reason: why they are written to, for the log.
        as_of: the present instant.
    """
    if not told.wants_reply:
        return Reached.RECEIPT
    language: Language = "cy" if told.language == "cy" else "en"
    body = told.body.name_in(language)
    address = f"{settings.SITE_ADDRESS}/tell/receipt/{language}/"
    said = {"words": words.text(language), "body": body, "address": address}
    try:
        number = write_to_voice(
            told.experience_id,
            told.body_id,
            key=key,
            subject=SUBJECT.text(language).format(body=body),
            text=TEXT.text(language).format(**said),
            reason=reason,
            as_of=as_of,
        )
    except KeyNotHere:
        return Reached.NO_KEY
    except MailRefused:  # an address that no mail can go to
        return Reached.RECEIPT
    return Reached.RECEIPT if number is None else Reached.MAIL
