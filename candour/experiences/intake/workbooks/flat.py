"""A sheet of a workbook written out as rows of text, once, for everything after to read.

What is written lies in a temporary file without a name, which is gone when it is closed, however
that comes about.
"""

import csv
import io
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO

from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.names import column_key, nearest
from candour.experiences.intake.workbooks.bounds import MOST_FLAT
from candour.experiences.intake.workbooks.cells import Noted
from candour.experiences.intake.workbooks.merged import Cells, as_list
from candour.experiences.intake.workbooks.ods import CONTENT, Ods
from candour.experiences.intake.workbooks.parts import NOT_READABLE, SWELLS, has, unpacked
from candour.experiences.intake.workbooks.sheet import Sheet, Workbook
from candour.experiences.intake.workbooks.xlsx import Xlsx

ROWS_BETWEEN_TELLINGS = 1_000
MARK = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Flat:
    """A sheet as rows of text.

    Attributes:
        sheet: the sheet's name.
        sheets: all the workbook's sheets.
        from_1904: it counts days from 1904.
        noted: what somebody ought to know of its cells.
        size: how many bytes were written.
    """

    sheet: str
    sheets: tuple[Sheet, ...]
    from_1904: bool
    noted: Noted
    size: int
    file: IO[bytes]

    def records(self) -> Generator[tuple[int, list[str]], None, None]:
        """Yield each row that is not empty, with its number in the sheet."""
        self.file.seek(0)
        text = io.TextIOWrapper(self.file, encoding="utf-8", newline="")
        try:
            for cells in csv.reader(text):
                yield int(cells[0]), cells[1:]
        finally:
            text.detach()


def is_workbook(handle: IO[bytes]) -> bool:
    """Return whether a file is a packed folder, as a workbook is; it is left at its beginning."""
    handle.seek(0)
    begins = handle.read(len(MARK))
    handle.seek(0)
    return begins == MARK


def sheets_of(handle: IO[bytes]) -> list[Sheet]:
    """Return the sheets of a workbook, in order.

    Raises:
        FileRefusedError: it cannot be read.
    """
    with _open(handle) as workbook:
        return workbook.sheets


@contextmanager
def flattened(
    handle: IO[bytes],
    sheet: str | None,
    progress: Callable[[int], None],
    *,
    most: int | None = None,
) -> Iterator[Flat]:
    """Write a sheet out as text, for as long as it is needed.

    Args:
        handle: the workbook.
        sheet: the name of the sheet, or None for the first that is not hidden.
        progress: told now and then which row has been read.
        most: how many rows are enough; all of them where nobody says.

    Raises:
        FileRefusedError: the workbook cannot be read, has no such sheet, or is beyond measure.
    """
    noted = Noted()
    with tempfile.TemporaryFile() as file:
        with _open(handle) as workbook:
            place = _chosen(workbook.sheets, sheet)
            _write(file, islice(workbook.rows(place, noted), most), progress)
            sheets, from_1904 = tuple(workbook.sheets), workbook.from_1904
        yield Flat(sheets[place].name, sheets, from_1904, noted, file.tell(), file)


def _write(
    file: IO[bytes], rows: Iterable[tuple[int, Cells]], progress: Callable[[int], None]
) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
    written = csv.writer(text)
    left = MOST_FLAT
    for number, (row, cells) in enumerate(rows):
        said = as_list(cells)
        left -= sum(map(len, said))
        if left < 0:
            raise FileRefusedError(SWELLS)
        written.writerow([row, *(cell.replace("\0", "") for cell in said)])
        if number % ROWS_BETWEEN_TELLINGS == 0:
            progress(row)
    text.flush()
    text.detach()


@contextmanager
def _open(handle: IO[bytes]) -> Iterator[Workbook]:
    with unpacked(handle) as folder:
        yield _workbook(folder)


def _workbook(folder: zipfile.ZipFile) -> Workbook:
    if has(folder, "[Content_Types].xml") and has(folder, "_rels/.rels"):
        return Xlsx(folder)
    if has(folder, CONTENT) and has(folder, "mimetype"):
        return Ods(folder)
    raise FileRefusedError(
        "The file is a packed folder and no workbook (XLSX or ODS). Unpack it, and import what is "
        "in it."
    )


def _chosen(sheets: list[Sheet], name: str | None) -> int:
    """Return the place of the sheet of this name, or of the first that people see."""
    if not sheets:
        raise FileRefusedError(NOT_READABLE)
    if name is None:
        seen = (place for place, sheet in enumerate(sheets) if not sheet.hidden)
        return next(seen, 0)
    keys = {column_key(sheet.name): place for place, sheet in reversed(list(enumerate(sheets)))}
    if column_key(name) in keys:
        return keys[column_key(name)]
    names = [sheet.name for sheet in sheets]
    raise FileRefusedError(
        f"The workbook has no sheet “{name}”{nearest(name, names)}. It has: {', '.join(names)}."
    )
