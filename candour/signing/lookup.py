"""What a stranger may know of a document that was fixed here to be signed."""

import json
from datetime import datetime
from typing import Literal

from django.db import connection

from candour.engine import Words
from candour.signing.sealed import Asked, Sealed, Signed

FIND = "SELECT signing_known(%s, %s)::text"
Became = Literal["signed", "waiting", "ended"]


def signed_document(asked: Asked) -> Sealed | None:
    """Return what is known of a document by its code or its file; one query, of any body's rows.

    The owner's function gives the sort of the document, its body, and the names under it as the
    document shows them; nothing that it says.
    """
    with connection.cursor() as cursor:
        cursor.execute(FIND, [asked.code or None, asked.file or None])
        (found,) = cursor.fetchone()
    if found is None:
        return None
    told = json.loads(found)
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
