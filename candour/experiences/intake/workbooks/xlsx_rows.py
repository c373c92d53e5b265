"""The rows of one sheet of an XLSX workbook."""

import re
import zipfile
from collections.abc import Iterator, Sequence

from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.report import Sightings
from candour.experiences.intake.workbooks.bounds import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_ROWS,
)
from candour.experiences.intake.workbooks.cells import (
    Noted,
    column_letters,
    date_text,
    number_text,
    place_of,
)
from candour.experiences.intake.workbooks.merged import Cells, Merged
from candour.experiences.intake.workbooks.parts import Parsing, pieces

# Merged cells are told after all the rows, so they are looked for first, without reading the rest.
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["\']([A-Z]+[0-9]+:[A-Z]+[0-9]+)["\']')
LONGEST_TAG = 500
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
TRUE, FALSE = "TRUE", "FALSE"


def merged_in(folder: zipfile.ZipFile, part: str) -> Merged:
    """Return the cells of a sheet that are merged over several rows."""
    merged, rest, seen = Merged(), b"", 0
    for piece in pieces(folder, part):
        text = rest + piece
        end = 0
        for found in MERGED.finditer(text):
            end = found.end()
            seen += 1
            if seen > MOST_MERGED:
                return merged
            first, _, last = found.group(1).decode("ascii").partition(":")
            column, row = place_of(first)
            _, last_row = place_of(last)
            if 0 < row < last_row and column < MOST_COLUMNS:
                merged.begin(row, column, last_row)
        rest = text[max(end, len(text) - LONGEST_TAG) :]
    return merged


class Rows:
    """Reads a sheet row by row."""

    def __init__(
        self,
        *,
        shared: Sequence[str],
        dates: frozenset[int],
        from_1904: bool,
        merged: Merged,
        noted: Noted,
    ) -> None:
        self._shared = shared
        self._dates = dates
        self._from_1904 = from_1904
        self._merged = merged
        self._noted = noted
        self._ready: list[tuple[int, Cells]] = []
        self._row = 0
        self._cells: Cells = {}
        self._column = -1
        self._type = ""
        self._style = ""
        self._formula = False
        self._within = False  # a value or an inline text, and not how it is pronounced
        self._beside = 0
        self._found: list[str] = []
        self._length = 0

    def rows(self, folder: zipfile.ZipFile, part: str) -> Iterator[tuple[int, Cells]]:
        """Yield each row that is not empty, with its number from 1.

        Raises:
            FileRefusedError: the sheet is damaged, or is wider or longer than any that is taken.
        """
        parsing = Parsing(self._begins, self._ends, self._letters)
        for _ in parsing.steps(folder, part):
            yield from self._ready
            self._ready.clear()

    def _begins(self, tag: str, given: dict[str, str]) -> None:
        if tag == "c":
            reference = given.get("r")
            self._column = place_of(reference)[0] if reference else self._column + 1
            self._type, self._style = given.get("t", "n"), given.get("s", "0")
            self._formula = False
            self._found.clear()
            self._length = 0
        elif tag in {"v", "t"}:
            self._within = not self._beside
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._beside += 1
        elif tag == "row":
            number = given.get("r", "")
            given_row = int(number) if number.isdecimal() and len(number) < 9 else 0
            self._row = max(given_row, self._row + 1)
            self._cells, self._column = {}, -1
            if self._row > MOST_ROWS:
                raise FileRefusedError(f"The sheet has more than {MOST_ROWS:,} rows. Split it.")

    def _letters(self, text: str) -> None:
        if self._within and self._length < LONGEST_CELL:
            self._found.append(text)
            self._length += len(text)

    def _ends(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self._within = False
        elif tag == "c":
            value = self._value("".join(self._found)[:LONGEST_CELL])
            if value:
                self._put(value)
        elif tag == "rPh":
            self._beside -= 1
        elif tag == "row":
            if self._merged.fill(self._row, self._cells):
                self._noted.filled.add(self._row)
            if self._cells:
                self._ready.append((self._row, self._cells))

    def _put(self, value: str) -> None:
        if self._column >= MOST_COLUMNS:
            raise too_wide(self._row)
        self._cells[self._column] = value

    def _value(self, written: str) -> str:
        if not written:
            if self._formula:
                self._note(self._noted.without_value)
            return ""
        if self._type == "n":
            if self._style.isdecimal() and int(self._style) in self._dates:
                return date_text(written, from_1904=self._from_1904)
            return number_text(written)
        return self._other(written)

    def _other(self, written: str) -> str:
        """Return the value of a cell that holds no number."""
        match self._type:
            case "s":
                number = int(written) if written.isdecimal() and len(written) < 10 else -1
                return self._shared[number] if 0 <= number < len(self._shared) else ""
            case "b":
                return TRUE if written == "1" else FALSE
            case "e":
                self._note(self._noted.errors)
                return ""
            case "d":
                return written
        return unescaped(written)

    def _note(self, seen: dict[str, Sightings]) -> None:
        if 0 <= self._column < MOST_COLUMNS:
            seen.setdefault(column_letters(self._column), Sightings()).add(self._row)


def too_wide(row: int) -> FileRefusedError:
    """Return the refusal of a sheet with values further out than any that is taken."""
    return FileRefusedError(
        f"Row {row:,} has a value beyond column {column_letters(MOST_COLUMNS - 1)}, and no more "
        f"than {MOST_COLUMNS:,} columns are read. Take out the columns that say nothing.",
        line=row,
    )


def unescaped(text: str) -> str:
    """Return a text with what XLSX writes as _x000D_ made into the letter that it stands for."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(lambda found: _letter(int(found.group(1), 16), found.group(0)), text)


def _letter(number: int, written: str) -> str:
    """Return the letter, but nothing that text cannot hold: half a letter, or a zero."""
    return written if not number or 0xD800 <= number < 0xE000 else chr(number)
