"""Verbs on the directory: looking at a file, taking it, putting it aside.

A file is looked at first and taken afterwards, in one transaction; whatever stops it leaves nothing
of it behind. Two files are never taken at once.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Max

from candour.directory import refused
from candour.directory.duplicates import find_duplicates
from candour.directory.locks import ONE_AT_A_TIME
from candour.directory.models import Change, Intake, IntakeFile, Listing, State
from candour.directory.reading.days import day_said
from candour.directory.reading.layout import best_mapping, find_layout
from candour.directory.reading.mapping import Mapping
from candour.directory.reading.mapping_files import find_mapping, shipped_mappings
from candour.directory.reading.reasons import words_of
from candour.directory.reading.refused import half_a_file, no_rows
from candour.directory.reading.rows import RowReader, StagedAnswer, StagedRow
from candour.directory.reading.tables import Table, tables_of
from candour.directory.report import Report
from candour.directory.taking.comparing import counted
from candour.directory.taking.hosting import host_services
from candour.directory.taking.providers import (
    rename_providers,
    take_authorities,
    take_providers,
)
from candour.directory.taking.ratings import take_ratings
from candour.directory.taking.services import take_services
from candour.directory.taking.staging import forget, look_at_sizes, stage
from candour.people.models import User

LONDON: Final = ZoneInfo("Europe/London")
MOST_GONE: Final = 0.2  # of a register; more at once looks like half a file
MANY_CHANGED: Final = (
    1_000  # rows, from which the database is to look anew how large its tables are
)
FEW: Final = 50  # so few may go at once whatever part of the register they are

Read = Iterable[tuple[StagedRow | None, list[StagedAnswer]]]


def import_directory(
    content: bytes,
    *,
    file_name: str,
    mapping: Mapping | None = None,
    by: User | None,
    as_of: datetime,
    dry_run: bool = False,
    many_gone: bool = False,
) -> Report:
    """Take a register's file in: all of its good rows, or on any trouble none.

    Args:
        content: the file.
        file_name: what it is called; it may say the day on which it was produced.
        mapping: what its columns mean; the shipped one that fits best when left out.
        by: who takes it, or None for the command line.
        as_of: the present instant.
        dry_run: do everything and then undo it.
        many_gone: take it even where a great part of the register would have gone.

    Raises:
        FileRefusedError: the file as a whole cannot be taken; nothing was.
    """
    with transaction.atomic():
        intake = Intake(file_name=file_name, sent_at=as_of, sent_by=by, state=State.READ)
        report = look(intake, content, mapping)
        report.dry_run = dry_run
        take(intake, report, as_of=as_of, many_gone=many_gone)
        if dry_run:
            transaction.set_rollback(True)
    return report


def look(intake: Intake, content: bytes, mapping: Mapping | None = None) -> Report:
    """Read and stage a file, and return how it differs from the directory; nothing else changes.

    Raises:
        FileRefusedError: it cannot be read by the mapping, or by any.
    """
    tables = tables_of(content)
    mapping = mapping or best_mapping(tables, map(find_mapping, shipped_mappings()))
    table, layout = find_layout(tables, mapping)
    report = Report(
        file_name=intake.file_name,
        mapping=mapping.name,
        nation=mapping.nation,
        sheet=table.name,
        header_line=layout.header_line,
        fields=layout.fields(mapping),
        unknown_columns=list(layout.unknown),
    )
    for what, lines in table.remarks.items():
        for line in lines:
            if line > layout.header_line:
                report.note(what, line)
    named = day_said(intake.file_name.replace("_", " "))
    intake.register, intake.mapping, intake.whole = mapping.register, mapping.name, mapping.whole
    intake.produced_on = layout.produced_on or named
    intake.sha256 = hashlib.sha256(content).hexdigest()
    today = intake.sent_at.astimezone(LONDON).date()
    if intake.produced_on is not None and intake.produced_on > today:
        report.note("the file says that it was made on a day to come", layout.header_line)
        intake.produced_on = None
    reader = RowReader(mapping, layout, report, today)
    staged(intake, _read(table, layout.header_line, reader), report)
    return report


def _read(
    table: Table, header_line: int, reader: RowReader
) -> Iterator[tuple[StagedRow | None, list[StagedAnswer]]]:
    for line, cells in table.rows():
        if line > header_line:
            yield reader.read(line, cells)


def staged(intake: Intake, read: Read, report: Report) -> None:
    """Keep what was read beside the directory, with how it differs, for somebody to look at.

    Raises:
        FileRefusedError: there is nothing in it to take.
    """
    intake.compared_after = newest_change()
    intake.save()
    rows, answers = stage(intake, read)
    if not rows and not answers:
        first = next(iter(report.skipped), "")
        raise no_rows(report.header_line, words_of(first) if first else None)
    report.differences = counted(intake, report)
    intake.report = report.to_json()
    intake.save()


def newest_change() -> int:
    """Return the number of the directory's newest change, by which a look is known to be fresh."""
    return Change.objects.aggregate(newest=Max("pk"))["newest"] or 0


