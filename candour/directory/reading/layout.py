"""Where a file's header is, what its columns are, and which mapping is for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from candour.directory.errors import FileRefusedError
from candour.directory.reading import refused
from candour.directory.reading.days import day_said
from candour.directory.reading.mapping import Mapping
from candour.directory.reading.names import column_key, near, tidy
from candour.directory.reading.tables import Table

LOOKED_AT: Final = 40  # rows in which a header is looked for
SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file's rows are laid out.

    Attributes:
        header_line: the line of the header; what is above it is about the file.
        width: how many cells a row has.
        places: where each column that the mapping names stands, from 0, by its key.
        ticked: for each column that is a tick, its place, field and value.
        unknown: the columns that the mapping does not know, as the file spells them.
        produced_on: the day on which the file says it was made, or None.
    """

    header_line: int
    width: int
    places: dict[str, int]
    ticked: tuple[tuple[int, str, str], ...]
    unknown: tuple[str, ...]
    produced_on: date | None

    def fields(self, mapping: Mapping) -> list[str]:
        """Return the fields that the file has columns for, or ticks."""
        named = {
            field
            for field, columns in mapping.columns.items()
            if any(column in self.places for column in columns)
        }
        named |= {field for _place, field, _value in self.ticked}
        if named & {"kinds", "specialisms"}:
            if mapping.nursing:
                named.add("nursing")
            if mapping.children:
                named.add("people")
        return sorted(named)


def find_layout(tables: Iterable[Table], mapping: Mapping) -> tuple[Table, Layout]:
    """Return the table that the mapping is for, and how it is laid out.

    Raises:
        FileRefusedError: no table has the columns that the mapping needs.
    """
    best: tuple[int, Table | None, list[str], int, list[str]] = (0, None, [], 0, [])
    for table in tables:
        above: list[str] = []
        for line, cells in _first_rows(table):
            known = sum(_is_known(cell, mapping) for cell in cells)
            if known > best[0]:
                best = known, table, cells, line, list(above)
            above += cells
    _known, found, header, line, above = best
    if found is None:
        raise _no_header(mapping)
    layout = _layout(mapping, header, line, above)
    _refuse_missing(mapping, layout, header)
    return found, layout


def _first_rows(table: Table) -> list[tuple[int, list[str]]]:
    """Return the first rows of a table, as far as its quotation marks allow."""
    found: list[tuple[int, list[str]]] = []
    try:
        found.extend(islice(table.rows(), LOOKED_AT))
    except FileRefusedError:
        return found  # told when the rows themselves are read, if this is the right delimiter
    return found


def _is_known(cell: str, mapping: Mapping) -> bool:
    return column_key(cell) in mapping.known_columns


def _layout(mapping: Mapping, header: list[str], line: int, above: list[str]) -> Layout:
    keys = [column_key(name) for name in header]
    for key in keys:
        if key in mapping.known_columns and keys.count(key) > 1:
            raise refused.column_twice(mapping.spelled[key], line)
    ticked = []
    for place, name in enumerate(header):
        if named := mapping.ticked_field(tidy(name)):
            ticked.append((place, *named))
    ticks = {place for place, _field, _value in ticked}
    return Layout(
        header_line=line,
        width=len(keys),
        places={key: place for place, key in enumerate(keys) if key in mapping.known_columns},
        ticked=tuple(ticked),
        unknown=tuple(
            tidy(name)
            for place, name in enumerate(header)
            if name.strip() and keys[place] not in mapping.known_columns and place not in ticks
        ),
        produced_on=next(filter(None, map(day_said, above)), None),
    )


def _no_header(mapping: Mapping) -> FileRefusedError:
    some = ", ".join(mapping.spelled[key] for key in sorted(mapping.needed_columns)[:SHOWN])
    return refused.no_header(mapping.name, some, LOOKED_AT)


def _refuse_missing(mapping: Mapping, layout: Layout, header: list[str]) -> None:
    missing = sorted(mapping.needed_columns - layout.places.keys())
    for field in ("number", "name"):
        columns = mapping.columns.get(field, ())
        if columns and not any(column in layout.places for column in columns):
            missing += [column for column in columns[:1] if column not in missing]
    if missing:
        strange = [tidy(name) for name in header if not _is_known(name, mapping)]
        named = [mapping.spelled[key] for key in missing]
        said = [(name, next(near(name, strange), "")) for name in named]
        raise refused.lacks_columns(mapping.name, said, layout.header_line)


def best_mapping(tables: Iterable[Table], mappings: Iterable[Mapping]) -> Mapping:
    """Return the mapping that knows the most columns of a file, of those whose columns it has.

    Raises:
        FileRefusedError: no mapping is for such a file.
    """
    sheets, found = list(tables), list[tuple[int, Mapping]]()
    names = []
    for mapping in mappings:
        names.append(mapping.name)
        try:
            _table, layout = find_layout(sheets, mapping)
        except FileRefusedError:
            continue
        found.append((len(layout.places) + len(layout.ticked), mapping))
    if not found:
        raise refused.no_mapping(names)
    return max(found, key=lambda pair: pair[0])[1]
