"""``candour mail``: tries how mail leaves, shows what waits and what failed, and sends it again."""

import click

from candour.cli.site import open_site

SAID_LONGEST = 90


@click.group(name="mail")
def command() -> None:
    """Try how mail leaves this site, and see to what did not."""


@command.command(name="test")
@click.argument("address")
def test_mail(address: str) -> None:
    """Send a short message to ADDRESS at once, and say what the server answered.

    Exit code 0: the server took it. 1: it did not, and why.
    """
    open_site()
    from candour.mail.trying import try_out  # noqa: PLC0415  # needs Django set up
    from candour.site.clock import now  # noqa: PLC0415

    tried = try_out(address, now())
    click.echo(f"Mail leaves by {tried.by}.")
    if not tried.sent:
        raise click.ClickException(f"It was not taken. {tried.said}")
    click.echo(f"Taken. {tried.said}".strip())


@command.command(name="outbox")
def outbox() -> None:
    """Say how many messages wait, were sent and came to nothing, and name those that did."""
    open_site()
    from candour.mail.overview import overview  # noqa: PLC0415  # needs Django set up

    found = overview()
    for state, number in found.numbers.items():
        click.echo(f"{state:<10} {number:>8,}")
    for message in found.failed:
        said = message.said[:SAID_LONGEST]
        click.echo(f"{message.number:>8}  {message.state:<8} {message.to}  {said}")
    if found.failed:
        click.echo("Send one again: candour mail retry NUMBER. All: candour mail retry --all")


@command.command(name="retry")
@click.argument("numbers", nargs=-1, type=click.IntRange(min=1))
@click.option("--all", "every", is_flag=True, help="Every message that came to nothing.")
def retry(numbers: tuple[int, ...], *, every: bool) -> None:
    """Send what came to nothing once more, to the same address.

    Exit code 0: all of it is in the outbox again. 1: some is not, and is named.
    """
    if bool(numbers) == every:
        raise click.UsageError("Name the messages by their numbers, or say --all.")
    open_site()
    from candour.mail.overview import overview, retry_message  # noqa: PLC0415  # needs Django set up
    from candour.site.clock import now  # noqa: PLC0415

    wanted = numbers or tuple(message.number for message in overview().failed)
    troubled = 0
    for number in wanted:
        trouble = retry_message(number, now())
        troubled += bool(trouble)
        click.echo(f"{number:>8}  {trouble or 'in the outbox again'}", err=bool(trouble))
    if troubled:
        raise click.ClickException(f"Messages that were not sent again: {troubled:,}.")
