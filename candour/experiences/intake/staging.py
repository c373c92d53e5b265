"""Rows on their way in: copied to a table of this transaction's own, then inserted from there.

The staging table is gone when the transaction ends, however it ends, so an import that is killed
leaves nothing.
"""

import functools
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

from candour.experiences.intake.report import SHOWN_LINES, Sightings
from candour.experiences.intake.rows import BY_CONTENT, Row

THEMES_AT = Row._fields.index("themes")
COLUMNS = ", ".join(Row._fields[1 : Row._fields.index("given")])
CREATE = """
CREATE TEMPORARY TABLE experience_staged (
    line bigint NOT NULL, source_ref text NOT NULL, received_on date, happened_on date,
    organisation text NOT NULL, service_name text NOT NULL, service_kind text NOT NULL,
    question text NOT NULL, answer text NOT NULL, rating text NOT NULL, sentiment smallint,
    themes text[] NOT NULL, language text NOT NULL, identifiable boolean NOT NULL,
    given text, marks jsonb, signs jsonb
) ON COMMIT DROP
"""
NUMBER_BY_CONTENT = """
UPDATE experience_staged AS staged
SET source_ref = staged.source_ref || '-' || numbered.nth
FROM (
    SELECT line, row_number() OVER (PARTITION BY source_ref ORDER BY line) AS nth
    FROM experience_staged
    WHERE starts_with(source_ref, %s)
) AS numbered
WHERE staged.line = numbered.line
"""
DROP_REPEATED = """
WITH first AS (
    SELECT source_ref, min(line) AS line FROM experience_staged
    GROUP BY source_ref HAVING count(*) > 1
), dropped AS (
    DELETE FROM experience_staged AS staged USING first
    WHERE staged.source_ref = first.source_ref AND staged.line > first.line
    RETURNING staged.line
)
SELECT line FROM dropped ORDER BY line
"""
INSERT = f"""
INSERT INTO experience (body_id, source, batch_id, created_at, {COLUMNS})
SELECT %s, %s, %s, %s, {COLUMNS} FROM experience_staged WHERE line BETWEEN %s AND %s ORDER BY line
ON CONFLICT (body_id, source, source_ref) WHERE out_because <> 'import_undone' DO NOTHING
"""  # noqa: S608  # the names are this module's own
EVERY_LINE = (0, 2**62)
# One import of a body at a time: two that hold rows which the other wants would wait for ever.
ALONE = "SELECT pg_advisory_xact_lock(hashtext('experience_import'), %s)"
COUNT_LATER = "SET LOCAL candour.counting = 'later'"
COUNT = "SELECT experience_count_import(%s)"
COUNT_AT_ONCE = "SET LOCAL candour.counting = ''"
CHANGED = """
SELECT staged.line FROM experience_staged AS staged
JOIN experience USING (source_ref)
WHERE experience.body_id = %s AND experience.source = %s AND experience.answer <> staged.answer
AND experience.out_since IS NULL AND NOT EXISTS (
    -- A person has put words back or taken more out, so it differs from what the rules make of it.
    SELECT FROM experience_mark m WHERE m.experience_id = experience.id
    AND (m.state = 'restored' OR m.found_by = 'person')
)
ORDER BY staged.line
"""


class Shared(NamedTuple):
    """What the rows of one import have in common."""

    body_id: int
    source: str
    batch_id: int
    created_at: datetime


def begin(body_id: int) -> None:
    """Make this transaction's staging table; wait until no other import of the body goes on."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [body_id])
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute(COUNT_LATER)
        # An earlier import in the same transaction has left its own.
        cursor.execute("DROP TABLE IF EXISTS pg_temp.experience_staged")
        cursor.execute(CREATE)
        cursor.execute("CREATE INDEX ON experience_staged (line)")


def stage(rows: Iterable[Row]) -> int:
    """Copy rows into this transaction's staging table and return how many there were."""
    copied = 0
    with connection.cursor() as cursor, _copy_into(cursor) as copy:
        for row in rows:
            copy.write_row((*row[:THEMES_AT], array_literal(row.themes), *row[THEMES_AT + 1 :]))
            copied += 1
    return copied


def end(batch_id: int) -> None:
    """Count what was inserted, and have the database know what is staged."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [batch_id])
        cursor.execute(COUNT_AT_ONCE)
        cursor.execute("ANALYZE experience_staged (line, source_ref, marks, signs)")


@functools.lru_cache(maxsize=10_000)
def array_literal(texts: tuple[str, ...]) -> str:
    """Return PostgreSQL's spelling of an array: files repeat the same few, so it is kept."""
    escaped = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join(f'"{text}"' for text in escaped) + "}"


def _copy_into(cursor: CursorWrapper) -> Any:  # noqa: ANN401  # psycopg's, behind Django's wrapper
    return cursor.copy(f"COPY experience_staged ({', '.join(Row._fields)}) FROM STDIN")


def number_rows_known_by_content() -> None:
    """Tell apart rows of the same content: the first is -1, the next -2, at every import alike."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBER_BY_CONTENT, [BY_CONTENT])


def drop_repeated() -> Sightings:
    """Take out rows whose id an earlier row of the file has, and return which they were."""
    with connection.cursor() as cursor:
        cursor.execute(DROP_REPEATED)
        return _sightings(cursor)


def insert(link: psycopg.Connection[Any], shared: Shared, lines: tuple[int, int]) -> int:
    """Insert the staged rows that are not there yet and return how many that were.

    Args:
        link: the transaction's connection itself, so that another thread may wait for the answer.
        shared: what the rows have in common.
        lines: of the first and the last of them.
    """
    with link.cursor() as cursor:
        cursor.execute(INSERT, [*shared, *lines])
        return cursor.rowcount


def changed(*, body_id: int, source: str) -> Sightings:
    """Return the staged rows that are already there with other words."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [body_id, source])
        return _sightings(cursor)


def next_batch_id() -> int:
    """Return the id that the import's own row will have: it is written last, when all is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('experience_import', 'id'))")
        return int(cursor.fetchone()[0])


def _sightings(cursor: CursorWrapper) -> Sightings:
    seen = Sightings()
    for (line,) in cursor:
        if seen.count < SHOWN_LINES:
            seen.lines.append(line)
        seen.count += 1
    return seen
