"""What a stranger may know of a document that was fixed here to be signed, or sent as a letter."""

import json
from datetime import datetime
from typing import Any, Literal

from django.db import connection

from candour import policies
from candour.cases.procedures import ProcedureUnavailable, procedure_named
from candour.engine import Words
from candour.signing.sealed import Asked, Sealed, Signed

FIND = "SELECT signing_known(%s, %s)::text"
FIND_LETTER = "SELECT letter_known(%s, %s)::text"
LETTER = Words("Letter", "Llythyr")
Became = Literal["signed", "waiting", "ended"]


def signed_document(asked: Asked) -> Sealed | None:
    """Return what is known of a document by its code or its file; one query, of any body's rows.

    The owner's function gives the sort of the document, its body, and the names under it as the
    document shows them; nothing that it says.
    """
    told = _told(FIND, asked)
    if told is None:
        return None
    became: Became = told["became"]
    return Sealed(
        seal=told["seal"],
        sort=Words(told["sort"], told["sort_cy"]),
        body=Words(told["body"], told["body_cy"]),
        became=became,
        on=datetime.fromisoformat(told["on"]),
        signatures=tuple(
            Signed(each["name"], each["post"], datetime.fromisoformat(each["at"]))
            for each in told["signatures"] or ()
        ),
    )


def sent_letter(asked: Asked) -> Sealed | None:
    """Return what is known of a letter by the code or the file of one of its PDFs; one query."""
    told = _told(FIND_LETTER, asked)
    if told is None:
        return None
    return Sealed(
        seal=told["seal"],
        sort=_document(told["procedure"], told["version"], told["template"]),
        body=Words(told["body"], told["body_cy"]),
        became="sent",
        on=datetime.fromisoformat(told["on"]),
    )


def _document(procedure: str | None, version: str | None, template: str) -> Words:
    """Return what a procedure calls the document of a template; “letter” where it is not here."""
    try:
        known = procedure_named(procedure or "", version or "")
    except (ProcedureUnavailable, policies.FaultyPack):
        return LETTER
    made = known.templates.get(template)
    document = known.documents.get(made.document) if made else None
    return document.title if document else LETTER


def _told(question: str, asked: Asked) -> dict[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(question, [asked.code or None, asked.file or None])
        (found,) = cursor.fetchone()
    return None if found is None else json.loads(found)
