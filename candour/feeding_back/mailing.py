"""Sending a digest: the whole text as a mail, with the same as a PDF, to one desk."""

from datetime import datetime
from typing import Final

from candour.bodies.models import Contact
from candour.documents import Letterhead, mail_bodies
from candour.documents.pdf import pdf
from candour.engine.london import local
from candour.engine.words import Language
from candour.feeding_back.documents import document
from candour.feeding_back.models import Digest
from candour.letters.house import house_of, letterhead_of
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, Attachment, Outgoing

PDF: Final = "application/pdf"
SHOWN: Final = 16  # letters of the hash, by which a release is named


def head_of(digest: Digest, language: Language) -> Letterhead:
    """Return the letterhead that a digest goes out on."""
    day = local(digest.released_at).date()
    return letterhead_of(digest.body, house_of(digest.body), language, day)


def file_of(digest: Digest, language: Language) -> bytes:
    """Return a digest as a tagged PDF: the same bytes each time, as long as the letterhead stays.

    Raises:
        Undrawable: the letterhead cannot be drawn.
    """
    return pdf(
        document(digest.content, language),
        head_of(digest, language),
        made_at=digest.released_at,
        seal=digest.sha256[:SHOWN],
    )


def send(digest: Digest, desk: Contact, number: int, language: Language, as_of: datetime) -> None:
    """Put a digest into the outbox for one desk.

    Raises:
        MailRefused: it cannot be sent to this address.
    """
    content = document(digest.content, language)
    bodies = mail_bodies(content, head_of(digest, language))
    enqueue(
        Outgoing(
            key=f"feedback/digest/{digest.pk}/{number}",
            body_id=digest.body_id,
            to=Addressee(desk.name or desk.body.name_in(language), desk.email),
            subject=content.title[:300],
            text=bodies.text,
            html=bodies.html,
            language=language,
            attachments=(Attachment(f"digest-{digest.pk}.pdf", PDF, file_of(digest, language)),),
        ),
        as_of=as_of,
    )
