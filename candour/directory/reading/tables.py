"""The rows of a file, whatever sort of file it is: CSV, or a workbook of any spreadsheet program.

A text file may be in UTF-8, in UTF-16 with its mark, or in Windows-1252; a line that is in another
encoding than the rest is read by itself and counted.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from candour.directory.reading import refused
from candour.directory.reading.workbooks import Cells, cells_of

ZIPPED: Final = b"PK\x03\x04"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
DELIMITERS: Final = (",", ";", "\t", "|")
LARGEST: Final = 300_000_000
LONGEST_CELL: Final = 1_000_000
# What a formula that went wrong holds instead of a value.
ERRORS: Final = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
)
NOT_UTF_8: Final = "the line is not in UTF-8 and was read as Windows-1252"
MERGED: Final = "a cell merged over several rows counts for each of them"
NO_VALUE: Final = "a formula holds no value, so its cell counts as empty"
WENT_WRONG: Final = "a formula went wrong, so its cell counts as empty"

Row = tuple[int, list[str]]
"""A row's line, from 1, and its cells."""


@dataclass(slots=True)
class Table:
    """One sheet of a file.

    Attributes:
        name: the sheet's name; empty of a text file.
        delimiter: the mark between cells; empty of a workbook.
        remarks: what is odd about lines that are read all the same, and which lines.
    """

    name: str
    content: "_Text | Sequence[Sequence[object]]"
    delimiter: str = ""
    remarks: Map[str, list[int]] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """Yield every row that is not empty, with its line.

        Raises:
            FileRefusedError: quotation marks are not in pairs.
        """
        if isinstance(self.content, _Text):
            yield from self.content.rows(self.delimiter)
            return
        for line, cells in enumerate(self.content, 1):
            written = [cell_text(cell) for cell in cells]
            if any(written):
                yield line, written


@dataclass(frozen=True, slots=True)
class _Text:
    text: str

    def rows(self, delimiter: str) -> Iterator[Row]:
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=delimiter, strict=True)
        begins = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield begins, cells
                begins = reader.line_num + 1
        except csv.Error as error:
            raise refused.unpaired(begins, error) from error


def tables_of(content: bytes) -> list[Table]:
    """Return the tables that a file may hold: its sheets, or its text by each delimiter.

    Raises:
        FileRefusedError: the file is neither text nor a workbook that can be read.
    """
    if len(content) > LARGEST:
        raise refused.too_large(len(content), LARGEST)
    if not content.strip():
        raise refused.empty()
    csv.field_size_limit(LONGEST_CELL)
    if content.startswith((ZIPPED, OLD_OFFICE)):
        return _sheets(content)
    text, odd = _decoded(content)
    remarks = {NOT_UTF_8: odd} if odd else {}
    return [Table("", _Text(text), delimiter, remarks) for delimiter in DELIMITERS]


def _sheets(content: bytes) -> list[Table]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        odd = cells_of(content)
        return [
            _sheet(
                name,
                book.get_sheet_by_name(name).to_python(skip_empty_area=False),
                odd.get(name, Cells()),
            )
            for name in book.sheet_names
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise refused.no_workbook(error) from error


def _sheet(name: str, rows: Sequence[list[Any]], odd: Cells) -> Table:
    """Return a sheet in which a cell merged over several rows says the same in each of them."""
    filled: set[int] = set()
    for first, column, last in odd.merged:
        for row in range(first + 1, min(last + 1, len(rows))):
            cells = rows[row]
            if column < len(cells) and cells[column] in ("", None) and any(map(cell_text, cells)):
                cells[column] = rows[first][column]
                filled.add(row + 1)
    told = {MERGED: sorted(filled), NO_VALUE: odd.valueless, WENT_WRONG: odd.wrong}
    return Table(name, rows, remarks={what: lines for what, lines in told.items() if lines})


def cell_text(cell: object) -> str:
    """Return what a cell of a workbook says, as a CSV would have it."""
    if cell is None or (isinstance(cell, str) and cell in ERRORS):
        return ""
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _decoded(content: bytes) -> tuple[str, list[int]]:
    """Return the text, and which lines were not in UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), []
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise refused.no_text(line)
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return _line_by_line(content)


def _line_by_line(content: bytes) -> tuple[str, list[int]]:
    lines, odd = [], []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        try:
            lines.append(line.decode())
        except UnicodeDecodeError:
            odd.append(number)
            lines.append(line.decode("cp1252", "replace"))
    return "\n".join(lines), odd
