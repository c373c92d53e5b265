"""Undoing an import whole, and doing it again.

Its experiences are taken out of use and not deleted. What a case rests on stays: a case must be
able to show what it was raised from.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from candour.database.row_security import acting_for
from candour.experiences.models import Import, ImportTurn
from candour.people.actor import Actor

MOST_NAMED = 10_000  # experiences that stayed, kept by their numbers
TAKE_OUT = """
UPDATE experience SET out_since = %(as_of)s, out_because = 'import_undone'
WHERE id IN (
    SELECT id FROM experience WHERE batch_id = %(batch)s AND out_since IS NULL
    AND NOT (id = ANY (%(kept)s)) ORDER BY id FOR UPDATE
)
"""
PUT_BACK = """
UPDATE experience SET out_since = NULL, out_because = ''
WHERE id IN (
    SELECT id FROM experience WHERE batch_id = %(batch)s AND out_because = 'import_undone'
    AND NOT (id = ANY (%(kept)s)) ORDER BY id FOR UPDATE
)
"""
# Rows that have come in again by another import, or were withdrawn there, stay as they are now.
HELD_ELSEWHERE = """
SELECT e.id FROM experience e JOIN experience other USING (body_id, source, source_ref)
WHERE e.batch_id = %(batch)s AND e.out_because = 'import_undone'
AND other.out_because <> 'import_undone' ORDER BY e.id
"""
RESTED_ON = """
SELECT experience_id FROM experiences_rested_on(%(batch)s) JOIN experience ON id = experience_id
WHERE out_since IS NULL ORDER BY 1
"""


class NotTurned(Exception):
    """An import cannot be undone, or done again; the message says why."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing an import would do.

    Attributes:
        out: how many experiences it would take out.
        kept: those that would stay, because a case rests on them.
    """

    out: int
    kept: tuple[int, ...]


def undoing(batch: Import) -> Undoing:
    """Return what undoing an import would do now. Two queries."""
    kept = _ids(RESTED_ON, batch.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM experience WHERE batch_id = %s AND out_since IS NULL", [batch.pk]
        )
        (number,) = cursor.fetchone()
    return Undoing(number - len(kept), tuple(kept))


def undo_import(number: int, *, actor: Actor, as_of: datetime) -> ImportTurn:
    """Take all experiences of an import out of use, but those that a case rests on.

    Raises:
        NotTurned: there is no such import of the actor's body, or it was undone before.
    """
    with acting_for([actor.body_id]):
        batch = _locked(number, actor)
        if batch.undone_at is not None:
            raise NotTurned(f"Import {number} was undone on {batch.undone_at:%d/%m/%Y} already.")
        kept = _ids(RESTED_ON, number)
        return _turn(batch, TAKE_OUT, kept, actor, as_of, undone=True)


def redo_import(number: int, *, actor: Actor, as_of: datetime) -> ImportTurn:
    """Put the experiences of an import back that was undone.

    Raises:
        NotTurned: there is no such import of the actor's body, or it was not undone.
    """
    with acting_for([actor.body_id]):
        batch = _locked(number, actor)
        if batch.undone_at is None:
            raise NotTurned(f"Import {number} was not undone, so there is nothing to do again.")
        kept = _ids(HELD_ELSEWHERE, number)
        return _turn(batch, PUT_BACK, kept, actor, as_of, undone=False)


def _locked(number: int, actor: Actor) -> Import:
    found = Import.objects.select_for_update().filter(pk=number, body=actor.body).first()
    if found is None:
        raise NotTurned(f"{actor.body} has no import {number}.")
    return found


def _ids(statement: str, batch: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"batch": batch})
        return [number for (number,) in cursor.fetchall()]


def _turn(
    batch: Import, statement: str, kept: list[int], actor: Actor, as_of: datetime, *, undone: bool
) -> ImportTurn:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"batch": batch.pk, "kept": kept, "as_of": as_of})
        moved = cursor.rowcount
    batch.undone_at = as_of if undone else None
    batch.turning = False
    batch.save(update_fields=["undone_at", "turning"])
    return ImportTurn.objects.create(
        batch=batch,
        body=actor.body,
        at=as_of,
        by=actor.user,
        undone=undone,
        moved=moved,
        kept=kept[:MOST_NAMED],
    )
