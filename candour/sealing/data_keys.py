"""Data keys: one at a time seals for each body, wrapped by a master key.

All of it needs a transaction that acts for the body.
"""

import json
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from candour.sealing.masters import LENGTH, MasterKey, make_master, masters_here
from candour.sealing.models import DataKey

# Whoever seals holds the key's row until the transaction ends, so that it is not deleted meanwhile.
NEWEST = """
SELECT id, body_id, number, master, wrapped FROM sealing_key WHERE body_id = %s
ORDER BY number DESC LIMIT 1 FOR KEY SHARE
"""


def key_to_seal(body_id: int, as_of: datetime) -> tuple[int, AESGCM]:
    """Return the number in the table, and the cipher, of the key that seals for a body now.

    A body without one gets one. So does a body whose key is wrapped by a master key that is lost:
    what was sealed before stays sealed, and what comes now is not lost with it.

    Raises:
        KeyNotHere: there is no master key.
    """
    newest, masters = _newest(body_id), masters_here()
    if newest is None or newest.master not in masters.keys:
        master = masters.current or (None if anything_sealed() else make_master(first_only=True))
        if master is None:
            master = masters.sealing()  # says what is missing
        add_key(body_id, (newest.number if newest else 0) + 1, master, as_of)
        newest = _newest(body_id)
        assert newest is not None  # noqa: S101  # it was added, here or in another process
    return newest.pk, AESGCM(unwrapped(newest))


def key_to_open(key_id: int) -> AESGCM:
    """Return the cipher of a key by its number in the table.

    Raises:
        KeyNotHere: its master key is not on this machine.
    """
    return AESGCM(unwrapped(DataKey.objects.get(pk=key_id)))


def unwrapped(key: DataKey) -> bytes:
    """Return a data key as it is.

    Raises:
        KeyNotHere: its master key is not on this machine.
        DoesNotOpen: somebody changed the row.
    """
    master = masters_here().get(key.master)
    return master.unwrap(bytes(key.wrapped), bound(key.body_id, key.number))


def add_key(body_id: int, number: int, master: MasterKey, as_of: datetime) -> None:
    """Give a body a new key; where another process has just given it that one, do nothing."""
    wrapped = master.wrap(secrets.token_bytes(LENGTH), bound(body_id, number))
    key = DataKey(body_id=body_id, number=number, master=master.id, wrapped=wrapped, made_at=as_of)
    DataKey.objects.bulk_create([key], ignore_conflicts=True)


def bound(body_id: int, number: int) -> bytes:
    """Return what a wrapped key is bound to: it is the key of no other body."""
    return json.dumps(["candour data key", body_id, number]).encode()


def anything_sealed() -> bool:
    """Whether any body has a key: then a master key was here once, and is not simply made anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM sealing_keys())")
        return bool(cursor.fetchone()[0])


def _newest(body_id: int) -> DataKey | None:
    return next(iter(DataKey.objects.raw(NEWEST, [body_id])), None)
