"""Keeping what came in: the message once, and of its files those that may be kept."""

from dataclasses import replace
from datetime import datetime

from candour.mail.models import MailReceived, MailReceivedPart, Place, Sort
from candour.mail.outbox import digest, keep_contents
from candour.mail.reading.incoming import File, Incoming
from candour.mail.reading.sniffing import LARGEST_ALTOGETHER, MOST, Looked, NotKept, look_at


def keep_message(
    incoming: Incoming,
    body_id: int,
    *,
    sort: Sort,
    about: int | None,
    as_of: datetime,
    sealed: bool = False,
    voice: int | None = None,
) -> MailReceived | None:
    """Keep a message in a body's tray; None where it is kept already.

    Of one that its caller seals, the files are only counted: what they are called may tell whose
    they are.
    """
    known = MailReceived.objects.filter(body_id=body_id, digest=incoming.digest)
    if known.exists():
        return None
    row = MailReceived(
        body_id=body_id,
        digest=incoming.digest,
        came_at=as_of,
        sender_name=incoming.sender_name,
        sender_email=incoming.sender_email,
        subject=incoming.subject,
        text=incoming.text,
        sort=sort,
        place=Place.UNFILED,
        about_id=about,
        sealed=sealed,
        voice=voice,
    )
    MailReceived.objects.bulk_create([row], ignore_conflicts=True)
    kept = known.select_for_update(of=("self",)).get()
    if kept.parts.exists() or kept.filed_at is not None:
        return None  # another worker was quicker
    if sealed:
        _count_files(kept, incoming.files)
    else:
        _keep_files(kept, incoming.files)
    return kept


def without_words(incoming: Incoming) -> Incoming:
    """Return a returned message as it is kept where it must not say whom it came back from."""
    return replace(incoming, sender_name="", sender_email="", subject="", text="", files=())


def _count_files(message: MailReceived, files: tuple[File, ...]) -> None:
    MailReceivedPart.objects.bulk_create(
        MailReceivedPart(
            body_id=message.body_id,
            message=message,
            place=place,
            name=str(place + 1),
            type=look_at(file.name, file.content).type,
            size=len(file.content),
            refused=NotKept.SEALED,
        )
        for place, file in enumerate(files)
    )


def _keep_files(message: MailReceived, files: tuple[File, ...]) -> None:
    looked = [_looked(place, file, files) for place, file in enumerate(files)]
    kept = [file for file, seen in zip(files, looked, strict=True) if not seen.refused]
    numbers = keep_contents(message.body_id, [file.content for file in kept]) if kept else {}
    MailReceivedPart.objects.bulk_create(
        MailReceivedPart(
            body_id=message.body_id,
            message=message,
            place=place,
            name=file.name,
            type=seen.type,
            size=len(file.content),
            refused=seen.refused or "",
            content_id=None if seen.refused else numbers[digest(file.content)],
        )
        for place, (file, seen) in enumerate(zip(files, looked, strict=True))
    )


def _looked(place: int, file: File, files: tuple[File, ...]) -> Looked:
    """Return what a file is, and whether there is still room for it."""
    if place >= MOST:
        return Looked("", NotKept.TOO_MANY)
    so_far = sum(len(each.content) for each in files[: place + 1])
    if so_far > LARGEST_ALTOGETHER:
        return Looked("", NotKept.TOO_MUCH)
    return look_at(file.name, file.content)
