"""Sealing, and keeping what is sealed.

Each text is encrypted by AES-256-GCM under its body's key, bound to body, purpose and context: in
another row it does not open. It is padded first, so that its length does not tell whose it is.
All of it needs a transaction that acts for the body.
"""

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from candour.sealing.data_keys import key_to_open, key_to_seal
from candour.sealing.errors import DoesNotOpen, NothingSealed
from candour.sealing.models import OPENED_BY_PEOPLE, Purpose, SealedEvent, SealedIdentity, What

VERSION: Final = b"\x01"
NONCE: Final = 12
LENGTH: Final = 4
PADDED_TO: Final = 256
AT_ONCE: Final = 1_000
CHANGED: Final = (
    "What is stored here is not what was sealed here: somebody changed the database, or moved it "
    "from another row. Compare it with a backup."
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text as it is kept: for whom, for what, belonging to what, under which key."""

    body_id: int
    purpose: Purpose
    context: str
    key_id: int
    sealed: bytes = field(repr=False)


def seal(
    body_id: int, purpose: Purpose, plaintext: bytes, *, context: str, as_of: datetime
) -> Sealed:
    """Return a text sealed; `keep` stores it.

    Args:
        body_id: the body that holds it.
        purpose: what sort of text it is.
        plaintext: the text.
        context: what it belongs to, such as `of_experience` gives.
        as_of: the present instant.

    Raises:
        KeyNotHere: there is no master key on this machine.
    """
    return next(seal_many(body_id, purpose, [(context, plaintext)], as_of=as_of))


def seal_many(
    body_id: int, purpose: Purpose, texts: Iterable[tuple[str, bytes]], *, as_of: datetime
) -> Iterator[Sealed]:
    """Yield texts sealed, each given with its context. One query, and some microseconds for each.

    Raises:
        KeyNotHere: there is no master key on this machine.
    """
    key_id, cipher = key_to_seal(body_id, as_of)
    for context, plaintext in texts:
        closed = close(cipher, plaintext, bound(body_id, purpose, context))
        yield Sealed(body_id, purpose, context, key_id, closed)


def keep(sealed: Iterable[Sealed], *, anew: bool = False) -> int:
    """Store what is sealed and return how many that was.

    Args:
        sealed: each under a purpose and context of its own.
        anew: put it in the place of what is there; otherwise that is an error of the database.
    """
    number, waiting = 0, iter(sealed)
    while some := list(islice(waiting, AT_ONCE)):
        rows = [(s.body_id, str(s.purpose), s.context, s.key_id, s.sealed) for s in some]
        columns = [list(column) for column in zip(*rows, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(KEEP + (INSTEAD if anew else ""), columns)
        number += len(some)
    return number


KEEP = """
INSERT INTO sealed_identity (body_id, purpose, context, key_id, sealed)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::bytea[])
"""
INSTEAD = """
ON CONFLICT (body_id, purpose, context)
DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed
"""


def destroy(
    body_id: int, purpose: Purpose, context: str, *, reason: str, by: int | None, as_of: datetime
) -> bool:
    """Delete something sealed for good; return whether there was anything.

    Args:
        body_id: the body that holds it.
        purpose: what sort of text it is.
        context: what it belongs to.
        reason: why, for the log: the person withdrew it, its time was up.
        by: the id of whoever decided, or None where the person themselves or a rule did.
        as_of: the present instant.
    """
    found = SealedIdentity.objects.filter(body_id=body_id, purpose=purpose, context=context)
    if not found.exists():
        return False
    if purpose in OPENED_BY_PEOPLE:
        SealedEvent.objects.create(
            body_id=body_id,
            what=What.DESTROYED,
            purpose=purpose,
            context=context,
            at=as_of,
            by_id=by,
            reason=reason,
        )
    found.delete()
    return True


def of_experience(number: int) -> str:
    """Return the context of what belongs to an experience."""
    return f"experience/{number}"


def of_letter(number: int) -> str:
    """Return the context of what a member of the public wrote by mail, by its number."""
    return f"letter/{number}"


def sealed_for(contexts: Iterable[str], purpose: Purpose) -> set[str]:
    """Return those of these contexts for which the bodies acted for hold something. One query."""
    found = SealedIdentity.objects.filter(purpose=purpose, context__in=list(contexts))
    return set(found.values_list("context", flat=True))


def unsealed(body_id: int, purpose: Purpose, context: str) -> bytes:
    """Return what is sealed, to the rooms that log or limit who asks; it checks nobody itself.

    Raises:
        NothingSealed: nothing is there.
        KeyNotHere: the key is not on this machine.
        DoesNotOpen: it was changed, or brought here from another row.
    """
    found = SealedIdentity.objects.filter(body_id=body_id, purpose=purpose, context=context)
    row = found.only("key_id", "sealed").first()
    if row is None:
        raise NothingSealed(f"Nothing of this kind ({purpose}) is sealed for {context}.")
    return opened(key_to_open(row.key_id), bytes(row.sealed), bound(body_id, purpose, context))


def bound(body_id: int, purpose: str, context: str) -> bytes:
    """Return what a sealed text is bound to."""
    return json.dumps(["candour sealed", body_id, str(purpose), context]).encode()


def close(cipher: AESGCM, plaintext: bytes, bound_to: bytes) -> bytes:
    """Return a text padded and encrypted."""
    nonce = secrets.token_bytes(NONCE)
    framed = len(plaintext).to_bytes(LENGTH, "big") + plaintext
    padded = framed.ljust(-(-len(framed) // PADDED_TO) * PADDED_TO, b"\0")
    return VERSION + nonce + cipher.encrypt(nonce, padded, bound_to)


def opened(cipher: AESGCM, sealed: bytes, bound_to: bytes) -> bytes:
    """Return the text of `close`.

    Raises:
        DoesNotOpen: it was changed, or was bound to something else.
    """
    version, nonce, rest = sealed[:1], sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    if version != VERSION:
        raise DoesNotOpen(CHANGED)
    try:
        padded = cipher.decrypt(nonce, rest, bound_to)
    except (InvalidTag, ValueError) as error:
        raise DoesNotOpen(CHANGED) from error
    length = int.from_bytes(padded[:LENGTH], "big")
    return padded[LENGTH : LENGTH + length]
