"""Takes a file of experiences in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.db import transaction

from candour.database.row_security import acting_for
from candour.experiences.intake import found, staging
from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.mapping import Mapping
from candour.experiences.intake.records import DELIMITERS, Layout, read_layout
from candour.experiences.intake.report import ImportReport
from candour.experiences.intake.rows import Row, RowReader
from candour.experiences.intake.sources import Source, ready
from candour.experiences.intake.staging import Shared
from candour.experiences.intake.storing import store
from candour.experiences.intake.survey import opened
from candour.experiences.models import Import
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


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file to take in that is open.

    Attributes:
        handle: its bytes, which can be read anywhere.
        name: what it is called.
        sheet: the sheet of a workbook; None for the first that people see.
    """

    handle: BinaryIO
    name: str
    sheet: str | None = None


def import_experiences(
    path: Path,
    *,
    mapping: Mapping,
    actor: Actor,
    as_of: datetime,
    sheet: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Take a file of experiences in: all of its rows, or on any trouble none.

    A row that is already there is left as it is, so the same file may be taken again.

    Args:
        path: the file: CSV, XLSX or ODS.
        mapping: what its columns mean.
        actor: who takes them in, and for which body; the system, from a command line.
        as_of: the present instant; no date in the file may be later.
        sheet: the sheet of a workbook; the first that people see when left out.
        dry_run: do everything and then undo it.
        progress: told how far it is.

    Raises:
        FileRefusedError: the file as a whole cannot be taken; nothing was.
    """
    with opened(path, limit=DEFAULT_LIMIT) as handle:
        return import_open_file(
            OpenFile(handle, path.name, sheet),
            mapping=mapping,
            actor=actor,
            as_of=as_of,
            dry_run=dry_run,
            progress=progress,
        )


def import_open_file(
    file: OpenFile,
    *,
    mapping: Mapping,
    actor: Actor,
    as_of: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Take an open file in; otherwise like `import_experiences`.

    Raises:
        FileRefusedError: the file as a whole cannot be taken; nothing was.
    """
    progress = progress or _untold
    report = ImportReport(file_name=file.name, mapping=mapping.name, dry_run=dry_run)
    with ready(file.handle, file.sheet, partial(progress, Stage.LOOKING)) as source:
        layout = read_layout(source, mapping)
        _describe(report, source, layout)
        today = as_of.astimezone(LONDON).date()
        reader = RowReader(mapping, layout, report, today, from_1904=source.from_1904)
        for line, cells in _records(source, layout, Stage.DATES, progress):
            reader.note_dates(line, cells)
        with acting_for([actor.body_id]):
            rows = _rows(source, layout, reader, progress)
            batch = Import(
                body=actor.body,
                file_name=file.name,
                sha256=source.surveyed.sha256,
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


def _describe(report: ImportReport, source: Source, layout: Layout) -> None:
    report.encoding = source.surveyed.encoding
    report.delimiter = DELIMITERS.get(layout.delimiter, "")
    report.sheet = source.sheet
    report.other_sheets = tuple(each.name for each in source.sheets if each.name != source.sheet)
    report.header_line = layout.header_line
    report.unknown_columns = layout.unknown


def _records(
    source: Source, layout: Layout, stage: Stage, progress: Progress
) -> Iterator[tuple[int, list[str]]]:
    """Yield the records after the header, telling how far it is now and then."""
    for number, record in enumerate(source.records(layout.delimiter)):
        if number % RECORDS_BETWEEN_TELLINGS == 0:
            progress(stage, source.how_far())
        if record[0] > layout.header_line:
            yield record
    progress(stage, 1.0)


def _rows(source: Source, layout: Layout, reader: RowReader, progress: Progress) -> Iterator[Row]:
    for line, cells in _records(source, layout, Stage.COPYING, progress):
        row = reader.read(line, cells)
        if row is not None:
            yield row
    progress(Stage.STORING, 0.0)
    reader.report.noted |= source.noted()
    if not source.is_unchanged():
        raise FileRefusedError(
            "The file was changed while it was being read, so nothing was taken. Wait until "
            "whatever writes it has finished, and import it again."
        )


def _store(rows: Iterator[Row], batch: Import, mapping: Mapping, reader: RowReader) -> None:
    """Store the rows and the import's own row, and put the numbers in the report."""
    report = reader.report
    batch.pk = staging.next_batch_id()
    shared = Shared(batch.body_id, mapping.source, batch.pk, batch.imported_at)
    stored = store(rows, shared, known_by_content=reader.rows_known_by_content)
    report.taken = stored.taken
    if report.taken < stored.staged:
        report.duplicates = staging.drop_repeated()
    found.keep_found(batch, shared, report)
    report.already_there = stored.staged - report.duplicates.count - report.taken
    if report.already_there:
        report.changed = staging.changed(body_id=batch.body_id, source=mapping.source)
    batch.rows_read, batch.taken = report.rows_read, report.taken
    batch.already_there, batch.duplicates = report.already_there, report.duplicates.count
    report.batch = None if report.dry_run else batch.pk
    batch.skipped, batch.report = report.skipped_rows, report.to_json()
    batch.save(force_insert=True)
