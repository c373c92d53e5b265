"""What can be done with documents: filing one. Needs a transaction that acts for a body.

keep(case_id=, actor=, filing=, as_of=) -> Kept | Refusal | Stale
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from uuid import UUID

from django.db import transaction

from candour.attachments import storing
from candour.attachments.limits import MOST_AT_ONCE, largest_file
from candour.attachments.models import FiledDocument
from candour.attachments.names import plain_name
from candour.attachments.refusals import NotTaken, Why, why_words
from candour.attachments.sniffing import PIECE, Looked, look_at
from candour.cases.actions import Recorded, Stale
from candour.cases.actions.recording import enter
from candour.cases.actions.results import faulty
from candour.engine import Draft, Refusal
from candour.engine.audiences import EVERYBODY
from candour.engine.conditions import Reason
from candour.engine.vocabulary.filing import FILED
from candour.people.actor import Actor

FILE = "file"  # the field that a refusal of the file itself is for


@dataclass(frozen=True, slots=True)
class Filing:
    """A document as somebody files it.

    Attributes:
        id: made with the form: sent again, it is still the same document.
        file: its bytes, which can be read anywhere.
        name: what it is called where it comes from.
        sha256: its hash in hexadecimal, where it was taken as the file arrived.
        title: what it is, in words; its name where left empty.
        refers_to: the entries that it supports.
        audience: whom it is for; what it supports may narrow that.
        note: anything else worth keeping.
        through: who sent it in from outside, in words; the actor is the system then.
        happened_at: when it came, where that was not now.
    """

    id: str
    file: IO[bytes]
    name: str
    title: str = ""
    refers_to: tuple[str, ...] = ()
    audience: str = EVERYBODY
    note: str = ""
    through: str = ""
    happened_at: datetime | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A document is filed: its row, and its entry in the log."""

    document: FiledDocument
    recorded: Recorded


def keep(*, case_id: int, actor: Actor, filing: Filing, as_of: datetime) -> Kept | Refusal | Stale:
    """File a document in a case, once its content says that it is one that is taken.

    Doing it again with the same id adds nothing. Nothing is left in the store where nothing is
    recorded.

    Returns:
        `Kept`; or the `Refusal` that says why not, in both languages, for the field `FILE` where
        the file itself is the reason. It does not ask what others recorded meanwhile.

    Raises:
        NoSuchCase: there is none that the bodies acted for may see.
    """
    name = plain_name(filing.name)
    try:
        size = _size(filing.file)
        looked = look_at(filing.file, name)
    except NotTaken as refusal:
        return refusal_of(refusal.why)
    sha256 = filing.sha256 or _hash(filing.file)
    stored_as = storing.put(filing.file)
    kept = False
    try:
        with transaction.atomic():
            outcome = enter(
                case_id=case_id,
                actor=actor,
                draft=_draft(filing, name, looked, size, sha256, as_of),
                expected_seq=None,
                as_of=as_of,
            )
            if not isinstance(outcome, Recorded):
                return outcome
            if outcome.repeated:
                return _again(case_id, outcome)
            document = FiledDocument.objects.create(
                id=UUID(outcome.entry.id),
                case_id=case_id,
                body_id=actor.body_id,
                name=name,
                media_type=looked.sort.media_type,
                size=size,
                sha256=sha256,
                holds_place=looked.holds_place,
                stored_as=stored_as,
                kept_at=as_of,
                kept_by_id=actor.user_id,
            )
            kept = True
    finally:
        if not kept:
            storing.take_back(stored_as)
    return Kept(document, outcome)


def refusal_of(why: Why) -> Refusal:
    """Return the refusal of a file, in both languages."""
    words = why_words(why, largest_file(), MOST_AT_ONCE)
    return Refusal(reasons=(Reason(words, field=FILE),))


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    if size > largest_file():
        raise NotTaken(Why.TOO_LARGE)
    return size


def _hash(file: IO[bytes]) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    for piece in _pieces(file):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _draft(
    filing: Filing, name: str, looked: Looked, size: int, sha256: str, as_of: datetime
) -> Draft:
    return Draft(
        id=filing.id,
        kind=FILED,
        happened_at=filing.happened_at or as_of,
        author="",
        role="",
        data={
            "title": plain_title(filing.title) or name,
            "document": name,
            "media_type": looked.sort.media_type,
            "size": size,
            "sha256": sha256,
            **({"place": True} if looked.holds_place else {}),
            **({"through": filing.through} if filing.through else {}),
        },
        refers_to=filing.refers_to,
        audience=filing.audience,
        body=filing.note,
    )


def plain_title(title: str) -> str:
    """Return a title on one line, without blanks around it."""
    return " ".join(title.split())


def _again(case_id: int, outcome: Recorded) -> Kept | Refusal:
    """Return the document that was filed before under this id."""
    known = FiledDocument.objects.filter(case_id=case_id, pk=outcome.entry.id).first()
    if known is None:
        return faulty("id", "This form was used for something else. Open it again from the case.")
    return Kept(known, outcome)
