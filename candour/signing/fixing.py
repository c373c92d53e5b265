"""Fixing a document: its content, file and seal, so that it can only be signed as it stands."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from candour.bodies.models import Body
from candour.documents import Content, Letterhead, Signature, as_json, from_json
from candour.documents.codes import code_of, start_of_code
from candour.documents.pdf import pdf
from candour.engine import Words
from candour.engine.london import local
from candour.engine.words import Language
from candour.letters import house as letters
from candour.signing.composing import Composed, Used
from candour.signing.models import FixedDocument


@dataclass(frozen=True, slots=True)
class Sort:
    """What a document is: a record of the procedure or not, its name to the public, for whom."""

    record: str
    words: Words
    audience: str = "case"


@dataclass(frozen=True, slots=True)
class Making:
    """Of which case and body a document is, who fixes it and when, and the site it is made on."""

    document_id: UUID
    case_id: int
    ref: str
    body: Body
    made_by: int
    as_of: datetime
    site: str = ""


def fixed(making: Making, sort: Sort, composed: Composed, data: Mapping[str, Any]) -> FixedDocument:
    """Return the document with its seal and its file, not stored yet.

    The seal is over everything that makes it this document: its content in its language, what it
    was made from, what the entries of its signatures will say, when and for whom it was made.
    """
    content = composed.content
    language: Language = "cy" if content.language == "cy" else "en"
    sealed = _sealed(making, sort, composed, data)
    seal = hashlib.sha256(sealed.encode()).hexdigest()
    letterhead = letterhead_of(making.body, language, local(making.as_of).date())
    file = drawn(content, letterhead, seal, making.as_of, making.site)
    return FixedDocument(
        id=making.document_id,
        case_id=making.case_id,
        body=making.body,
        record=sort.record,
        sort=sort.words.en,
        sort_cy=sort.words.cy or sort.words.en,
        audience=sort.audience,
        language=content.language,
        sealed=sealed,
        seal=seal,
        code=start_of_code(seal),
        pdf=file,
        pdf_hash=hashlib.sha256(file).hexdigest(),
        made_at=making.as_of,
        made_by_id=making.made_by,
    )


def _sealed(making: Making, sort: Sort, composed: Composed, data: Mapping[str, Any]) -> str:
    """Return what the seal of a document is over, always written in the same way."""
    return json.dumps(
        {
            "case": making.ref,
            "body": making.body.slug,
            "record": sort.record,
            "sort": [sort.words.en, sort.words.cy],
            "content": as_json(composed.content),
            "used": [[each.entry, each.digest] for each in composed.used],
            "data": dict(data),
            "made_at": making.as_of.isoformat(),
            "made_by": making.made_by,
            "id": str(making.document_id),
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )


def drawn(
    content: Content, letterhead: Letterhead, seal: str, made_at: datetime, site: str
) -> bytes:
    """Return the file of a document, with its code in its feet and where anybody may check it."""
    check_at = f"{site}/verify/" if site else ""
    return pdf(content, letterhead, made_at=made_at, seal=code_of(seal), check_at=check_at)


def letterhead_of(
    body: Body, language: Language, day: date, signatures: tuple[Signature, ...] = ()
) -> Letterhead:
    """Return what stands around a body's documents in a language: the same as on its letters."""
    head = letters.letterhead_of(body, letters.house_of(body), language, day)
    return replace(head, signatures=signatures)


def content_of(document: FixedDocument) -> Content:
    """Return what a fixed document says."""
    return from_json(json.loads(document.sealed)["content"])


def used_by(document: FixedDocument) -> tuple[Used, ...]:
    """Return the entries that a fixed document sets out, with what they said then."""
    return tuple(Used(*each) for each in json.loads(document.sealed)["used"])


def intact(document: FixedDocument) -> bool:
    """Say whether a stored document is what its seal and the hash of its file say."""
    return (
        hashlib.sha256(document.sealed.encode()).hexdigest() == document.seal
        and hashlib.sha256(bytes(document.pdf)).hexdigest() == document.pdf_hash
    )
