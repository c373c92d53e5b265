"""``candour web``: serves the pages."""

import click

from candour.cli.site import open_site
from candour.site import server


@click.command(name="web")
@click.option(
    "--host", default=server.DEFAULT_HOST, show_default=True, help="Address to listen on."
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=server.DEFAULT_PORT,
    show_default=True,
    help="Port to listen on.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=server.default_workers,
    help="Processes that answer. Default: one for each core, at most 4.",
)
def command(host: str, port: int, workers: int) -> None:
    """Serve the pages until told to stop. A process that dies is replaced."""
    server.set_environment()
    open_site()
    server.make_ready()
    server.serve(host=host, port=port, workers=workers)
