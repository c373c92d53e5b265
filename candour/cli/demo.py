"""``candour demo``: everything together, to look at."""

import sys

import click

from candour.cli.site import connect_site
from candour.database.home import home_folder
from candour.site import clock, showing
from candour.site.server import DEFAULT_PORT
from candour.site.sign_ins import SignIn
from candour.site.supervision import StopAsked, stopping_on_signals


@click.command(name="demo")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="Port to listen on; the next free one when it is taken.",
)
@click.option("--fresh", is_flag=True, help="Throw away what earlier demonstrations recorded.")
@click.option("--no-import", "no_import", is_flag=True, help="Leave out people's experiences.")
def command(port: int, fresh: bool, no_import: bool) -> None:  # noqa: FBT001  # click's signature
    """Show Candour on this machine: database, pages and worker, with cases to try.

    Prints the address and the people to sign in as. Ctrl-C stops everything; what was recorded
    is there next time.
    """
    with stopping_on_signals():
        try:
            _show(port, fresh=fresh, with_experiences=not no_import)
        except StopAsked:
            click.echo("\nStopped.")


def _show(port: int, *, fresh: bool, with_experiences: bool) -> None:
    home = home_folder()
    with showing.claim(home) as lock:
        click.echo("Starting the database …")
        connect_site()
        elsewhere = showing.records_elsewhere(home)
        if elsewhere:
            click.echo(f"The records are kept in {elsewhere}.")
        if fresh:
            _throw_away()
        _make_tables()
        port = showing.free_port(port)
        address = f"http://{showing.HOST}:{port}/"
        web, worker = showing.children(home, port)
        try:
            web.start()  # it gets ready while the rows are made
            people = _make_rows(with_experiences=with_experiences)
            showing.wait_for_answer(port, web)
            worker.start()  # only now: nobody waits for it, and cores are few
            lock.truncate(0)
            lock.write(address)
            lock.flush()
            _tell(address, people)
            showing.watch([web, worker], click.echo)
        finally:
            lock.truncate(0)
            showing.end([web, worker])


def _make_tables() -> None:
    from candour.site.schema import bring_up_to_date  # noqa: PLC0415  # needs Django set up

    applied = bring_up_to_date()
    if applied:
        click.echo(f"Made the tables ({applied} steps).")


def _make_rows(*, with_experiences: bool) -> list[SignIn]:
    from candour.site.demo import load_demo  # noqa: PLC0415  # needs Django set up

    return load_demo(as_of=clock.now(), with_experiences=with_experiences)


def _tell(address: str, people: list[SignIn]) -> None:
    from candour.mail.trying import leaves_by  # noqa: PLC0415  # needs Django set up

    click.echo(f"\nCandour is at {address}")
    click.echo(f"Mail leaves by {leaves_by()}.")
    if people:
        click.echo("Sign in as:")
    name = max((len(person.name) for person in people), default=0)
    password = max((len(person.password) for person in people), default=0)
    for person in people:
        click.echo(f"  {person.name:<{name}}  {person.password:<{password}}  {person.description}")
    click.echo("Ctrl-C stops it.")


def _throw_away() -> None:
    if sys.stdin.isatty():
        click.confirm("Throw away everything recorded in this demonstration?", abort=True)
    from candour import database  # noqa: PLC0415  # slow to import

    database.throw_away()
