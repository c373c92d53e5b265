"""Reads the records of a CSV file, one at a time, and finds out how a file is laid out."""

import csv
import io
import re
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.mapping import Mapping
from candour.experiences.intake.names import column_key, nearest, tidy
from candour.experiences.intake.workbooks.cells import column_letters

if TYPE_CHECKING:
    from candour.experiences.intake.sources import Source

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "upright bar"}
SHOWN_COLUMNS = 6
HEAD = 30  # records among which the one with the columns' names is looked for
SECOND = re.compile(r" \(\d+\)$")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file's records are laid out.

    Attributes:
        delimiter: the mark between cells.
        header: the names of the columns as the file spells them.
        header_line: the line that they stand on.
        places: where each column that the mapping knows stands, from 0, by its key.
        unknown: the columns that the mapping does not know, as the file spells them.
        even: short records are whole: empty cells at their end are not written.
    """

    delimiter: str
    header: tuple[str, ...]
    header_line: int
    places: dict[str, int]
    unknown: tuple[str, ...]
    even: bool = False

    @property
    def width(self) -> int:
        """How many cells a record has."""
        return len(self.header)

    def fitted(self, cells: list[str]) -> list[str]:
        """Return a record with as many cells as the header, where it only lacks or adds empty ones.

        In a sheet what stands beside the named columns is not read either.
        """
        width, given = len(self.header), len(cells)
        if given == width:
            return cells
        if given > width and (self.even or not any(map(str.strip, cells[width:]))):
            return cells[:width]
        if self.even and cells:
            return cells + [""] * (width - given)
        return cells


def records(
    handle: BinaryIO, encoding: str, delimiter: str
) -> Generator[tuple[int, list[str]], None, None]:
    """Yield each record with the line that it begins on, from 1; empty lines are no records.

    Raises:
        FileRefusedError: quotation marks are not in pairs, so that nobody can say where a cell
            ends.
    """
    text = io.TextIOWrapper(handle, encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _badly_quoted(str(error), begins, reader.line_num) from error
    finally:
        text.detach()


def _badly_quoted(error: str, begins: int, line: int) -> FileRefusedError:
    if "unexpected end of data" in error or "field larger" in error:
        message = (
            f"A quotation mark opens a cell in the record that begins on line {begins}, and none "
            "closes it. Put a closing one, or double the one that belongs to the words."
        )
    else:
        message = (
            f"Line {line} has a quotation mark inside a cell that is not doubled, so the cell's "
            'end cannot be told. Write "" for each one that belongs to the words, or save the '
            f"file again as CSV ({error})."
        )
    return FileRefusedError(message, line=begins if "end" in error else line)


def read_layout(source: "Source", mapping: Mapping) -> Layout:
    """Return the layout that the file's first records show.

    The header is the first of them that names the most columns of the mapping, read with the
    delimiter that brings them out: titles and empty lines may stand before it.

    Raises:
        FileRefusedError: no record among the first names the columns that the mapping needs.
    """
    candidates = [
        (sum(key in mapping.known_columns for key in column_keys(cells)), delimiter, line, cells)
        for delimiter in source.delimiters
        for line, cells in head(source, delimiter)
    ]
    known, delimiter, line, header = max(
        candidates, key=lambda candidate: candidate[0], default=(0, "", 0, [])
    )
    if not known:
        raise _no_header(mapping)
    keys = column_keys(header)
    _refuse_missing(mapping, keys, line)
    _refuse_repeated(mapping, keys, line)
    return Layout(
        delimiter=delimiter,
        header=tuple(header),
        header_line=line,
        places={key: place for place, key in enumerate(keys) if key in mapping.known_columns},
        unknown=tuple(
            tidy(name)
            for name, key in zip(header, keys, strict=True)
            if key not in mapping.known_columns and tidy(name)
        ),
        even=source.even,
    )


def head(source: "Source", delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the first records of a file, as far as they can be read with a delimiter."""
    found: list[tuple[int, list[str]]] = []
    reading = source.records(delimiter)
    try:
        for record in reading:
            found.append(record)
            if len(found) == HEAD:
                break
    except FileRefusedError:
        pass  # quoted otherwise than this delimiter would have it: another may fit
    finally:
        reading.close()
    return found


def column_names(header: Sequence[str]) -> list[str]:
    """Return the names of columns, in order; one without goes by its letters in a sheet.

    The second of a name is told from the first, so that somebody can say which is meant.
    """
    names, seen = [], Counter[str]()
    for place, given in enumerate(header):
        name = tidy(given) or f"Column {column_letters(place)}"
        key = column_key(name)
        seen[key] += 1
        names.append(name if seen[key] == 1 else f"{name} ({seen[key]})")
    return names


def column_keys(header: Sequence[str]) -> list[str]:
    """Return the keys of columns, in order."""
    return [column_key(name) for name in column_names(header)]


def _no_header(mapping: Mapping) -> FileRefusedError:
    some = ", ".join(mapping.spelled[key] for key in sorted(mapping.needed_columns)[:SHOWN_COLUMNS])
    return FileRefusedError(
        f"None of the first {HEAD} lines names columns that the mapping {mapping.name} speaks of "
        f"({some} …). Either the line with the columns' names is missing, or the file needs "
        "another mapping.",
        line=1,
    )


def _refuse_missing(mapping: Mapping, keys: list[str], line: int) -> None:
    missing = sorted(mapping.needed_columns - set(keys))
    if missing:
        strange = [key for key in keys if key not in mapping.known_columns]
        said = [f"“{mapping.spelled[key]}”{nearest(key, strange)}" for key in missing]
        raise FileRefusedError(
            f"The file lacks {len(missing)} of the columns that the mapping {mapping.name} needs: "
            f"{', '.join(said)}.",
            line=line,
        )


def _refuse_repeated(mapping: Mapping, keys: list[str], line: int) -> None:
    """Refuse two columns of one name, unless the mapping tells them apart."""
    for key in keys:
        first = SECOND.sub("", key)
        if first != key and first in mapping.known_columns and key not in mapping.known_columns:
            raise FileRefusedError(
                f"The column “{mapping.spelled[first]}” is there twice, so nobody can say which "
                "one counts. Take one out, or give it another name.",
                line=line,
            )
