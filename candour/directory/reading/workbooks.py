"""What a workbook says of its cells beside their values: merged ones, formulas that hold none.

The library that reads values tells neither for every kind of workbook, so the parts of the packed
folder are looked at themselves. Whatever cannot be found there is left as it was read.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

# Of an XLSX: sheets by name, where each stands, merged cells, and formulas without a value.
SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
LINK: Final = re.compile(rb"<Relationship\s[^>]*>")
SPAN: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+)(\d+):[A-Z]+(\d+)"')
VALUELESS: Final = re.compile(
    rb'<(?:\w+:)?c\s(?:[^>]*\s)?r="[A-Z]+(\d+)"[^>]*><(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
WRONG: Final = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")(?:[^>]*\s)?r="[A-Z]+(\d+)"')
# Of an ODS: each table, row and cell as it begins.
BEGINS: Final = re.compile(rb"<table:(table|table-row|(?:covered-)?table-cell)(?:\s([^>]*))?>")
GIVEN: Final = re.compile(rb'([\w:-]+)="([^"]*)"')
MOST_READ: Final = 2_000_000_000  # bytes of one part, unpacked


@dataclass(slots=True)
class Cells:
    """The cells of a sheet that need a second look.

    Attributes:
        merged: cells merged over several rows: row and column from 0, and the last row.
        valueless: rows, from 1, with a formula that holds no value.
        wrong: rows, from 1, with a formula that went wrong.
    """

    merged: list[tuple[int, int, int]] = field(default_factory=list)
    valueless: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)


def cells_of(content: bytes) -> dict[str, Cells]:
    """Return by the name of each sheet the cells that need a second look; nothing of old files."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            if "content.xml" in folder.namelist():
                return dict(_of_ods(folder))
            return dict(_of_xlsx(folder))
    except (KeyError, OSError, ValueError, zipfile.BadZipFile):
        return {}


def _part(folder: zipfile.ZipFile, name: str) -> bytes:
    with folder.open(name) as part:
        return part.read(MOST_READ)


def _of_xlsx(folder: zipfile.ZipFile) -> Iterator[tuple[str, Cells]]:
    links = {
        told[b"Id"]: told[b"Target"].decode()
        for told in map(_given, LINK.findall(_part(folder, "xl/_rels/workbook.xml.rels")))
    }
    for sheet in SHEET.findall(_part(folder, "xl/workbook.xml")):
        told = _given(sheet)
        number = next((value for name, value in told.items() if name.endswith(b":id")), b"")
        if number not in links:
            continue
        written = _part(folder, posixpath.join("/xl", links[number]).lstrip("/"))
        yield (
            _text(told[b"name"]),
            Cells(
                merged=[
                    (int(first) - 1, _column(letters), int(last) - 1)
                    for letters, first, last in SPAN.findall(written)
                    if int(last) > int(first)
                ],
                valueless=[int(row) for row in VALUELESS.findall(written)],
                wrong=[int(row) for row in WRONG.findall(written)],
            ),
        )


def _of_ods(folder: zipfile.ZipFile) -> Iterator[tuple[str, Cells]]:
    """Yield the tables of an ODS; it writes what repeats once, with how often."""
    written = _part(folder, "content.xml")
    if b"number-rows-spanned" not in written and b"table:formula" not in written:
        return
    name, found, row, column, times = "", Cells(), -1, 0, 1
    for kind, given in BEGINS.findall(written):
        told = _given(given)
        if kind == b"table":
            if name:
                yield name, found
            name, found, row, times = _text(told.get(b"table:name", b"")), Cells(), -1, 1
        elif kind == b"table-row":
            row, column = row + times, 0
            times = _number(told.get(b"table:number-rows-repeated"))
        else:
            if (down := _number(told.get(b"table:number-rows-spanned"))) > 1:
                found.merged.append((row, column, row + down - 1))
            if b"table:formula" in told and b"office:value-type" not in told:
                found.valueless.append(row + 1)
            if told.get(b"calcext:value-type") == b"error":
                found.wrong.append(row + 1)
            column += _number(told.get(b"table:number-columns-repeated"))
    if name:
        yield name, found


def _given(tag: bytes) -> dict[bytes, bytes]:
    return dict(GIVEN.findall(tag))


def _number(written: bytes | None) -> int:
    return int(written) if written and written.isdigit() else 1


def _column(letters: bytes) -> int:
    """Return the place of a column from 0, as it is lettered: A to Z, AA and on."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1


def _text(written: bytes) -> str:
    text = written.decode()
    for sign, letter in (("&quot;", '"'), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">")):
        text = text.replace(sign, letter)
    return text.replace("&amp;", "&")
