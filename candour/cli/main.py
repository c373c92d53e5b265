"""The command group: finds its subcommands by the modules in this folder."""

import click

from candour.cli.discovery import DiscoveredGroup


@click.group(cls=DiscoveredGroup)
def main() -> None:
    """Casework for concerns about health and care services."""
