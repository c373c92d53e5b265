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
    try:
        taken = _taken(filing)
    except NotTaken as refusal:
        return refusal_of(refusal.why)
    stored_as, kept = storing.put(filing.file), None
    try:
        with transaction.atomic():
            outcome = enter(
                case_id=case_id,
                actor=actor,
                draft=_draft(filing, taken, as_of),
                expected_seq=None,
                as_of=as_of,
            )
            if not isinstance(outcome, Recorded):
                return outcome
            if outcome.repeated:
                return _again(case_id, outcome)
            kept = _row(case_id, outcome, actor, taken, stored_as, as_of)
    finally:
        if kept is None:
            storing.take_back(stored_as)
    return Kept(kept, outcome)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A file whose content says that it is one that is taken."""

    name: str
    looked: Looked
    size: int
    sha256: str


def _taken(filing: Filing) -> _Taken:
    """Return what a file turned out to be.

    Raises:
        NotTaken: it is none that is taken.
    """
    name, size = plain_name(filing.name), _size(filing.file)
    looked = look_at(filing.file, name)
    return _Taken(name, looked, size, filing.sha256 or _hash(filing.file))


def _row(  # what a row is made of
    case_id: int, outcome: Recorded, actor: Actor, taken: _Taken, stored_as: str, as_of: datetime
) -> FiledDocument:
    """Write the row of a document that was just recorded."""
    return FiledDocument.objects.create(
        id=UUID(outcome.entry.id),
        case_id=case_id,
        body_id=actor.body_id,
        name=taken.name,
        media_type=taken.looked.sort.media_type,
        size=taken.size,
        sha256=taken.sha256,
        holds_place=taken.looked.holds_place,
        stored_as=stored_as,
        kept_at=as_of,
        kept_by_id=actor.user_id,
    )


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


def _draft(filing: Filing, taken: _Taken, as_of: datetime) -> Draft:
    return Draft(
        id=filing.id,
        kind=FILED,
        happened_at=filing.happened_at or as_of,
        author="",
        role="",
        data={
            "title": plain_title(filing.title) or taken.name,
            "document": taken.name,
            "media_type": taken.looked.sort.media_type,
            "size": taken.size,
            "sha256": taken.sha256,
            **({"place": True} if taken.looked.holds_place else {}),
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
