"""``candour import routes``: takes in who does what in which area, with desks and their hours."""

from pathlib import Path

import click

from candour.cli.site import open_site
from candour.site import clock


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Do everything, report, and undo it.")
def routes(file: Path, *, dry_run: bool) -> None:
    """Take in a CSV FILE of routes: area, function, body, contact, phone, hours, from, to.

    The first line names the columns; people (adults, children or both), email, out_of_hours (the
    number that takes over) and role may be there too. Areas are given by code or name, bodies by
    short name or name. All of the file, or on any fault nothing; every fault is named with its
    line. What is there already stays, so the same file may be taken again.
    """
    open_site()
    from candour.bodies.keeping import Keeper  # noqa: PLC0415  # needs Django
    from candour.bodies.routes_file import RoutesFileError  # noqa: PLC0415
    from candour.bodies.taking_routes import import_routes  # noqa: PLC0415

    try:
        content = file.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}.") from error
    by = Keeper("the command line", clock.now())
    try:
        report = import_routes(content, by, dry_run=dry_run)
    except RoutesFileError as error:
        raise click.ClickException(f"{file.name}: {error} Nothing was taken.") from error
    click.echo("\n".join(report.lines()), err=not report.taken)
    if not report.taken:
        raise SystemExit(1)
