"""``candour rebuild``: draws duties, restrictions and the like again from the case logs."""

import click

from candour.cli.site import open_site


@click.command(name="rebuild")
@click.option("--case", "ref", metavar="REF", help="Only the case with this number.")
def command(ref: str | None) -> None:
    """Draw again what is drawn from the case logs, and say what differed.

    The logs themselves are only read. Others may go on working meanwhile; stopping half-way
    leaves no case half-done.

    Exit code 0: done, whatever differed. 1: some cases could not be, and are named.
    """
    open_site()
    from candour.cases.rebuilding import rebuild  # noqa: PLC0415  # needs Django set up

    cases = changed = troubled = 0
    for rebuilt in rebuild(ref):
        cases += 1
        changed += bool(rebuilt.differences)
        troubled += bool(rebuilt.trouble)
        for difference in rebuilt.differences:
            click.echo(str(difference))
        if rebuilt.trouble:
            click.echo(f"{rebuilt.ref}: {rebuilt.trouble}", err=True)
    if ref is not None and not cases:
        raise click.UsageError(f"No case has the number {ref}. They look like CV-2026-0042.")
    click.echo(f"Cases drawn again from their logs: {cases - troubled:,}. Differed: {changed:,}.")
    if troubled:
        raise click.ClickException(f"Cases that could not be drawn again: {troubled:,}.")
