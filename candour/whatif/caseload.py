"""The open cases that run on a procedure, read to be looked at and never to be changed."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from django.db import connections, transaction

from candour.cases.procedures import procedure_named, unread
from candour.engine import Standing, fold, from_payload
from candour.whatif.tally import Subject

NUMBERS = """
    SELECT id FROM case_file
    WHERE closed_at IS NULL AND procedure = %s AND (%s::bigint[] IS NULL OR body_id = ANY (%s))
    ORDER BY id
"""
FILES = """
    SELECT c.id, c.ref, c.title, b.name, c.procedure, c.version
    FROM case_file c JOIN bodies_body b ON b.id = c.body_id WHERE c.id = ANY (%s) ORDER BY c.id
"""
ENTRIES = """
    SELECT case_id, payload::text FROM case_entry
    WHERE case_id = ANY (%s) AND recorded_at <= %s ORDER BY case_id, seq
"""


@dataclass(frozen=True, slots=True)
class Open:
    """An open case: how it is named, the version it is pinned to, and its log."""

    subject: Subject
    procedure: str
    version: str
    log: tuple[str, ...]

    def standing(self) -> Standing:
        """Return what its log comes to.

        Raises:
            EngineError: the log cannot be folded, or its procedure is not in this release.
        """
        procedure = procedure_named(self.procedure, self.version)
        entries = [from_payload(json.loads(text)) for text in self.log]
        return fold(procedure, entries, onto=unread(procedure, entries))


@contextmanager
def reading_only(using: str) -> Iterator[None]:
    """Open a transaction on this connection in which the database refuses to write."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        if not connections[using].savepoint_ids:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield


def numbers_of(using: str, procedure: str, bodies: Sequence[int] | None) -> list[int]:
    """Return the cases that run on a procedure, led by one of these bodies (None: by any)."""
    chosen = None if bodies is None else list(bodies)
    with connections[using].cursor() as cursor:
        cursor.execute(NUMBERS, [procedure, chosen, chosen])
        return [number for (number,) in cursor.fetchall()]


def read(using: str, numbers: Sequence[int], as_of: datetime) -> Iterator[Open]:
    """Yield these cases with what was recorded in them by `as_of`, with two queries for all.

    A case with nothing recorded by then is left out.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(ENTRIES, [list(numbers), as_of])
        logs = {
            number: tuple(text for _, text in rows)
            for number, rows in groupby(cursor.fetchall(), key=itemgetter(0))
        }
        cursor.execute(FILES, [list(numbers)])
        for number, ref, title, body, procedure, version in cursor.fetchall():
            if number in logs:
                yield Open(Subject(ref, title, body), procedure, version, logs[number])
