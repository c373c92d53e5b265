"""Rows on their way in: copied to the tables that hold what is read and not taken yet."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection

from candour.directory.models import Intake, Staged, StagedRating
from candour.directory.reading.rows import StagedAnswer, StagedRow

ROWS: Final = ", ".join(("intake_id", *StagedRow._fields))
ANSWERS: Final = ", ".join(("intake_id", *StagedAnswer._fields))


def stage(
    intake: Intake, read: Iterable[tuple[StagedRow | None, list[StagedAnswer]]]
) -> tuple[int, int]:
    """Copy what was read to the staging tables, and return how many rows and ratings there were.

    Ratings wait in memory until the rows are through: one connection copies one thing at a time.
    """
    answers: list[StagedAnswer] = []
    rows = 0
    with connection.cursor() as cursor:
        with _copy(cursor, "directory_staged", ROWS) as copy:
            for row, rated in read:
                answers += rated
                if row is not None:
                    copy.write_row((intake.pk, *_with_lists(row)))
                    rows += 1
        with _copy(cursor, "directory_staged_rating", ANSWERS) as copy:
            for answer in answers:
                copy.write_row((intake.pk, *answer))
        cursor.execute("SELECT directory_staged_sizes()")
    return rows, len(answers)


def look_at_sizes() -> None:
    """Have the database look how large the directory has become, to plan for it.

    To be called after rows were taken in, not before: what is known of a table that was nearly
    empty when looked at is worse than to know nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory_sizes()")


def _copy(cursor: Any, table: str, columns: str) -> Any:  # noqa: ANN401  # psycopg's, behind Django's
    return cursor.copy(f"COPY {table} ({columns}) FROM STDIN")


def _with_lists(row: StagedRow) -> tuple[Any, ...]:
    """Return a row with its lists as PostgreSQL takes them."""
    return tuple(row._replace(kinds=list(row.kinds), specialisms=list(row.specialisms)))  # type: ignore[arg-type]  # the driver takes a list for an array, and a tuple for a row


def forget(intake: Intake) -> None:
    """Take what was staged of a file away: it is taken, or put aside."""
    Staged.objects.filter(intake=intake).delete()
    StagedRating.objects.filter(intake=intake).delete()
