"""What cannot be read, as a message of the command line."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from candour.policies import PackError


@contextmanager
def usage() -> Iterator[None]:
    """Turn what cannot be read into a message and exit code 2."""
    try:
        yield
    except PackError as error:
        raise click.UsageError(str(error)) from error
