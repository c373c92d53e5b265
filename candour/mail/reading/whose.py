"""Whose a message is: what its signed address, or what it answers, says it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection

from candour.mail.addresses import Named, named_in
from candour.mail.reading.incoming import Incoming


@dataclass(frozen=True, slots=True)
class Ours:
    """A message of ours that came back or is answered, as far as finding its place needs it."""

    number: int
    body_id: int
    case_id: int | None
    entry_id: UUID | None
    to_email: str
    sealed: bool
    voice: int | None


def named(incoming: Incoming) -> tuple[list[Named], bool]:
    """Return what the message's signed addresses name, and whether one of them is made up."""
    mailbox, _, domain = str(settings.CANDOUR_MAIL_REPLIES).lower().rpartition("@")
    signed = [
        address
        for address in incoming.addresses
        if address.lower().startswith(f"{mailbox}+") and address.lower().endswith(f"@{domain}")
    ]
    found = [named_in(address) for address in signed]
    return [each for each in found if each is not None], None in found


def case_called(ref: str) -> tuple[int, int] | None:
    """Return the case with this ref and the body that leads it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, body_id FROM mail_case_called(%s)", [ref])
        row = cursor.fetchone()
    return (int(row[0]), int(row[1])) if row else None


def ours(numbers: Sequence[int] = (), message_ids: Sequence[str] = ()) -> list[Ours]:
    """Return the messages of ours with these numbers or Message-IDs, whichever body sent them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT message_id, body_id, case_id, entry_id, to_email, sealed, voice "
            "FROM mail_ours(%s, %s)",
            [list(numbers), list(message_ids)],
        )
        return [Ours(*row) for row in cursor]


def keeper() -> int | None:
    """Return the body that looks after what belongs nowhere, or None where nobody said which.

    ``CANDOUR_MAIL_KEEPER`` names it by its slug; a site where only one body has people needs no
    saying.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT body_id FROM mail_keeper(%s)", [settings.CANDOUR_MAIL_KEEPER])
        rows = cursor.fetchall()
    return int(rows[0][0]) if len(rows) == 1 else None
