"""An XLSX workbook: which sheets there are, how it counts days, which formats are dates."""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Final

from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.workbooks.bounds import LONGEST_CELL, MOST_SHARED, MOST_SHEETS
from candour.experiences.intake.workbooks.cells import DATES, TIMES, Noted, is_date_format
from candour.experiences.intake.workbooks.merged import Cells
from candour.experiences.intake.workbooks.parts import NOT_READABLE, SWELLS, Parsing, has
from candour.experiences.intake.workbooks.sheet import Sheet
from candour.experiences.intake.workbooks.xlsx_rows import Rows, merged_in, unescaped

YES: Final = frozenset({"1", "true", "on"})
HIDDEN: Final = frozenset({"hidden", "veryHidden"})


class Xlsx:
    """An XLSX workbook that is open.

    Attributes:
        sheets: its sheets, in order; charts are none.
        from_1904: it counts days from 1904.
    """

    def __init__(self, folder: zipfile.ZipFile) -> None:
        self._folder = folder
        self.from_1904 = False
        self.sheets: list[Sheet] = []
        self._parts: list[str] = []
        self._main = self._targets("", "officeDocument").popitem()[1]
        self._read_sheets()

    def rows(self, sheet: int, noted: Noted) -> Iterator[tuple[int, Cells]]:
        """Yield each row of a sheet that is not empty, with its number from 1."""
        part = self._parts[sheet]
        reading = Rows(
            shared=self._shared(),
            dates=self._date_styles(),
            from_1904=self.from_1904,
            merged=merged_in(self._folder, part),
            noted=noted,
        )
        return reading.rows(self._folder, part)

    def _targets(self, of: str, *kinds: str) -> dict[str, str]:
        """Return the parts that a part speaks of, by the ids it knows them by."""
        where, name = posixpath.split(of)
        found: dict[str, str] = {}

        def begins(tag: str, given: dict[str, str]) -> None:
            kind = given.get("Type", "").rpartition("/")[2]
            if tag == "Relationship" and kind in kinds and given.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", where, given.get("Target", "")))
                found[given.get("Id", "")] = target.lstrip("/")

        part = posixpath.join(where, "_rels", f"{name}.rels")
        Parsing(begins, _nothing).whole(self._folder, part)
        if not found and "officeDocument" in kinds:
            raise FileRefusedError(NOT_READABLE)
        return found

    def _read_sheets(self) -> None:
        parts = self._targets(self._main, "worksheet")

        def begins(tag: str, given: dict[str, str]) -> None:
            if tag == "workbookPr":
                self.from_1904 = given.get("date1904", "").lower() in YES
            if tag == "sheet" and given.get("id") in parts and len(self.sheets) < MOST_SHEETS:
                self.sheets.append(Sheet(given.get("name", ""), given.get("state") in HIDDEN))
                self._parts.append(parts[given["id"]])

        Parsing(begins, _nothing).whole(self._folder, self._main)

    def _beside(self, kind: str) -> str | None:
        """Return the part of this kind that goes with the workbook, if there is one."""
        part = next(iter(self._targets(self._main, kind).values()), None)
        return part if part is not None and has(self._folder, part) else None

    def _date_styles(self) -> frozenset[int]:
        """Return the numbers of the cell styles that show a number as a date or a time."""
        part = self._beside("styles")
        if part is None:
            return frozenset()
        own: dict[str, bool] = {}
        styles: list[bool] = []
        within = {"cellXfs": False}

        def begins(tag: str, given: dict[str, str]) -> None:
            if tag == "numFmt":
                own[given.get("numFmtId", "")] = is_date_format(given.get("formatCode", ""))
            elif tag in within:
                within[tag] = True
            elif tag == "xf" and within["cellXfs"]:
                number = given.get("numFmtId", "0")
                known = number.isdecimal() and int(number) in DATES | TIMES
                styles.append(own.get(number, known))

        def ends(tag: str) -> None:
            if tag in within:
                within[tag] = False

        Parsing(begins, ends).whole(self._folder, part)
        return frozenset(number for number, dated in enumerate(styles) if dated)

    def _shared(self) -> list[str]:
        """Return the texts that cells speak of by number.

        Raises:
            FileRefusedError: there are more than fit into memory.
        """
        part = self._beside("sharedStrings")
        shared: list[str] = []
        if part is None:
            return shared
        words = Words()
        left = MOST_SHARED

        def ends(tag: str) -> None:
            nonlocal left
            words.ends(tag)
            if tag == "si":
                shared.append(unescaped(words.taken()))
                left -= len(shared[-1]) + 50  # each takes that much room besides its letters
                if left < 0:
                    raise FileRefusedError(SWELLS)

        Parsing(words.begins, ends, words.letters).whole(self._folder, part)
        return shared


def _nothing(_tag: str) -> None:
    """Take no note of where a tag ends."""


class Words:
    """Gathers the text of one item: its runs, but not how they are pronounced."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._length = 0
        self._wanted = False
        self._beside = 0

    def begins(self, tag: str, _given: dict[str, str]) -> None:
        """Take note of a tag that begins."""
        self._beside += tag == "rPh"
        self._wanted = tag == "t" and not self._beside

    def ends(self, tag: str) -> None:
        """Take note of a tag that ends."""
        self._beside -= tag == "rPh"
        self._wanted = False

    def letters(self, text: str) -> None:
        """Take text in, as far as a cell may go."""
        if self._wanted and self._length < LONGEST_CELL:
            self._found.append(text)
            self._length += len(text)

    def taken(self) -> str:
        """Return the text so far, and begin a new one."""
        text = "".join(self._found)[:LONGEST_CELL]
        self._found.clear()
        self._length = 0
        return text
