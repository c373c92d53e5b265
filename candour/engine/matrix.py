"""A risk matrix: any grid, cell by cell, and which of two ratings on it is the milder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from candour.engine.fields import Option
from candour.engine.patterns import Pattern
from candour.engine.words import Words

Cell = tuple[str, str]  # row option, column option


@dataclass(frozen=True, slots=True)
class Matrix:
    """A risk matrix cell by cell: (row option, column option) -> the outcomes it supports.

    How grave a cell is follows from `scores` where the pack gives them, and else from its outcomes,
    which `outcomes` lists from the mildest to the gravest. A rating is stale once an entry that
    fits one of `stale_after` comes in after it.
    """

    rows: tuple[Option, ...]
    columns: tuple[Option, ...]
    cells: Mapping[Cell, tuple[str, ...]]
    note: Words
    outcomes: tuple[str, ...] = ()
    scores: Mapping[Cell, int] = field(default_factory=dict)
    stale_after: tuple[Pattern, ...] = ()

    def gravity(self, cell: Cell) -> tuple[int, ...]:
        """Return how grave a cell is, to compare with others: greater is graver."""
        if self.scores:
            return (self.scores[cell],)
        ranks = self._ranks(cell)
        return (ranks[-1], ranks[0])

    def _ranks(self, cell: Cell) -> list[int]:
        return sorted(self.outcomes.index(outcome) for outcome in self.cells[cell])

    def median(self, cells: Iterable[Cell]) -> Cell | None:
        """Return the cell in the middle by gravity, or None of none.

        Of two in the middle it is the graver: nobody's doubt is rounded away.
        """
        known = sorted((cell for cell in cells if cell in self.cells), key=self.gravity)
        return known[len(known) // 2] if known else None

    def milder(self, cell: Cell, outcome: str, than: Cell) -> bool:
        """Say whether a rating is milder than the cell `than`: by its cell, or by its outcome."""
        if cell in self.cells and self.gravity(cell) < self.gravity(than):
            return True
        return outcome in self.outcomes and self.outcomes.index(outcome) < self._ranks(than)[0]
