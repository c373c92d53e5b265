"""``candour keys``: the keys by which who spoke is sealed; lists, makes, rotates, checks them."""

import base64
import secrets

import click

from candour.cli.site import open_site

KEEP_IT = "Keep a copy where the database’s backups are not. Without it nobody learns who spoke."


@click.group(name="keys")
def command() -> None:
    """See to the keys by which it is sealed who spoke.

    They stand outside the database: in the folder "keys" of the site's home, or in CANDOUR_KEYS.
    """


@command.command(name="list")
def list_keys() -> None:
    """Show each master key: which one seals, where it is, and how much is sealed under it."""
    open_site()
    from candour.sealing.overview import master_lines, waiting  # noqa: PLC0415  # needs Django

    lines = master_lines()
    for line in lines:
        state = "seals" if line.current else "missing" if not line.place else "older"
        click.echo(
            f"{line.id}  {state:<8} {line.bodies:>6,} bodies {line.sealed:>10,} texts  {line.place}"
        )
    if not lines:
        click.echo("There is no key yet. The first one is made when something is sealed.")
    if left := waiting():
        click.echo(f"To be sealed anew by the worker: {left:,} texts.")


@command.command(name="new")
@click.option("--print", "print_it", is_flag=True, help="For CANDOUR_KEYS: print it, keep nothing.")
def new(*, print_it: bool) -> None:
    """Make a master key; bodies that seal for the first time use it. See also: rotate."""
    from candour.sealing.masters import LENGTH, make_master  # noqa: PLC0415  # slow to import

    if print_it:
        click.echo(base64.b64encode(secrets.token_bytes(LENGTH)).decode())
        return
    key = make_master()
    click.echo(f"Made {key.id}: {key.place}")
    click.echo(KEEP_IT)


@command.command(name="rotate")
@click.option("--here", is_flag=True, help="Seal everything anew here and now, not by the worker.")
def rotate_keys(*, here: bool) -> None:
    """Make a new master key, put every body's keys under it, and seal everything anew.

    Where CANDOUR_KEYS gives the keys, the first one there is the new one. May be stopped at any
    moment and run again; the older keys stay until nothing uses them.

    Exit code 0: nothing more needs the older keys, or the worker sees to it. 1: something does.
    """
    open_site()
    from candour.sealing.masters import ENVIRONMENT, make_master, masters_here  # noqa: PLC0415
    from candour.sealing.overview import master_lines  # noqa: PLC0415
    from candour.sealing.rotating import rotate  # noqa: PLC0415
    from candour.sealing.tasks import seal_anew  # noqa: PLC0415
    from candour.site.clock import now  # noqa: PLC0415

    current = masters_here().current
    given = current is not None and current.place == ENVIRONMENT
    key = current if current is not None and given else make_master()
    done = rotate(key, now())
    click.echo(f"{key.id} seals from now on: {key.place}")
    click.echo(f"Keys of bodies put under it: {done.wrapped:,}.")
    if not given:
        click.echo(KEEP_IT)
    if here:
        _reseal(done.bodies)
    else:
        seal_anew(list(done.bodies))
        click.echo("The worker seals everything anew. See how far it is: candour keys list")
    for line in master_lines():
        if line.id != key.id and line.place and not line.bodies:
            click.echo(
                f"Nothing uses {line.id} any more. Keep it as long as you keep backups made before "
                f"today; then delete it: {line.place}"
            )
    if done.lost:
        raise click.ClickException(
            f"Keys of bodies whose master key is not here: {done.lost:,}. They stay as they are; "
            "what they seal opens once that key is back. See: candour keys check"
        )


@command.command(name="check")
@click.option("--all", "every", is_flag=True, help="Open every sealed text, to see that it opens.")
def check(*, every: bool) -> None:
    """See that every key is here and serves. Nothing that is sealed is shown.

    Exit code 0: all is well. 1: something is not, and is named.
    """
    open_site()
    from candour.sealing.overview import faults, master_lines  # noqa: PLC0415  # needs Django

    found = 0
    for fault in faults(every=every):
        found += 1
        click.echo(fault, err=True)
    if found:
        raise click.ClickException(f"Faults found: {found:,}.")
    lines = master_lines()
    sealed = sum(line.sealed for line in lines)
    click.echo(f"Keys: {len(lines):,}. Sealed texts: {sealed:,}. All is well.")


def _reseal(bodies: tuple[int, ...]) -> None:
    from candour.sealing.overview import waiting  # noqa: PLC0415  # needs Django
    from candour.sealing.rotating import reseal  # noqa: PLC0415

    with click.progressbar(length=waiting(), label="Sealing anew") as bar:
        for body in bodies:
            for step in reseal(body):
                bar.update(step.done)
    if left := waiting():
        click.echo(f"Left as they were: {left:,} texts. See: candour keys check")
