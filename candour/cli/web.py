"""``candour web``: serves the pages."""

import click

from candour.cli.site import open_site
from candour.site.server import DEFAULT_HOST, DEFAULT_PORT, default_workers


@click.command(name="web")
@click.option("--host", default=DEFAULT_HOST, show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=default_workers,
    help="Processes that answer. Default: one for each core, at most 4.",
)
def command(host: str, port: int, workers: int) -> None:
    """Serve the pages until told to stop. A worker that dies is started again."""
    open_site()
    from candour.site.server import collect_static, serve  # noqa: PLC0415  # needs Django set up

    collect_static()
    serve(host=host, port=port, workers=workers)
