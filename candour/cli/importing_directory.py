"""``candour import directory``: takes a register's list of services in, and says what changed."""

import json
import time
from pathlib import Path

import click

from candour.cli.site import open_site
from candour.site import clock


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    "mapping_name",
    help="cqc, cqc-filters, cqc-ratings, ciw, generic, or a .yaml file; by default the shipped one "
    "that fits the file.",
)
@click.option("--as", "username", help="Who takes it in; the command line itself when left out.")
@click.option("--dry-run", is_flag=True, help="Do everything, report, and undo it.")
@click.option(
    "--many-gone",
    is_flag=True,
    help="Take it even where a great part of the register would have gone.",
)
@click.option("--report", "report_file", type=click.Path(path_type=Path), help="Write it as JSON.")
def directory(
    file: Path,
    mapping_name: str | None,
    username: str | None,
    *,
    dry_run: bool,
    many_gone: bool,
    report_file: Path | None,
) -> None:
    """Take in a FILE of services as a register publishes it: CSV, XLSX or ODS.

    What is new is added; what the register says otherwise than before is changed, field by field;
    what is not in a whole list any more has ended. All of it, or on any trouble nothing.
    """
    open_site()
    from candour.directory.actions import import_directory  # noqa: PLC0415  # needs Django
    from candour.directory.errors import DirectoryError, MappingError  # noqa: PLC0415
    from candour.directory.reading.mapping_files import find_mapping  # noqa: PLC0415
    from candour.people.models import User  # noqa: PLC0415

    by = None
    if username is not None:
        by = User.objects.filter(username=username).first()
        if by is None:
            raise click.UsageError(f"Nobody signs in as “{username}”.")
    try:
        mapping = find_mapping(mapping_name) if mapping_name else None
    except MappingError as error:
        raise click.UsageError(str(error)) from error
    content = _content(file)
    began = time.monotonic()
    try:
        report = import_directory(
            content,
            file_name=file.name,
            mapping=mapping,
            by=by,
            as_of=clock.now(),
            dry_run=dry_run,
            many_gone=many_gone,
        )
    except DirectoryError as error:
        raise click.ClickException(f"{file.name}: {error} Nothing was taken.") from error
    if report_file is not None:
        text = json.dumps(report.to_json(), ensure_ascii=False, indent=2)
        report_file.write_text(f"{text}\n", encoding="utf-8")
    click.echo("\n".join(report.lines()))
    click.echo(f"In {time.monotonic() - began:.1f} seconds.", err=True)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}.") from error
