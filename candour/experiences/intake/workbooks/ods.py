"""An ODS workbook: its sheets, and the rows of one of them."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.report import Sightings
from candour.experiences.intake.workbooks.bounds import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
)
from candour.experiences.intake.workbooks.cells import Noted, column_letters, number_text
from candour.experiences.intake.workbooks.merged import Cells, Merged
from candour.experiences.intake.workbooks.parts import Parsing, Stop
from candour.experiences.intake.workbooks.sheet import Sheet
from candour.experiences.intake.workbooks.xlsx_rows import FALSE, TRUE, too_wide

CONTENT = "content.xml"
CELLS = frozenset({"table-cell", "covered-table-cell"})
SPACES = {"tab": "\t", "line-break": "\n"}
ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:\d{3}")
NUMBERS = frozenset({"float", "percentage", "currency"})


class Ods:
    """An ODS workbook that is open.

    Attributes:
        sheets: its sheets, in order.
        from_1904: it counts days from 1904.
    """

    def __init__(self, folder: zipfile.ZipFile) -> None:
        self._folder = folder
        self.from_1904 = False
        self.sheets: list[Sheet] = []
        hidden: set[str] = set()
        style = ""

        def begins(tag: str, given: dict[str, str]) -> None:
            nonlocal style
            if tag == "style":
                style = given.get("name", "")
            elif tag == "table-properties" and given.get("display") == "false":
                hidden.add(style)
            elif tag == "null-date":
                self.from_1904 = given.get("date-value", "").startswith("1904")
            elif tag == "table" and len(self.sheets) < MOST_SHEETS:
                self.sheets.append(Sheet(given.get("name", ""), given.get("style-name") in hidden))

        Parsing(begins, lambda _tag: None).whole(folder, CONTENT)

    def rows(self, sheet: int, noted: Noted) -> Iterator[tuple[int, Cells]]:
        """Yield each row of a sheet that is not empty, with its number from 1."""
        return _Rows(sheet, noted).rows(self._folder)


@dataclass(slots=True)
class _Cell:
    """The cell being read."""

    given: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    length: int = 0
    paragraphs: int = 0

    def add(self, text: str) -> None:
        if self.length < LONGEST_CELL:
            self.words.append(text)
            self.length += len(text)


class _Rows:
    """Reads a sheet row by row."""

    def __init__(self, sheet: int, noted: Noted) -> None:
        self._wanted = sheet
        self._noted = noted
        self._sheet = -1
        self._depth = 0  # tables within tables are drawings' own
        self._row = 0
        self._repeated = 1
        self._column = 0
        self._cells: Cells = {}
        self._cell: _Cell | None = None
        self._paragraph = 0
        self._beside = 0  # within a comment on a cell
        self._merged = Merged()
        self._ready: list[tuple[int, int, Cells]] = []

    def rows(self, folder: zipfile.ZipFile) -> Iterator[tuple[int, Cells]]:
        """Yield each row that is not empty, with its number from 1.

        Raises:
            FileRefusedError: the sheet is damaged, or is wider or longer than any that is taken.
        """
        parsing = Parsing(self._begins, self._ends, self._letters)
        for _ in parsing.steps(folder, CONTENT):
            for first, times, cells in self._ready:
                for row in range(first, first + times):
                    own = dict(cells)
                    if self._merged.fill(row, own):
                        self._noted.filled.add(row)
                    if own:
                        yield row, own
            self._ready.clear()

    def _begins(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            self._depth += 1
            self._sheet += self._depth == 1
            if self._sheet > self._wanted:
                raise Stop
        elif self._depth != 1 or self._sheet != self._wanted:
            return
        elif tag == "table-row":
            self._row += 1
            self._repeated = _number(given.get("number-rows-repeated"))
            self._cells, self._column = {}, 0
        elif tag in CELLS:
            self._cell = _Cell(given)
        elif self._cell is not None:
            self._within_cell(self._cell, tag, given)

    def _within_cell(self, cell: _Cell, tag: str, given: dict[str, str]) -> None:
        if tag == "annotation":
            self._beside += 1
        elif self._beside:
            return
        elif tag in {"p", "h"}:
            if cell.paragraphs:
                cell.add("\n")
            cell.paragraphs += 1
            self._paragraph += 1
        elif tag == "s":
            cell.add(" " * min(_number(given.get("c")), LONGEST_CELL))
        elif tag in SPACES:
            cell.add(SPACES[tag])

    def _letters(self, text: str) -> None:
        if self._cell is not None and self._paragraph and not self._beside:
            self._cell.add(text)

    def _ends(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
        elif self._depth != 1 or self._sheet != self._wanted:
            return
        elif tag == "annotation":
            self._beside -= 1
        elif tag in {"p", "h"} and not self._beside:
            self._paragraph -= self._cell is not None
        elif tag in CELLS and self._cell is not None:
            self._end_cell(self._cell)
            self._cell, self._paragraph = None, 0
        elif tag == "table-row":
            self._end_row()

    def _end_cell(self, cell: _Cell) -> None:
        times = _number(cell.given.get("number-columns-repeated"))
        value = self._value(cell)
        if value:
            if self._column + times > MOST_COLUMNS:
                raise too_wide(self._row)
            for place in range(self._column, self._column + times):
                self._cells[place] = value
            if (down := _number(cell.given.get("number-rows-spanned"))) > 1:
                self._merged.begin(self._row, self._column, self._row + down - 1)
        self._column += times

    def _end_row(self) -> None:
        last = self._row + self._repeated - 1
        if self._cells:
            if last > MOST_ROWS:
                raise FileRefusedError(f"The sheet has more than {MOST_ROWS:,} rows. Split it.")
            self._ready.append((self._row, self._repeated, self._cells))
        self._row = last

    def _value(self, cell: _Cell) -> str:
        text = "".join(cell.words)[:LONGEST_CELL]
        kind = cell.given.get("value-type", "")
        if kind == "error" or ("formula" in cell.given and ERROR.fullmatch(text)):
            self._note(self._noted.errors)
            return ""
        if kind in NUMBERS:
            return number_text(cell.given.get("value", text))
        if kind == "date":
            return cell.given.get("date-value", text).replace("T", " ")
        if kind == "boolean":
            return TRUE if cell.given.get("boolean-value") == "true" else FALSE
        text = text or cell.given.get("string-value", "")[:LONGEST_CELL]
        if not text and "formula" in cell.given:
            self._note(self._noted.without_value)
        return text

    def _note(self, seen: dict[str, Sightings]) -> None:
        if self._column < MOST_COLUMNS:
            seen.setdefault(column_letters(self._column), Sightings()).add(self._row)


def _number(written: str | None) -> int:
    """Return how often something is repeated, at least once."""
    if written is None or not written.isdecimal() or len(written) > 9:
        return 1
    return max(int(written), 1)
