"""What a person sees when a command fails: one line that says what to do, never a traceback."""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from candour.site.clock import ClockSettingError, now
from candour.site.trouble import SiteTrouble

PROBLEM = 1
FAULT = 70  # sysexits' EX_SOFTWARE


class TeachingErrors(click.Group):
    """Turns every exception into a message and an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002  # click's signature
        **extra: Any,  # noqa: ANN401  # click's signature
    ) -> Any:  # noqa: ANN401  # click's signature
        """Run the command; end with its exit code, whatever happened."""
        words = list(sys.argv[1:] if args is None else args)
        try:
            return super().main(args, prog_name, complete_var, standalone_mode, **extra)
        except BrokenPipeError:
            _silence_output()
            sys.exit(PROBLEM)
        except Exception as fault:  # noqa: BLE001  # the outermost edge: nobody else will catch it
            _show_detail(words)
            expected = _is_expected(fault)
            click.echo(f"Error: {fault}" if expected else _apology(fault, words), err=True)
            sys.exit(PROBLEM if expected else FAULT)


def _is_expected(fault: Exception) -> bool:
    """Return True when the exception's own words tell the person what to do."""
    from candour.database import DatabaseTrouble  # noqa: PLC0415  # most commands never need it

    return isinstance(fault, (DatabaseTrouble, SiteTrouble, ClockSettingError))


def _apology(fault: Exception, words: list[str]) -> str:
    name = type(fault).__name__
    try:
        log = _write_down(words)
    except OSError as trouble:
        return (
            f"Error: something went wrong inside candour ({name}), and the detail could not be "
            f"written down ({trouble}). Run it again as: candour --debug {' '.join(words)}"
        )
    return (
        f"Error: something went wrong inside candour ({name}). Nothing half-done was kept. "
        f"The detail is in {log}; send that file to whoever looks after this site."
    )


def _write_down(words: list[str]) -> Path:
    from candour.database.home import home_folder  # noqa: PLC0415  # most commands never need it

    folder = home_folder() / "log"
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "errors.log"
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{now().isoformat()} candour {' '.join(words)}\n{traceback.format_exc()}\n")
    return log


def _show_detail(words: list[str]) -> None:
    if "--debug" in words:
        click.echo(traceback.format_exc(), err=True)


def _silence_output() -> None:
    """Whoever read our output went away (``| head``): leave without a word about it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
