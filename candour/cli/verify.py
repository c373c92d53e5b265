"""``candour verify``: whether the case logs are as they were recorded."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from candour.cases.checking import Fault, Report
from candour.cases.export_file import NotAnExport, verify_export
from candour.cli.site import open_site

if TYPE_CHECKING:  # it needs Django set up
    from candour.attachments.verification import Filed

MOST_NAMED = 5
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(name="verify")
@click.option("--case", "ref", metavar="REF", help="Only the case with this number.")
@click.option("--export", type=FILE, help="Check this export instead; needs no database.")
@click.option("--write-export", type=FILE, help="Also write the logs to a new file.")
def command(ref: str | None, export: Path | None, write_export: Path | None) -> None:
    """Check that nothing in the case logs was altered, removed, added or moved afterwards.

    Each entry's hash covers its words and the hash of the entry before it. The seal printed at
    the end stands for all the logs: keep it elsewhere, and compare. Letters that were sent are
    checked by their own seals: words, facts, recipients and files; so are documents to be signed.
    The files of filed documents are read where they are stored and compared with their hashes.

    Exit code 0: every log is as recorded. 1: the entries named are not. 2: nothing was checked.
    """
    if export and (ref or write_export):
        raise click.UsageError("--export checks a whole file by itself: leave out the others.")
    report = _export(export) if export else _database(ref, write_export)
    letters, faults = (0, ()) if export else _letters(ref)
    documents, others = (0, ()) if export else _documents(ref)
    filed = None if export else _filed(ref)
    amiss = () if filed is None else filed.faults
    _tell(replace(report, faults=(*report.faults, *faults, *others, *amiss)), letters, documents)
    if filed is not None:
        _tell_filed(filed)
    click.echo(f"Seal: {report.seal}")


def _export(path: Path) -> Report:
    try:
        return verify_export(path)
    except (NotAnExport, OSError) as error:
        raise click.UsageError(str(error)) from error


def _database(ref: str | None, write_to: Path | None) -> Report:
    open_site()
    from candour.cases.exporting import write_export  # noqa: PLC0415  # needs Django set up
    from candour.cases.verification import (  # noqa: PLC0415
        NoCaseOfThatNumber,
        verify,
    )

    try:
        return write_export(write_to, ref) if write_to else verify(ref)
    except (NoCaseOfThatNumber, OSError) as error:
        raise click.UsageError(str(error)) from error


def _letters(ref: str | None) -> tuple[int, tuple[Fault, ...]]:
    from candour.letters.verification import verify_letters  # noqa: PLC0415  # needs Django set up

    return verify_letters(ref)


def _documents(ref: str | None) -> tuple[int, tuple[Fault, ...]]:
    from candour.signing.verification import verify_documents  # noqa: PLC0415  # needs Django set up

    return verify_documents(ref)


def _tell(report: Report, letters: int, documents: int) -> None:
    for fault in report.faults:
        click.echo(str(fault))
    if not report.sound:
        raise click.ClickException(
            f"{report}: not all is as it was recorded (faults above: {len(report.faults):,}). "
            "Change nothing, keep a copy of the database as it is, and compare with a backup."
        )
    click.echo(f"{report}: every log is as it was recorded.")
    if letters:
        sent = "1 letter is" if letters == 1 else f"{letters:,} letters are"
        click.echo(f"{sent} as sent, by seal, facts and files.")
    if documents:
        fixed = "1 document is" if documents == 1 else f"{documents:,} documents are"
        click.echo(f"{fixed} as put to be signed, by seal, files and signatures.")


def _filed(ref: str | None) -> "Filed":
    from candour.attachments.verification import verify_filed  # noqa: PLC0415  # needs Django set up

    return verify_filed(ref)


def _tell_filed(filed: "Filed") -> None:
    if filed.number:
        kept = "1 document is" if filed.number == 1 else f"{filed.number:,} documents are"
        click.echo(f"{kept} as filed, by entry and stored file.")
    if filed.unled:
        left = len(filed.unled)
        belong = "1 file belongs" if left == 1 else f"{left:,} files belong"
        more = " …" if left > MOST_NAMED else ""
        click.echo(
            f"In the store, {belong} to no document (an upload that was cut off, or a database "
            f"restored from an older backup): {', '.join(filed.unled[:MOST_NAMED])}{more}"
        )
