"""Verbs on experiences: taking a file in, and counting anew."""

from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.intake import staging
from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.mapping import Mapping
from candour.experiences.intake.records import DELIMITERS, Layout, read_layout, records
from candour.experiences.intake.report import ImportReport
from candour.experiences.intake.rows import Row, RowReader
from candour.experiences.intake.survey import Survey, is_as_surveyed, opened, survey
from candour.experiences.models import Import, Tally
from candour.people.actor import Actor

LONDON = ZoneInfo("Europe/London")
DEFAULT_LIMIT = 1_000_000_000
RECORDS_BETWEEN_TELLINGS = 1_000


class Stage(StrEnum):
    """What an import is doing."""

    LOOKING = "looking through the file"
    DATES = "reading dates"
    COPYING = "reading rows"
    STORING = "storing"


Progress = Callable[[Stage, float], None]
"""Told what is being done and how far it is, from 0 to 1."""


def import_experiences(
    path: Path,
    *,
    mapping: Mapping,
    actor: Actor,
    as_of: datetime,
    limit: int = DEFAULT_LIMIT,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Take a file of experiences in: all of its rows, or on any trouble none.

    A row that is already there is left as it is, so the same file may be taken again.

    Args:
        path: the CSV file.
        mapping: what its columns mean.
        actor: who takes them in, and for which body; the system, from a command line.
        as_of: the present instant; no date in the file may be later.
        limit: the most bytes that are read.
        dry_run: do everything and then undo it.
        progress: told how far it is.

    Raises:
        FileRefusedError: the file as a whole cannot be taken; nothing was.
    """
    progress = progress or _untold
    report = ImportReport(file_name=path.name, mapping=mapping.name, dry_run=dry_run)
    with opened(path, limit=limit) as handle:
        surveyed = _survey(handle, progress)
        layout = read_layout(handle, surveyed.encoding, mapping)
        report.encoding, report.delimiter = surveyed.encoding, DELIMITERS[layout.delimiter]
        report.unknown_columns = layout.unknown
        reader = RowReader(mapping, layout, report, as_of.astimezone(LONDON).date())
        for line, cells in _records(handle, surveyed, layout, Stage.DATES, progress):
            reader.note_dates(line, cells)
        with acting_for([actor.body_id]):
            rows = _rows(handle, surveyed, layout, reader, progress)
            batch = Import(
                body=actor.body,
                file_name=path.name,
                sha256=surveyed.sha256,
                mapping=mapping.name,
                imported_at=as_of,
                imported_by=actor.user,
            )
            _store(rows, batch, mapping, reader)
            if dry_run:
                transaction.set_rollback(True)
    return report


def _untold(stage: Stage, part: float) -> None:
    """Nobody wants to know."""


def _survey(handle: BinaryIO, progress: Progress) -> Survey:
    size = handle.seek(0, 2) or 1
    handle.seek(0)
    return survey(handle, lambda done: progress(Stage.LOOKING, done / size))


def _records(
    handle: BinaryIO, surveyed: Survey, layout: Layout, stage: Stage, progress: Progress
) -> Iterator[tuple[int, list[str]]]:
    """Yield the records after the header, telling how far it is now and then."""
    handle.seek(0)
    found = records(handle, surveyed.encoding, layout.delimiter)
    next(found)
    for number, record in enumerate(found):
        if number % RECORDS_BETWEEN_TELLINGS == 0:
            progress(stage, min(handle.tell() / surveyed.size, 1.0))
        yield record
    progress(stage, 1.0)


def _rows(
    handle: BinaryIO, surveyed: Survey, layout: Layout, reader: RowReader, progress: Progress
) -> Iterator[Row]:
    for line, cells in _records(handle, surveyed, layout, Stage.COPYING, progress):
        row = reader.read(line, cells)
        if row is not None:
            yield row
    progress(Stage.STORING, 0.0)
    if not is_as_surveyed(handle, surveyed):
        raise FileRefusedError(
            "The file was changed while it was being read, so nothing was taken. Wait until "
            "whatever writes it has finished, and import it again."
        )


def _store(rows: Iterator[Row], batch: Import, mapping: Mapping, reader: RowReader) -> None:
    """Store the rows and the import's own row, and put the numbers in the report."""
    report = reader.report
    staged = staging.stage(rows)
    if reader.rows_known_by_content:
        staging.number_rows_known_by_content()
    report.duplicates = staging.drop_repeated()
    batch.pk = staging.next_batch_id()
    report.taken = staging.insert(
        body_id=batch.body_id,
        source=mapping.source,
        batch_id=batch.pk,
        created_at=batch.imported_at,
    )
    report.already_there = staged - report.duplicates.count - report.taken
    if report.already_there:
        report.changed = staging.changed(body_id=batch.body_id, source=mapping.source)
    batch.rows_read, batch.taken = report.rows_read, report.taken
    batch.already_there, batch.duplicates = report.already_there, report.duplicates.count
    batch.skipped, batch.report = report.skipped_rows, report.to_json()
    batch.save(force_insert=True)


COUNT_ANEW = """
INSERT INTO experience_tally (body_id, service_name, sentiment, theme, experiences)
SELECT body_id, service_name, coalesce(sentiment, 0), '', count(*)
FROM experience GROUP BY 1, 2, 3
UNION ALL
SELECT body_id, service_name, coalesce(sentiment, 0), named.theme, count(*)
FROM experience CROSS JOIN LATERAL (SELECT DISTINCT unnest(themes) AS theme) AS named
GROUP BY 1, 2, 3, 4
"""


def count_anew(body: Body) -> None:
    """Make a body's counts again from its experiences: they come out as they were kept."""
    with acting_for([body.pk]), connection.cursor() as cursor:
        Tally.objects.all().delete()
        cursor.execute(COUNT_ANEW)
