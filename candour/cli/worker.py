"""``candour worker``: does the jobs that cases leave for later."""

import click

from candour.cli.site import open_site


@click.command(name="worker")
@click.option(
    "--concurrency",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="How many jobs at once.",
)
def command(concurrency: int) -> None:
    """Run the jobs that cases leave for later, until told to stop.

    Any number of workers may run, on any number of machines. On SIGTERM it finishes the jobs it
    holds, for up to ten seconds, and stops.
    """
    open_site()
    from candour.site.jobs import run_jobs  # noqa: PLC0415  # needs Django set up

    run_jobs(concurrency=concurrency)
