"""A file of routes (CSV), read into rows: who does what in which area, by which desk, from when.

Pure: nothing is looked up. What is wrong with a row is said with its line, its column and what to
do, for every row at once, so that a file is put right in one go.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from candour.bodies.hours_refused import HoursError
from candour.bodies.hours_words import read_hours
from candour.bodies.models import Function, ServedPeople

NEEDED: Final = ("area", "function", "body", "contact", "phone", "hours", "from", "to")
MAY_BE: Final = ("people", "email", "out_of_hours", "role")
DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y")
LARGEST: Final = 20_000_000  # bytes


class RoutesFileError(ValueError):
    """The file is no file of routes: it cannot be read at all, or its columns are others."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line of the file; `column` is empty where it is the whole line."""

    line: int
    column: str
    says: str

    def __str__(self) -> str:
        where = f", {self.column}" if self.column else ""
        return f"line {self.line}{where}: {self.says}"


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One line: a function that a body holds for an area, and the desk by which it is reached."""

    line: int
    area: str
    function: str
    people: str
    body: str
    contact: str
    role: str
    phone: str
    email: str
    hours: str
    out_of_hours: str
    begins: date | None
    ends: date | None


@dataclass(slots=True)
class ReadRoutes:
    """The rows of a file that can be understood, and the faults of the others."""

    rows: list[RouteRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_routes(content: bytes) -> ReadRoutes:
    """Return what a file of routes says.

    Raises:
        RoutesFileError: it is too large, no text, or lacks columns; the message names them.
    """
    found = ReadRoutes()
    for line, cells in _lines(content):
        faults: list[Fault] = []
        row = _row(line, cells, faults)
        found.faults += faults
        if not faults:
            found.rows.append(row)
    return found


def _lines(content: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    if len(content) > LARGEST:
        raise RoutesFileError(f"It is larger than {LARGEST // 1_000_000} MB. Split it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise RoutesFileError("It is no text. Save it as CSV, in UTF-8.")
    head = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",")
    columns = [cell.strip().casefold().replace(" ", "_") for cell in next(rows, [])]
    missing = [name for name in NEEDED if name not in columns]
    unknown = [name for name in columns if name and name not in (*NEEDED, *MAY_BE)]
    if missing or unknown:
        parts = [
            f"It has no column {', '.join(missing)}." if missing else "",
            f"It has columns that mean nothing here: {', '.join(unknown)}." if unknown else "",
            f"Its first line names {', '.join(NEEDED)}; {', '.join(MAY_BE)} may be there too.",
        ]
        raise RoutesFileError(" ".join(filter(None, parts)))
    for cells in rows:
        if any(cell.strip() for cell in cells):
            padded = [*(cell.strip() for cell in cells), *([""] * len(columns))]
            yield rows.line_num, dict(zip(columns, padded, strict=False))


def _row(line: int, cells: Mapping[str, str], faults: list[Fault]) -> RouteRow:
    """Return a line as a row, and note its faults."""
    empty = [column for column in ("area", "function", "body") if not cells[column]]
    faults += [Fault(line, column, "is empty; fill it in") for column in empty]
    function = _one_of("function", cells["function"], Function.values, line, faults)
    whom = cells.get("people", "") or ServedPeople.BOTH
    people = _one_of("people", whom, ServedPeople.values, line, faults)
    if cells["contact"] and not (cells["phone"] or cells.get("email", "")):
        says = "is empty, and so is the email, so nobody is reached; give one of them"
        faults.append(Fault(line, "phone", says))
    try:
        read_hours(cells["hours"])
    except HoursError as error:
        faults.append(Fault(line, "hours", str(error)))
    begins, ends = (_day(column, cells[column], line, faults) for column in ("from", "to"))
    if begins and ends and ends < begins:
        faults.append(Fault(line, "to", "is before the first day; give a later one, or none"))
    return RouteRow(
        line,
        cells["area"],
        function,
        people,
        cells["body"],
        cells["contact"],
        cells.get("role", "") or function,
        cells["phone"],
        cells.get("email", ""),
        cells["hours"],
        cells.get("out_of_hours", ""),
        begins,
        ends,
    )


def _one_of(column: str, written: str, known: Sequence[str], line: int, faults: list[Fault]) -> str:
    word = written.casefold().replace(" ", "_")
    if word and word not in known:
        faults.append(Fault(line, column, f"“{written}” is none; use {', '.join(known)}"))
    return word


def _day(column: str, written: str, line: int, faults: list[Fault]) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007  # a day, at no hour
        except ValueError:
            continue
    if written:
        says = f"“{written}” is no day; write it like 2026-04-01 or 01/04/2026"
        faults.append(Fault(line, column, says))
    return None
