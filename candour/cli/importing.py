"""``candour import``: takes files of experiences in, with progress and a report."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from candour.cli.acting import actor_named
from candour.cli.import_progress import ImportProgress
from candour.cli.importing_directory import directory
from candour.cli.importing_routes import routes
from candour.cli.site import open_site
from candour.site import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from candour.experiences.actions import OpenFile
    from candour.experiences.intake.mapping import Mapping
    from candour.experiences.models import ImportTurn
    from candour.people.actor import Actor

MEGABYTE = 1_000_000
LIMIT_VARIABLE = "CANDOUR_IMPORT_LIMIT_MB"
SHOWN = 20  # imports of a list


class How(TypedDict):
    """What the options of an import say."""

    slug: str | None
    username: str | None
    sheet: str | None
    dry_run: bool
    report_file: Path | None
    limit_mb: int


BODY = click.option(
    "--body",
    "slug",
    help="The body that holds them: its short name. The watchdog, when there is one only.",
)
AS = click.option("--as", "username", help="Who does it; the command line itself when left out.")


@click.group(name="import")
def command() -> None:
    """Take files in: all of a file's good rows, or on any trouble none."""


command.add_command(directory)
command.add_command(routes)


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    "mapping_name",
    help="A mapping's name, or a .yaml file. Left out, the one that fits, or what is guessed.",
)
@BODY
@AS
@click.option("--sheet", help="A workbook's sheet: the first that people see when left out.")
@click.option("--dry-run", is_flag=True, help="Do everything, report, and undo it.")
@click.option("--report", "report_file", type=click.Path(path_type=Path), help="Write it as JSON.")
@click.option(
    "--limit-mb",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    envvar=LIMIT_VARIABLE,
    show_envvar=True,
    help="The largest file that is read, in millions of bytes.",
)
def experiences(file: Path, mapping_name: str | None, **how: Unpack[How]) -> None:
    """Take in a FILE of what people said: CSV, or a workbook (XLSX, ODS).

    Rows that are already there are left as they are, so the same file may be taken in again. Rows
    that cannot be taken are counted by reason, with their lines.
    """
    open_site()
    from candour.experiences.actions import OpenFile, import_open_file  # noqa: PLC0415  # Django
    from candour.experiences.intake.errors import IntakeError  # noqa: PLC0415
    from candour.experiences.intake.survey import opened  # noqa: PLC0415

    actor = actor_named(how["slug"], how["username"])
    mapping = None if mapping_name is None else _mapping(mapping_name, actor)
    _refuse_unwritable(how["report_file"])
    try:
        with opened(file, limit=how["limit_mb"] * MEGABYTE) as handle, ImportProgress() as progress:
            given = OpenFile(handle, file.name, how["sheet"])
            report = import_open_file(
                given,
                mapping=mapping or _fitting(given, actor),
                actor=actor,
                as_of=clock.now(),
                dry_run=how["dry_run"],
                progress=progress,
            )
    except IntakeError as error:
        raise click.ClickException(f"{file.name}: {error} Nothing was taken.") from error
    if how["report_file"] is not None:
        text = json.dumps(report.to_json(), ensure_ascii=False, indent=2)
        how["report_file"].write_text(f"{text}\n", encoding="utf-8")
    click.echo("\n".join(report.lines()))


def _mapping(name: str, actor: "Actor") -> "Mapping":
    from candour.database.row_security import acting_for  # noqa: PLC0415  # needs Django
    from candour.experiences.intake.errors import MappingError  # noqa: PLC0415
    from candour.experiences.own_mappings import mapping_called  # noqa: PLC0415

    try:
        with acting_for([actor.body_id]):
            return mapping_called(name, actor.body)
    except MappingError as error:
        raise click.UsageError(str(error)) from error


def _fitting(file: "OpenFile", actor: "Actor") -> "Mapping":
    """Return the mapping that fits a file, or the one guessed from it, having said which."""
    from candour.database.row_security import acting_for  # noqa: PLC0415  # needs Django
    from candour.experiences.choosing import choose_mapping  # noqa: PLC0415

    with acting_for([actor.body_id]):
        chosen = choose_mapping(file, actor.body, clock.now())
    click.echo("\n".join(chosen.said), err=True)
    return chosen.mapping


@command.command()
@click.argument("number", type=int)
@BODY
@AS
def undo(number: int, slug: str | None, username: str | None) -> None:
    """Take the experiences of import NUMBER out of use, but those that a case rests on."""
    open_site()
    from candour.experiences.actions import undo_import  # noqa: PLC0415  # needs Django

    turn = _turned(undo_import, number, slug, username)
    click.echo(f"Import {number} is undone: {turn.moved:,} experiences are out of use.")
    if turn.kept:
        click.echo(f"These stay, because cases rest on them: {', '.join(map(str, turn.kept))}.")


@command.command()
@click.argument("number", type=int)
@BODY
@AS
def redo(number: int, slug: str | None, username: str | None) -> None:
    """Put the experiences of import NUMBER back, which was undone."""
    open_site()
    from candour.experiences.actions import redo_import  # noqa: PLC0415  # needs Django

    turn = _turned(redo_import, number, slug, username)
    click.echo(f"Import {number} is done again: {turn.moved:,} experiences are in use.")
    if turn.kept:
        click.echo(f"{len(turn.kept):,} rows had come in again by another import and stay there.")


def _turned(
    turn: "Callable[..., ImportTurn]", number: int, slug: str | None, username: str | None
) -> "ImportTurn":
    from candour.experiences.actions import NotTurned  # noqa: PLC0415  # needs Django

    try:
        return turn(number, actor=actor_named(slug, username), as_of=clock.now())
    except NotTurned as error:
        raise click.ClickException(str(error)) from error


@command.command(name="list")
@BODY
def listed(slug: str | None) -> None:
    """Say which files were taken in, the newest first, and which imports are undone."""
    open_site()
    from candour.database.row_security import acting_for  # noqa: PLC0415  # needs Django
    from candour.experiences.models import Import  # noqa: PLC0415

    actor = actor_named(slug, None)
    with acting_for([actor.body_id]):
        found = list(Import.objects.filter(body=actor.body).order_by("-pk")[:SHOWN])
    for batch in found:
        state = "undone" if batch.undone_at else f"{batch.taken:,} taken"
        day = batch.imported_at.astimezone(clock.LONDON)
        click.echo(f"{batch.pk:>6}  {day:%d/%m/%Y %H:%M}  {state:<16} {batch.file_name}")


def _refuse_unwritable(report_file: Path | None) -> None:
    """Find out before the import, and not after it, that its report cannot be written."""
    if report_file is None:
        return
    try:
        report_file.open("a", encoding="utf-8").close()
    except OSError as error:
        raise click.UsageError(
            f"The report cannot be written to {report_file}: {error.strerror}."
        ) from error
