"""Letters: what members of the public answer to mail that was sealed, and sealed in its turn.

Who sent it, the message as it came and its files are sealed together, for custodians. What staff
read is what the person wrote themselves, without what tells who somebody is; it goes to what they
told. Nothing else of it is kept.
"""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from candour.deidentifying import clean
from candour.mail.models import MailMessage, MailReceived, Place, Sort, Unfiled
from candour.mail.reading.hearing import Heard, is_heard
from candour.mail.reading.incoming import Incoming
from candour.mail.reading.keeping import keep_message
from candour.mail.reading.quoting import own_words
from candour.mail.reading.whose import Ours
from candour.mail.sealed import as_it_leaves
from candour.sealing.errors import DoesNotOpen, NothingSealed
from candour.sealing.keeping import keep, of_letter, seal
from candour.sealing.models import Purpose

MOST_A_DAY: Final = 20  # of one person; the rest wait in the tray
DAY: Final = timedelta(days=1)
_KEYS: Final = uuid.UUID("5d0f0f1e-6a55-5c0d-9f35-3f1f3b9f2a41")


def keep_letter(incoming: Incoming, about: Ours, as_of: datetime) -> MailReceived | None:
    """Keep what a member of the public answers, sealed; None where it is kept already.

    It is filed where they told something; an automatic answer is put aside; what no room takes
    stays in the tray, clean. Needs a transaction that acts for the body.

    Raises:
        KeyNotHere: there is no key to seal it with. Nothing was kept, so it can be read again.
    """
    discreet = _discreet(incoming, about)
    sort = Sort.AUTOMATIC if incoming.automatic else Sort.REPLY
    filed = sort is Sort.REPLY and _file(discreet, about, as_of)
    kept = keep_message(
        _without_text(discreet) if filed else discreet,
        about.body_id,
        sort=sort,
        about=about.number,
        as_of=as_of,
        sealed=True,
        voice=about.voice,
    )
    if kept is None:
        return None
    context = of_letter(kept.pk)
    keep([seal(about.body_id, Purpose.LETTER, incoming.raw, context=context, as_of=as_of)])
    if filed or sort is Sort.AUTOMATIC:
        kept.place, kept.filed_at = Place.FILED if filed else Place.ASIDE, as_of
    elif about.voice is not None:
        many = _too_many(about.voice, as_of)
        kept.unfiled = Unfiled.TOO_MANY if many else Unfiled.TAKEN_BACK
    else:
        kept.unfiled = Unfiled.UNSIGNED
    kept.save(update_fields=["place", "filed_at", "unfiled"])
    return kept


def _discreet(incoming: Incoming, about: Ours) -> Incoming:
    """Return a message with its words clean, and with nobody named as its sender."""
    sent, language = _sent(about.number)
    names = {incoming.sender_name, sent.to_name if sent else ""}
    known = tuple(name for name in names if name and "@" not in name)
    words = own_words(incoming.text, sent.text if sent else "")
    return replace(
        incoming,
        sender_name="",
        sender_email="",
        subject=clean(incoming.subject, language=language, known=known).text,
        text=clean(words, language=language, known=known).text,
    )


def _sent(number: int) -> tuple[MailMessage | None, str]:
    """Return the message of ours that is answered, opened where that can be, and its language."""
    message = MailMessage.objects.get(pk=number)
    try:
        return as_it_leaves(message), message.language
    except (NothingSealed, DoesNotOpen):
        return None, message.language


def _file(discreet: Incoming, about: Ours, as_of: datetime) -> bool:
    if about.voice is None or _too_many(about.voice, as_of):
        return False
    key = uuid.uuid5(_KEYS, f"{about.body_id}/{discreet.digest.hex()}")
    return is_heard(Heard(about.voice, key, discreet.text, as_of))


def _too_many(voice: int, as_of: datetime) -> bool:
    lately = MailReceived.objects.filter(voice=voice, came_at__gt=as_of - DAY)
    return lately.count() >= MOST_A_DAY


def _without_text(discreet: Incoming) -> Incoming:
    """Return it without its words, where those stand with what the person told."""
    return replace(discreet, subject="", text="")
