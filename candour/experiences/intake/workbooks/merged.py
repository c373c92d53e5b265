"""Cells merged over several rows: what the first one says holds for all of them.

Cells merged across columns stay what they are: one value, in the first column.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Cells = dict[int, str]
"""The cells of a row that are not empty, by their column from 0."""


@dataclass(slots=True)
class Merged:
    """The merged cells that reach down to the row being read.

    Attributes:
        starting: for a row, the columns where such a cell begins and the last row of each.
    """

    starting: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    _reaching: dict[int, tuple[str, int]] = field(default_factory=dict)

    def begin(self, row: int, column: int, last: int) -> None:
        """Note that a cell of this row is merged with those below it."""
        self.starting.setdefault(row, []).append((column, last))

    def fill(self, row: int, cells: Cells) -> bool:
        """Fill in what reaches down from above, and return whether anything did.

        A row without anything of its own stays empty: there is nothing in it to be told about.
        """
        filled = False
        if self._reaching:
            self._reaching = {
                column: (value, last)
                for column, (value, last) in self._reaching.items()
                if last >= row
            }
            if cells:
                missing = self._reaching.keys() - cells.keys()
                cells.update({column: self._reaching[column][0] for column in missing})
                filled = bool(missing)
        for column, last in self.starting.pop(row, ()):
            if column in cells:
                self._reaching[column] = (cells[column], last)
        return filled


def as_list(cells: Mapping[int, str]) -> list[str]:
    """Return a row's cells from the first column to the last that is not empty."""
    return [cells.get(column, "") for column in range(max(cells, default=-1) + 1)]
