"""Reads the records of a CSV file, one at a time, and finds out how the file is laid out."""

import csv
import io
from collections.abc import Generator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.mapping import Mapping
from candour.experiences.intake.names import column_key, nearest, tidy

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "upright bar"}
SHOWN_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file's records are laid out.

    Attributes:
        delimiter: the mark between cells.
        width: how many cells a record has.
        places: where each column that the mapping knows stands, from 0, by its key.
        unknown: the columns that the mapping does not know, as the file spells them.
    """

    delimiter: str
    width: int
    places: dict[str, int]
    unknown: tuple[str, ...]


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


def read_layout(handle: BinaryIO, encoding: str, mapping: Mapping) -> Layout:
    """Return the layout that the file's first record shows; the file is left at its beginning.

    The delimiter is the one that brings out the most columns of the mapping.

    Raises:
        FileRefusedError: the first record does not name the columns that the mapping needs.
    """
    candidates = []
    for delimiter in DELIMITERS:
        header = _first_record(handle, encoding, delimiter)
        known = sum(column_key(name) in mapping.known_columns for name in header)
        candidates.append((known, delimiter, header))
    known, delimiter, header = max(candidates, key=lambda candidate: candidate[0])
    keys = [column_key(name) for name in header]
    if not known:
        raise _no_header(mapping)
    _refuse_missing(mapping, keys)
    _refuse_repeated(mapping, keys)
    return Layout(
        delimiter=delimiter,
        width=len(keys),
        places={key: place for place, key in enumerate(keys) if key in mapping.known_columns},
        unknown=tuple(
            tidy(name)
            for name, key in zip(header, keys, strict=True)
            if key not in mapping.known_columns
        ),
    )


def _first_record(handle: BinaryIO, encoding: str, delimiter: str) -> list[str]:
    handle.seek(0)
    found = records(handle, encoding, delimiter)
    try:
        return next(found, (1, []))[1]
    except FileRefusedError:
        return []  # quoted otherwise than this delimiter would have it: another may fit
    finally:
        found.close()
        handle.seek(0)


def _no_header(mapping: Mapping) -> FileRefusedError:
    some = ", ".join(mapping.spelled[key] for key in sorted(mapping.needed_columns)[:SHOWN_COLUMNS])
    return FileRefusedError(
        f"The first line names none of the columns that the mapping {mapping.name} speaks of "
        f"({some} …). Either the file's first line is missing, or it needs another mapping.",
        line=1,
    )


def _refuse_missing(mapping: Mapping, keys: list[str]) -> None:
    missing = sorted(mapping.needed_columns - set(keys))
    if missing:
        strange = [key for key in keys if key not in mapping.known_columns]
        said = [f"“{mapping.spelled[key]}”{nearest(key, strange)}" for key in missing]
        raise FileRefusedError(
            f"The file lacks {len(missing)} of the columns that the mapping {mapping.name} needs: "
            f"{', '.join(said)}.",
            line=1,
        )


def _refuse_repeated(mapping: Mapping, keys: list[str]) -> None:
    for key, following in pairwise(sorted(keys)):
        if key == following and key in mapping.known_columns:
            raise FileRefusedError(
                f"The column “{mapping.spelled[key]}” is there twice, so nobody can say which one "
                "counts. Take one out.",
                line=1,
            )
