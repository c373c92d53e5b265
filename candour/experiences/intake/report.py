"""What became of each row of a file, in numbers that add up and with places to look."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from candour.experiences.intake.dates import How, Order

SHOWN_LINES = 5
OF_ONE_READING = frozenset({How.ONE_READING, How.SERIAL})


@dataclass(slots=True)
class Sightings:
    """How often something was seen, and on which lines first."""

    count: int = 0
    lines: list[int] = field(default_factory=list)

    def add(self, line: int) -> None:
        """Count one more, on this line."""
        self.count += 1
        if len(self.lines) < SHOWN_LINES:
            self.lines.append(line)

    def __str__(self) -> str:
        more = ", …" if self.count > len(self.lines) else ""
        return f"{self.count:,} (line{'s' if self.count > 1 else ''} {_list(self.lines)}{more})"


@dataclass(slots=True)
class DatesSettled:
    """How the dates of one field were read."""

    empty: int = 0
    settled: Counter[tuple[How, Order]] = field(default_factory=Counter)
    lines: dict[tuple[How, Order], Sightings] = field(default_factory=dict)

    def add(self, how: How, order: Order, line: int) -> None:
        """Count one date that was settled in this way."""
        self.settled[how, order] += 1
        if how is not How.ONE_READING:
            self.lines.setdefault((how, order), Sightings()).add(line)

    @property
    def total(self) -> int:
        """How many rows the counts speak of."""
        return self.empty + self.settled.total()


@dataclass(slots=True)
class ImportReport:
    """What became of a file.

    ``rows_read`` is always ``taken + already_there + duplicates + skipped_rows``. Dates are counted
    for the rows that were not skipped. ``batch`` is the import's number once it is made.
    """

    file_name: str
    mapping: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    header_line: int = 1
    dry_run: bool = False
    rows_read: int = 0
    taken: int = 0
    already_there: int = 0
    changed: Sightings = field(default_factory=Sightings)
    duplicates: Sightings = field(default_factory=Sightings)
    skipped: dict[str, Sightings] = field(default_factory=dict)
    noted: dict[str, Sightings] = field(default_factory=dict)
    dates: dict[str, DatesSettled] = field(default_factory=dict)
    unknown_columns: tuple[str, ...] = ()
    batch: int | None = None

    @property
    def skipped_rows(self) -> int:
        """How many rows were left out, for whatever reason."""
        return sum(seen.count for seen in self.skipped.values())

    def skip(self, reason: str, line: int) -> None:
        """Count a row that is left out."""
        self.skipped.setdefault(reason, Sightings()).add(line)

    def note(self, what: str, line: int) -> None:
        """Count something about a row that is taken all the same."""
        self.noted.setdefault(what, Sightings()).add(line)

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values; keys are part of the interface."""
        return {
            "file": self.file_name,
            "mapping": self.mapping,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "sheet": self.sheet,
            "other_sheets": list(self.other_sheets),
            "header_line": self.header_line,
            "dry_run": self.dry_run,
            "import": self.batch,
            "rows_read": self.rows_read,
            "taken": self.taken,
            "already_there": self.already_there,
            "already_there_with_other_words": _seen(self.changed),
            "duplicates_in_file": _seen(self.duplicates),
            "skipped": {reason: _seen(seen) for reason, seen in sorted(self.skipped.items())},
            "noted": {what: _seen(seen) for what, seen in sorted(self.noted.items())},
            "dates": {name: _dates(settled) for name, settled in self.dates.items()},
            "unknown_columns": list(self.unknown_columns),
        }

    def lines(self) -> list[str]:
        """Return the report as lines for a person."""
        said = [
            f"{self.file_name} by the mapping {self.mapping} ({self._written_as()})",
            f"  rows read          {self.rows_read:>12,}",
            f"  {'would be taken' if self.dry_run else 'taken':<18} {self.taken:>12,}",
            f"  already there      {self.already_there:>12,}",
            f"  repeated in file   {self.duplicates.count:>12,}",
            f"  skipped            {self.skipped_rows:>12,}",
        ]
        if self.batch is not None:
            said.insert(1, f"Import {self.batch}: “candour import undo {self.batch}” takes it back")
        said += [f"    {reason}: {seen}" for reason, seen in sorted(self.skipped.items())]
        if self.duplicates.count:
            said.append(f"Repeated ids, of which the first row counts: {self.duplicates}")
        if self.changed.count:
            said.append(f"Already there with other words, left as they were: {self.changed}")
        said += [f"Taken, but {what}: {seen}" for what, seen in sorted(self.noted.items())]
        for name, settled in self.dates.items():
            said += _date_lines(name, settled)
        if self.header_line > 1:
            said.append(f"The columns are named on line {self.header_line}; those before are left.")
        if self.other_sheets:
            said.append(f"Sheets that were not read: {', '.join(self.other_sheets)}")
        if self.unknown_columns:
            said.append(f"Columns the mapping does not know: {', '.join(self.unknown_columns)}")
        return said

    def _written_as(self) -> str:
        if self.sheet:
            return f"sheet {self.sheet}"
        return f"{self.encoding}, {self.delimiter}"


def _list(lines: list[int]) -> str:
    return ", ".join(map(str, lines))


def _seen(seen: Sightings) -> dict[str, Any]:
    return {"count": seen.count, "first_lines": seen.lines}


def _dates(settled: DatesSettled) -> dict[str, Any]:
    return {
        "empty": settled.empty,
        "settled": [
            {
                "how": how.value,
                "order": order.value,
                "count": count,
                "first_lines": settled.lines.get((how, order), Sightings()).lines,
            }
            for (how, order), count in sorted(settled.settled.items())
        ],
    }


def _date_lines(name: str, settled: DatesSettled) -> list[str]:
    ambiguous = (
        settled.total
        - settled.empty
        - sum(count for (how, _), count in settled.settled.items() if how in OF_ONE_READING)
    )
    said = [
        f"Dates ({name}): {settled.total:,} rows, {settled.empty:,} without one, "
        f"{ambiguous:,} with two possible readings, settled:"
    ]
    for (how, order), count in sorted(settled.settled.items()):
        seen = settled.lines.get((how, order))
        where = f" (first on line {seen.lines[0]})" if seen else ""
        said.append(f"    {count:>10,} {order.value}: {how.value}{where}")
    return said
