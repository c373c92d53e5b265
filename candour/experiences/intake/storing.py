"""Stores the rows of an import while the rows after them are being read.

Reading is work for this process and inserting is work for the database, so neither should wait for
the other. Rows are stored by the stretch: while the database inserts one, a statement that another
thread waits for, the next is read and cleaned. It is one transaction from the first to the last.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, NamedTuple

from django.db import connection

from candour.experiences.intake import staging
from candour.experiences.intake.rows import Row
from candour.experiences.intake.staging import Shared

MOST_ROWS: Final = 5_000  # of a stretch
MOST_LETTERS: Final = 2_000_000  # of the answers in a stretch, so that long ones fill no memory


class Stored(NamedTuple):
    """How many rows were staged, and how many of them were not there yet and are now."""

    staged: int
    taken: int


def store(rows: Iterable[Row], shared: Shared, *, known_by_content: bool) -> Stored:
    """Store rows, those that are there already left as they are; the counts are kept up.

    Args:
        rows: read as they are stored.
        shared: what all of them have in common.
        known_by_content: they have no ids, so which of two alike is which is told by counting all.
    """
    staging.begin(shared.body_id)
    if known_by_content:
        staged = sum(map(staging.stage, _stretches(rows)))
        staging.number_rows_known_by_content()
        taken = staging.insert(connection.connection, shared, staging.EVERY_LINE)
    else:
        staged, taken = _store_by_the_stretch(rows, shared)
    staging.end(shared.batch_id)
    return Stored(staged, taken)


def _store_by_the_stretch(rows: Iterable[Row], shared: Shared) -> Stored:
    staged, taken = 0, 0
    inserting: Future[int] | None = None
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="inserting") as beside:
        for stretch in _stretches(rows):
            taken += _inserted(inserting)
            staged += staging.stage(stretch)
            lines = (stretch[0].line, stretch[-1].line)
            inserting = beside.submit(staging.insert, connection.connection, shared, lines)
        taken += _inserted(inserting)
    return Stored(staged, taken)


def _inserted(inserting: Future[int] | None) -> int:
    """Wait until a stretch is inserted, and return how many of its rows were."""
    if inserting is None:
        return 0
    with connection.wrap_database_errors:  # it went round Django's cursor
        return inserting.result()


def _stretches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    stretch: list[Row] = []
    letters = 0
    for row in rows:
        stretch.append(row)
        letters += len(row.answer)
        if len(stretch) == MOST_ROWS or letters > MOST_LETTERS:
            yield stretch
            stretch, letters = [], 0
    if stretch:
        yield stretch