def take(intake: Intake, report: Report, *, as_of: datetime, many_gone: bool = False) -> None:
    """Make the directory say what a staged file says.

    Raises:
        FileRefusedError: so much would have gone that the file looks like half of one.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        report.differences = counted(intake, report)
        if not many_gone:
            _refuse_half_a_file(intake, report)
        day = intake.produced_on or as_of.astimezone(LONDON).date()
        take_providers(intake, report.nation)
        asked = take_authorities(intake)
        report.differences.unmatched = [one.name for one in asked if one.body_id is None]
        if report.fields:
            take_services(intake, report, day=day, as_of=as_of)
        many = report.differences.added + report.differences.changed > MANY_CHANGED
        if many:
            look_at_sizes()
        matched = [one.pk for one in asked if one.body_id is not None]
        host_services(matched, by=intake.sent_by_id, intake=intake.pk, as_of=as_of)
        rename_providers(intake)
        take_ratings(intake, report, as_of=as_of)
        if many:
            look_at_sizes()
        if report.differences.added or report.differences.changed:
            count_words()
            find_duplicates()
        forget(intake)
        IntakeFile.objects.filter(intake=intake).delete()
        intake.state, intake.taken_at = State.TAKEN, as_of
        intake.report = report.to_json()
        intake.save()


def _refuse_half_a_file(intake: Intake, report: Report) -> None:
    listed = Listing.objects.filter(register=intake.register, listed_until=None).count()
    gone = report.differences.ended
    if gone > FEW and gone > listed * MOST_GONE:
        raise half_a_file(listed, gone)


COUNT_WORDS: Final = """
UPDATE directory_word k SET services = counted.ndoc
FROM ts_stat('SELECT words FROM directory_search') AS counted
WHERE k.word = counted.word AND k.services <> counted.ndoc
"""


def count_words() -> None:
    """Count anew how many services have each word: of two guesses the more frequent goes first."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_WORDS)


def take_looked_at(number: int, *, by: User, as_of: datetime, many_gone: bool = False) -> Report:
    """Take a file that somebody has looked at, if the directory is as it was at the look.

    Raises:
        IntakeOverError: it was taken or put aside already, or the directory has changed since.
        FileRefusedError: so much would have gone that the file looks like half of one.
    """
    with transaction.atomic():
        intake = Intake.objects.select_for_update().filter(pk=number).first()
        if intake is None or intake.state not in {State.READ, State.TAKING}:
            raise refused.over()
        fresh = newest_change() == intake.compared_after
        if fresh:
            report = Report.from_json(intake.report)
            intake.sent_by = by
            take(intake, report, as_of=as_of, many_gone=many_gone)
            return report
        look_again(intake)
    raise refused.moved_on()


def look_again(intake: Intake) -> None:
    """Compare a staged file with the directory as it is now."""
    report = Report.from_json(intake.report)
    report.differences = counted(intake, report)
    intake.report, intake.compared_after = report.to_json(), newest_change()
    intake.save()


def put_aside(number: int) -> None:
    """Put a file aside that somebody has looked at: nothing of it is taken."""
    with transaction.atomic():
        intake = Intake.objects.select_for_update().filter(pk=number).first()
        if intake is not None and intake.state in {State.WAITING, State.READ, State.REFUSED}:
            forget(intake)
            IntakeFile.objects.filter(intake=intake).delete()
            intake.state = State.DROPPED
            intake.save(update_fields=["state"])


def day_of(moment: datetime) -> date:
    """Return the London day of an instant."""
    return moment.astimezone(LONDON).date()
