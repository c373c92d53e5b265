"""What a workbook holds, whatever kind it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from candour.experiences.intake.workbooks.cells import Noted
from candour.experiences.intake.workbooks.merged import Cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook.

    Attributes:
        name: what its tab says.
        hidden: people who open the workbook do not see it.
    """

    name: str
    hidden: bool = False


class Workbook(Protocol):
    """A workbook that is open.

    Attributes:
        sheets: its sheets, in order.
        from_1904: it counts days from 1904 and not from 1900.
    """

    sheets: list[Sheet]
    from_1904: bool

    def rows(self, sheet: int, noted: Noted) -> Iterator[tuple[int, Cells]]:
        """Yield each row of a sheet that is not empty, with its number from 1."""
        ...
