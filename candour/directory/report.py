"""What became of a file, in numbers that add up and with lines to look at."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

SHOWN_LINES: Final = 5
SHOWN_NAMES: Final = 12


@dataclass(slots=True)
class Seen:
    """How often something was seen, and on which lines first."""

    count: int = 0
    lines: list[int] = field(default_factory=list)

    def add(self, line: int) -> None:
        """Count one more, on this line."""
        self.count += 1
        if len(self.lines) < SHOWN_LINES:
            self.lines.append(line)

    def __str__(self) -> str:
        lines = ", ".join(map(str, self.lines)) + (", …" if self.count > len(self.lines) else "")
        return f"{self.count:,} (line{'s' if self.count > 1 else ''} {lines})"


@dataclass(slots=True)
class Differences:
    """How a file differs from the directory, or did when it was taken.

    Attributes:
        changed: services of which something changed; ``fields`` says what, and how often.
        ended: no longer listed, or listed as closed.
        returned: listed again after they had gone.
        rated: new or other ratings.
        unrated: ratings of services that the directory does not have.
        providers: providers that are new.
        unmatched: local authorities for which no body is known.
    """

    added: int = 0
    changed: int = 0
    ended: int = 0
    returned: int = 0
    same: int = 0
    fields: dict[str, int] = field(default_factory=dict)
    rated: int = 0
    unrated: int = 0
    providers: int = 0
    unmatched: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether the file says what the directory says already."""
        return not (self.added or self.changed or self.ended or self.returned or self.rated)


@dataclass(slots=True)
class Report:
    """What became of a file.

    ``rows_read`` is always ``staged + duplicates + skipped_rows + left_out``.

    Attributes:
        nation: where providers that are new are at work.
        left_out: rows that are no concern of the mapping, such as ratings of parts of a service.
        unreadable: rows of which not even the number could be read: then nothing is taken to have
            gone, as what is missing may be there.
        spared: numbers of rows that were skipped, which have not gone either.
        fields: the fields that the file has columns for.
    """

    file_name: str = ""
    mapping: str = ""
    nation: str = "england"
    sheet: str = ""
    header_line: int = 0
    dry_run: bool = False
    rows_read: int = 0
    staged: int = 0
    left_out: int = 0
    unreadable: int = 0
    duplicates: Seen = field(default_factory=Seen)
    skipped: dict[str, Seen] = field(default_factory=dict)
    noted: dict[str, Seen] = field(default_factory=dict)
    spared: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    differences: Differences = field(default_factory=Differences)

    @property
    def skipped_rows(self) -> int:
        """How many rows were left out because something was wrong with them."""
        return sum(seen.count for seen in self.skipped.values())

    def skip(self, reason: str, line: int) -> None:
        """Count a row that is left out."""
        self.skipped.setdefault(reason, Seen()).add(line)

    def note(self, what: str, line: int) -> None:
        """Count something about a row that is taken all the same."""
        self.noted.setdefault(what, Seen()).add(line)

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values; `from_json` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Report":
        """Return the report that `to_json` wrote."""
        if not told:
            return cls()
        plain = dict(told)
        plain["duplicates"] = Seen(**plain["duplicates"])
        plain["differences"] = Differences(**plain["differences"])
        for part in ("skipped", "noted"):
            plain[part] = {what: Seen(**seen) for what, seen in plain[part].items()}
        return cls(**plain)

    def lines(self) -> list[str]:
        """Return the report as lines for a person."""
        found = self.differences
        verb = "would be " if self.dry_run else ""
        said = [
            f"{self.file_name} by the mapping {self.mapping} (header on line {self.header_line})",
            f"  rows read            {self.rows_read:>10,}",
            f"  repeated in file     {self.duplicates.count:>10,}",
            f"  skipped              {self.skipped_rows:>10,}",
            *(f"    {reason}: {seen}" for reason, seen in sorted(self.skipped.items())),
            f"  {verb + 'added':<20} {found.added:>10,}",
            f"  {verb + 'changed':<20} {found.changed:>10,}",
            *(f"    {name}: {count:,}" for name, count in sorted(found.fields.items())),
            f"  {verb + 'ended':<20} {found.ended:>10,}",
            f"  {verb + 'listed again':<20} {found.returned:>10,}",
            f"  as they were         {found.same:>10,}",
            f"  ratings              {found.rated:>10,}",
        ]
        said += [f"Taken, but {what}: {seen}" for what, seen in sorted(self.noted.items())]
        return said + self._asides()

    def _asides(self) -> list[str]:
        found, said = self.differences, list[str]()
        if self.duplicates.count:
            said.append(f"Repeated numbers, of which the first row counts: {self.duplicates}")
        if self.unreadable:
            said.append(
                f"Of {self.unreadable:,} rows not even the number could be read, so nothing was "
                "taken to have gone: what is missing may be among them."
            )
        if found.unrated:
            said.append(f"Ratings of services that are not in the directory: {found.unrated:,}")
        if found.unmatched:
            some = ", ".join(found.unmatched[:SHOWN_NAMES])
            more = " …" if len(found.unmatched) > SHOWN_NAMES else ""
            said.append(f"Local authorities for which no body is known: {some}{more}")
        if self.unknown_columns:
            said.append(f"Columns the mapping does not know: {', '.join(self.unknown_columns)}")
        return said
