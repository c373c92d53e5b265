"""``candour migrate``: brings the accounts and the tables up to this release."""

import click

from candour.cli.site import connect_site


@click.command(name="migrate")
def command() -> None:
    """Make or update the database's accounts and tables. Safe to repeat.

    Runs as the owner of the tables, and includes those of the job queue. When a step fails it
    leaves nothing behind; run this again once the cause is gone.
    """
    connect_site()
    from candour.site.schema import bring_up_to_date  # noqa: PLC0415  # needs Django set up

    applied = bring_up_to_date()
    click.echo(f"{applied} steps applied." if applied else "Everything was up to date.")
