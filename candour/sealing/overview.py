"""Keys of the whole site, for whoever runs it: which there are, what uses them, whether they serve.

Nothing that is sealed is shown: rows are opened in memory, to see that they open.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from candour.database.row_security import acting_for
from candour.sealing.data_keys import key_to_open
from candour.sealing.errors import DoesNotOpen, KeyNotHere
from candour.sealing.keeping import bound, opened
from candour.sealing.masters import Masters, masters_here
from candour.sealing.models import SealedIdentity

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A body's key: which, under which master key, and how much is sealed with it."""

    key_id: int
    body_id: int
    number: int
    master: str
    newest: bool
    sealed: int


@dataclass(frozen=True, slots=True)
class MasterLine:
    """A master key: where it is (nowhere when empty), whether it seals, and what uses it."""

    id: str
    place: str
    current: bool
    bodies: int
    sealed: int


def key_lines() -> list[KeyLine]:
    """Return the keys of every body. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT key_id, body_id, number, master, newest, sealed FROM sealing_keys()")
        return [KeyLine(*row) for row in cursor.fetchall()]


def master_lines() -> list[MasterLine]:
    """Return the master keys that are here or that something needs, by id."""
    here, lines = masters_here(), key_lines()
    return [
        MasterLine(
            id=name,
            place=here.keys[name].place if name in here.keys else "",
            current=here.current is not None and here.current.id == name,
            bodies=len({line.body_id for line in lines if line.master == name}),
            sealed=sum(line.sealed for line in lines if line.master == name),
        )
        for name in sorted({*here.keys, *(line.master for line in lines)})
    ]


def faults(*, every: bool = False) -> Iterator[str]:
    """Yield what is wrong with the keys or with what they seal, in words that say what to do.

    Args:
        every: open everything that is sealed, and not one text of each key.
    """
    here = masters_here()
    yield from here.faults
    lines = key_lines()
    if here.current is None and lines:
        yield "No master key seals: who spoke cannot be kept from now on. Put the key back."
    for line in lines:
        yield from _faults_of(line, here, every=every)


def waiting() -> int:
    """Return how many texts stand under a key that is not their body's newest one."""
    return sum(line.sealed for line in key_lines() if not line.newest)


def _faults_of(line: KeyLine, here: Masters, *, every: bool) -> Iterator[str]:
    name = f"key {line.number} of body {line.body_id}"
    if line.master not in here.keys:
        yield (
            f"The master key {line.master} is not here: {line.sealed:,} sealed texts under "
            f"{name} stay sealed. Put {line.master}.key back."
        )
        return
    with acting_for([line.body_id]):
        try:
            cipher = key_to_open(line.key_id)
        except (DoesNotOpen, KeyNotHere) as trouble:
            yield f"The {name}: {trouble}"
            return
        rows = SealedIdentity.objects.filter(key_id=line.key_id).order_by("pk")
        for row in rows.iterator(AT_ONCE) if every else rows[:1]:
            try:
                opened(cipher, bytes(row.sealed), bound(row.body_id, row.purpose, row.context))
            except DoesNotOpen as trouble:
                yield f"{row} (body {row.body_id}): {trouble}"
