"""Lets `python -m candour` stand for the `candour` command."""

from candour.cli import main

main()
