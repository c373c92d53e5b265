"""Rotating keys: data keys are wrapped anew at once, what they sealed is sealed anew row by row.

How far it is stands nowhere but in the rows themselves: a text is under its body's newest key, or
it waits. So it may be stopped or killed at any moment, done twice, or by two at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, connection, transaction

from candour.database.row_security import acting_for
from candour.sealing.data_keys import add_key, bound, unwrapped
from candour.sealing.errors import DoesNotOpen
from candour.sealing.keeping import bound as text_bound
from candour.sealing.keeping import close, opened
from candour.sealing.masters import MasterKey, masters_here
from candour.sealing.models import DataKey, SealedIdentity
from candour.sealing.overview import key_lines

AT_ONCE: Final = 500

SEAL_ANEW = """
UPDATE sealed_identity s SET key_id = %s, sealed = anew.sealed
FROM unnest(%s::bigint[], %s::bytea[]) AS anew (id, sealed) WHERE s.id = anew.id
"""
DROP_UNUSED = """
DELETE FROM sealing_key k WHERE k.body_id = %s
AND EXISTS (SELECT FROM sealing_key newer WHERE newer.body_id = k.body_id
            AND newer.number > k.number)
AND NOT EXISTS (SELECT FROM sealed_identity s WHERE s.key_id = k.id)
"""


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did at once: keys wrapped anew, and those whose master key is not here."""

    wrapped: int
    lost: int
    bodies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A batch of texts sealed anew, and the numbers of those that did not open."""

    done: int
    unsound: tuple[int, ...]


def rotate(new: MasterKey, as_of: datetime) -> Rotated:
    """Wrap every body's keys under another master key and give each body a new key to seal with.

    All of it or nothing. `reseal` does the rest for each of the bodies.
    """
    here, lines = masters_here(), key_lines()
    bodies = tuple(sorted({line.body_id for line in lines}))
    wrapped = lost = 0
    with acting_for(bodies):
        found = DataKey.objects.select_for_update(of=("self",)).filter(body_id__in=bodies)
        for key in found.order_by("pk"):
            if key.master not in here.keys:
                lost += 1
                continue
            plain = unwrapped(key)
            key.master, key.wrapped = new.id, new.wrap(plain, bound(key.body_id, key.number))
            key.save(update_fields=["master", "wrapped"])
            wrapped += 1
        for body in bodies:
            newest = max(line.number for line in lines if line.body_id == body)
            add_key(body, newest + 1, new, as_of)
    return Rotated(wrapped, lost, bodies)


def bodies_waiting() -> list[int]:
    """Return the bodies of which something stands under an older key, or whose key is unused."""
    return sorted({line.body_id for line in key_lines() if not line.newest})


def reseal(body_id: int) -> Iterator[Step]:
    """Seal a body's texts anew under its newest key, some at a time, each batch committed.

    What does not open, and what a master key that is not here sealed, stays as it is. A key that
    nothing uses any more is deleted at the end.
    """
    unsound: tuple[int, ...] = ()
    while (step := _some(body_id, unsound)).done or step.unsound:
        unsound += step.unsound
        yield step
    with acting_for([body_id]):
        _drop_unused(body_id)


def _some(body_id: int, leave: tuple[int, ...]) -> Step:
    with acting_for([body_id]):
        ciphers = _ciphers(body_id)
        *older, newest = ciphers or (0,)
        if not older:
            return Step(0, ())
        found = SealedIdentity.objects.select_for_update(of=("self",), skip_locked=True)
        rows = found.filter(body_id=body_id, key_id__in=older).exclude(pk__in=leave)
        anew: dict[int, bytes] = {}
        unsound: list[int] = []
        for row in rows.order_by("pk")[:AT_ONCE]:
            bound_to = text_bound(row.body_id, row.purpose, row.context)
            try:
                text = opened(ciphers[row.key_id], bytes(row.sealed), bound_to)
            except DoesNotOpen:
                unsound.append(row.pk)
            else:
                anew[row.pk] = close(ciphers[newest], text, bound_to)
        if anew:
            with connection.cursor() as cursor:
                cursor.execute(SEAL_ANEW, [newest, list(anew), list(anew.values())])
        return Step(len(anew), tuple(unsound))


def _ciphers(body_id: int) -> dict[int, AESGCM]:
    """Return the ciphers of a body's keys that can be used here, by number, oldest key first.

    None where the newest cannot: there is nothing to seal with then.
    """
    here = masters_here()
    keys = list(DataKey.objects.filter(body_id=body_id).order_by("number"))
    if not keys or keys[-1].master not in here.keys:
        return {}
    return {key.pk: AESGCM(unwrapped(key)) for key in keys if key.master in here.keys}


def _drop_unused(body_id: int) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(DROP_UNUSED, [body_id])
    except IntegrityError:
        return  # somebody sealed with it just now: the next time sees to that
