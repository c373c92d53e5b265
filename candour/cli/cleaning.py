"""``candour clean``: takes names out of what was stored before that was done on the way in."""

import click

from candour.cli.site import open_site
from candour.site import clock


@click.command(name="clean")
@click.option("--here", is_flag=True, help="Do it here and now, not by the worker.")
def command(*, here: bool) -> None:
    """Take out of stored experiences what tells who somebody is, and look for safeguarding signs.

    What comes in is cleaned as it comes; this is for what was stored by an earlier release. The
    words as given are sealed first, and a custodian can put each back. May be stopped at any moment
    and run again: it goes on where it was. The worker does it by itself within the hour.

    Exit code 0: it is done, or the worker sees to it. 1: the key is missing, and what holds names
    waits for it.
    """
    open_site()
    from candour.experiences.actions.cleaning_stored import (  # noqa: PLC0415  # needs Django
        waiting_to_be_cleaned,
    )
    from candour.experiences.tasks import clean_bodies  # noqa: PLC0415

    waiting = waiting_to_be_cleaned()
    total = sum(waiting.values())
    if not total:
        click.echo("Everything that is stored was cleaned. There is nothing to do.")
    elif here:
        _clean(waiting)
    else:
        clean_bodies(waiting)
        click.echo(f"Experiences to go through: {total:,}. The worker does it.")


def _clean(waiting: dict[int, int]) -> None:
    from candour.experiences.actions.cleaning_stored import (  # noqa: PLC0415  # needs Django
        Step,
        clean_stored,
    )
    from candour.sealing.errors import KeyNotHere  # noqa: PLC0415

    steps: list[Step] = []
    try:
        with click.progressbar(length=sum(waiting.values()), label="Cleaning") as bar:
            for body in waiting:
                for step in clean_stored(body, clock.now()):
                    steps.append(step)
                    bar.update(step.done)
    except KeyNotHere as missing:
        raise click.ClickException(
            f"{missing} What is left stays as it is; run this again."
        ) from None
    finally:
        click.echo(
            f"Gone through: {sum(step.done for step in steps):,}. "
            f"Words taken out of: {sum(step.changed for step in steps):,}. "
            f"New on the list of safeguarding signs: {sum(step.signs for step in steps):,}."
        )
        for number in (number for step in steps for number in step.left):
            click.echo(
                f"Experience {number}: words were taken out by hand while there was no key, and "
                "more are left. Take them out on its page."
            )
