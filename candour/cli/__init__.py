"""The ``candour`` command: one small module here for each subcommand, exposing ``command``."""

from candour.cli.main import main

__all__ = ["main"]
