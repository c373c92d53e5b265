"""How far an import has come, on a terminal or in a log."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from candour.experiences.actions import Stage

TENTHS = 10
HUNDREDTHS = 100


class ImportProgress:
    """A bar on a terminal, elsewhere plain lines; on standard error, away from the report."""

    def __init__(self) -> None:
        self._stage: Stage | None = None
        self._shown = -1
        self._drawing = sys.stderr.isatty()

    def __enter__(self) -> Callable[["Stage", float], None]:
        return self._tell

    def __exit__(self, *_: object) -> None:
        if self._drawing and self._stage is not None:
            click.echo("\r\033[K", nl=False, err=True)

    def _tell(self, stage: "Stage", part: float) -> None:
        steps = HUNDREDTHS if self._drawing else TENTHS
        reached = int(part * steps)
        if stage == self._stage and reached == self._shown:
            return
        first, self._stage, self._shown = stage != self._stage, stage, reached
        if self._drawing:
            filled = "█" * (reached * 30 // HUNDREDTHS)
            click.echo(f"\r\033[K{stage.value:<24} {filled:<30} {reached:>3} %", nl=False, err=True)
        elif first or reached:
            click.echo(f"{stage.value} {reached * TENTHS} %", err=True)
