"""A file to take in, ready to be read from its beginning as often as need be.

A text file (CSV) is read as it lies; a sheet of a workbook is written out as text once, and read
from there. What comes after does not know which it was.
"""

import hashlib
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO, Protocol

from candour.experiences.intake.records import DELIMITERS, records
from candour.experiences.intake.report import Sightings
from candour.experiences.intake.survey import MIXED, Survey, is_as_surveyed, survey
from candour.experiences.intake.workbooks.flat import Flat, flattened, is_workbook
from candour.experiences.intake.workbooks.sheet import Sheet

Records = Generator[tuple[int, list[str]], None, None]
PIECE = 1024 * 1024
LIKELY_ROWS = 100_000  # a bar has to go by something while nobody knows how long a sheet is


class Source(Protocol):
    """A file ready to be read.

    Attributes:
        surveyed: what a look through the file told.
        delimiters: the marks that may stand between its cells.
        even: short rows are whole: empty cells at their end are not written.
        from_1904: it counts days from 1904.
        sheet: the sheet that is read; empty where there are none.
        sheets: all sheets.
    """

    surveyed: Survey
    delimiters: tuple[str, ...]
    even: bool
    from_1904: bool
    sheet: str
    sheets: tuple[Sheet, ...]

    def records(self, delimiter: str) -> Records:
        """Yield each record with its line; one without cells has letters that nobody can read."""
        ...

    def how_far(self) -> float:
        """Return how far the reading is, from 0 to 1."""
        ...

    def noted(self) -> dict[str, Sightings]:
        """Return what the last reading met that a report should tell."""
        ...

    def is_unchanged(self) -> bool:
        """Return whether nobody has written to the file meanwhile."""
        ...


@contextmanager
def ready(
    handle: BinaryIO,
    sheet: str | None,
    progress: Callable[[float], None],
    *,
    most: int | None = None,
) -> Iterator[Source]:
    """Make an open file ready to be read.

    Args:
        handle: the file.
        sheet: the name of the sheet, or None for the first that people see. A text file has none.
        progress: told how far the first look is, from 0 to 1.
        most: how many rows of a sheet are enough for a first look.

    Raises:
        FileRefusedError: it cannot be taken; the message says why.
    """
    size = handle.seek(0, os.SEEK_END) or 1
    handle.seek(0)
    if not is_workbook(handle):
        yield TextSource(handle, survey(handle, lambda done: progress(done / size)))
        return
    surveyed = _digest(handle)
    told = partial(_told, progress)
    with flattened(handle, sheet, told, most=most) as flat:
        progress(1.0)
        yield SheetSource(handle, surveyed, flat, flat.from_1904, flat.sheet, flat.sheets)


def _told(progress: Callable[[float], None], row: int) -> None:
    progress(row / (row + LIKELY_ROWS))


def _digest(handle: BinaryIO) -> Survey:
    about = os.fstat(handle.fileno())
    digest = hashlib.sha256()
    handle.seek(0)
    while piece := handle.read(PIECE):
        digest.update(piece)
    return Survey("", digest.hexdigest(), about.st_size, about.st_mtime_ns)


@dataclass(slots=True)
class TextSource:
    """A CSV file."""

    handle: BinaryIO
    surveyed: Survey
    delimiters: tuple[str, ...] = tuple(DELIMITERS)
    even: bool = False
    from_1904: bool = False
    sheet: str = ""
    sheets: tuple[Sheet, ...] = ()
    _windows: Sightings = field(default_factory=Sightings)

    def records(self, delimiter: str) -> Records:
        """Yield each record with the line that it begins on."""
        self.handle.seek(0)
        if self.surveyed.encoding != MIXED:
            yield from records(self.handle, self.surveyed.encoding, delimiter)
            return
        self._windows = Sightings()
        # In Latin-1 every byte is the letter of its own number, so each row can be settled after.
        for line, cells in records(self.handle, "latin-1", delimiter):
            yield line, self._settled(line, cells)

    def _settled(self, line: int, cells: list[str]) -> list[str]:
        """Return a row's cells in the encoding that fits all of them; none if there is none."""
        if all(map(str.isascii, cells)):
            return cells
        written = [cell.encode("latin-1") for cell in cells]
        try:
            return [cell.decode("utf-8").removeprefix("\ufeff") for cell in written]
        except UnicodeDecodeError:
            pass
        try:
            settled = [cell.decode("cp1252") for cell in written]
        except UnicodeDecodeError:
            return []
        self._windows.add(line)
        return settled

    def how_far(self) -> float:
        """Return how far the reading is, from 0 to 1."""
        return min(self.handle.tell() / (self.surveyed.size or 1), 1.0)

    def noted(self) -> dict[str, Sightings]:
        """Return which rows of a file that mixes encodings were in Windows-1252."""
        if not self._windows.count:
            return {}
        return {"the row is in Windows-1252 where others are in UTF-8": self._windows}

    def is_unchanged(self) -> bool:
        """Return whether nobody has written to the file meanwhile."""
        return is_as_surveyed(self.handle, self.surveyed)


@dataclass(slots=True)
class SheetSource:
    """A sheet of a workbook."""

    handle: BinaryIO
    surveyed: Survey
    flat: Flat
    from_1904: bool
    sheet: str
    sheets: tuple[Sheet, ...]
    delimiters: tuple[str, ...] = ("",)
    even: bool = True

    def records(self, _delimiter: str) -> Records:
        """Yield each row that is not empty, with its number in the sheet."""
        yield from self.flat.records()

    def how_far(self) -> float:
        """Return how far the reading is, from 0 to 1."""
        return min(self.flat.file.tell() / (self.flat.size or 1), 1.0)

    def noted(self) -> dict[str, Sightings]:
        """Return what is to be told of the sheet's cells."""
        return self.flat.noted.said()

    def is_unchanged(self) -> bool:
        """Return whether nobody has written to the file meanwhile."""
        return is_as_surveyed(self.handle, self.surveyed)
