"""The command group: finds its subcommands by the modules in this folder."""

import click

from candour import __version__
from candour.cli.discovery import DiscoveredGroup
from candour.cli.faults import TeachingErrors


class CandourGroup(TeachingErrors, DiscoveredGroup):
    """Subcommands found by folder, and no traceback for anybody who did not ask for one."""


@click.group(cls=CandourGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the program's own detail of an error.")
@click.version_option(__version__, prog_name="candour", message="%(prog)s %(version)s")
def main(debug: bool) -> None:  # noqa: FBT001  # read by TeachingErrors; click's signature
    """Casework for concerns about health and care services, on published procedures."""
