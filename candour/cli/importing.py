"""``candour import``: takes files of experiences in, with progress and a report."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from candour.cli.importing_directory import directory
from candour.cli.site import open_site
from candour.site import clock

if TYPE_CHECKING:
    from candour.bodies.models import Body
    from candour.experiences.actions import Stage
    from candour.experiences.intake.mapping import Mapping
    from candour.people.actor import Actor

MEGABYTE = 1_000_000
LIMIT_VARIABLE = "CANDOUR_IMPORT_LIMIT_MB"
TENTHS = 10
HUNDREDTHS = 100


class How(TypedDict):
    """What the options of an import say."""

    slug: str | None
    username: str | None
    sheet: str | None
    dry_run: bool
    report_file: Path | None
    limit_mb: int


@click.group(name="import")
def command() -> None:
    """Take files in: all of a file's good rows, or on any trouble none."""


command.add_command(directory)


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", "mapping_name", required=True, help="A mapping's name, or a .yaml file.")
@click.option(
    "--body",
    "slug",
    help="The body that will hold them: its short name. The watchdog, when there is one only.",
)
@click.option("--as", "username", help="Who takes them in; the command line itself when left out.")
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
def experiences(file: Path, mapping_name: str, **how: Unpack[How]) -> None:
    """Take in a FILE of what people said: CSV, or a workbook (XLSX, ODS).

    Rows that are already there are left as they are, so the same file may be taken in again. Rows
    that cannot be taken are counted by reason, with their lines.
    """
    open_site()
    from candour.experiences.actions import OpenFile, import_open_file  # noqa: PLC0415  # Django
    from candour.experiences.intake.errors import IntakeError  # noqa: PLC0415
    from candour.experiences.intake.survey import opened  # noqa: PLC0415

    mapping, actor = _mapping(mapping_name), _actor(how["slug"], how["username"])
    _refuse_unwritable(how["report_file"])
    try:
        with opened(file, limit=how["limit_mb"] * MEGABYTE) as handle, _Progress() as progress:
            report = import_open_file(
                OpenFile(handle, file.name, how["sheet"]),
                mapping=mapping,
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


def _mapping(name: str) -> "Mapping":
    from candour.experiences.intake.errors import MappingError  # noqa: PLC0415  # needs Django
    from candour.experiences.intake.mapping_files import find_mapping  # noqa: PLC0415

    try:
        return find_mapping(name)
    except MappingError as error:
        raise click.UsageError(str(error)) from error


def _actor(slug: str | None, username: str | None) -> "Actor":
    from candour.people.actor import Actor  # noqa: PLC0415  # needs Django

    body = _only_watchdog() if slug is None else _body(slug)
    return Actor.system(body) if username is None else _person(username, body)


def _only_watchdog() -> "Body":
    """Return the one body that holds the function of patient voice today."""
    from candour.bodies.models import Function  # noqa: PLC0415  # needs Django
    from candour.bodies.queries import bodies_holding  # noqa: PLC0415

    today = clock.now().astimezone(clock.LONDON).date()
    found = list(bodies_holding(Function.PATIENT_VOICE, today)[:TENTHS])
    if len(found) != 1:
        several = f": {', '.join(body.slug for body in found)}" if found else ""
        raise click.UsageError(
            f"Say with --body which body will hold them; {len(found) or 'no'} watchdogs are at "
            f"work here{several}."
        )
    return found[0]


def _body(slug: str) -> "Body":
    from candour.bodies.models import Body  # noqa: PLC0415  # needs Django
    from candour.bodies.queries import body_named  # noqa: PLC0415

    body = body_named(slug)
    if body is None:
        known = ", ".join(Body.objects.order_by("slug").values_list("slug", flat=True)[:TENTHS])
        some = f"Some that there are: {known}." if known else "There are no bodies yet."
        raise click.UsageError(f"There is no body “{slug}”. {some}")
    return body


def _person(username: str, body: "Body") -> "Actor":
    from candour.people.actor import Actor  # noqa: PLC0415  # needs Django
    from candour.people.models import User  # noqa: PLC0415
    from candour.people.queries import actors_on  # noqa: PLC0415

    user = User.objects.filter(username=username).first()
    today = clock.now().astimezone(clock.LONDON).date()
    found: list[Actor] = [] if user is None else actors_on(user, today, body=body)
    if not found:
        raise click.UsageError(
            f"“{username}” holds no post at {body} today, so cannot take anything in for it."
        )
    return found[0]


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


class _Progress:
    """A bar on a terminal, elsewhere plain lines; on standard error, away from the report."""

    def __init__(self) -> None:
        self._stage: Stage | None = None
        self._shown = -1
        self._drawing = sys.stderr.isatty()

    def __enter__(self) -> Callable[["Stage", float], None]:
        return self._tell

    def __exit__(self, *_: object) -> None:
        if self._drawing and self._stage is not None:
            click.echo("\r\033[K", nl=False, err=True)

    def _tell(self, stage: "Stage", part: float) -> None:
        steps = HUNDREDTHS if self._drawing else TENTHS
        reached = int(part * steps)
        if stage == self._stage and reached == self._shown:
            return
        first, self._stage, self._shown = stage != self._stage, stage, reached
        if self._drawing:
            filled = "█" * (reached * 30 // HUNDREDTHS)
            click.echo(f"\r\033[K{stage.value:<24} {filled:<30} {reached:>3} %", nl=False, err=True)
        elif first or reached:
            click.echo(f"{stage.value} {reached * TENTHS} %", err=True)
