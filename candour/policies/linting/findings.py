"""Findings: what linting has to say, how grave it is, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from candour.policies.faults import Place

Trail = tuple[str | int, ...]


class Severity(StrEnum):
    """An error is a rule that cannot work or a clause that is lost; a note is worth a look."""

    ERROR = "error"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its trail of names in the pack, and its place in a file where that is known."""

    severity: Severity
    trail: Trail
    message: str
    place: Place | None = None

    def __str__(self) -> str:
        """Return the finding on one line."""
        where = str(self.place) if self.place else ".".join(str(part) for part in self.trail)
        return f"{where}: {self.severity}: {self.message}"


def error(trail: Trail, message: str) -> Finding:
    """Return an error."""
    return Finding(Severity.ERROR, trail, message)


def note(trail: Trail, message: str) -> Finding:
    """Return a note."""
    return Finding(Severity.NOTE, trail, message)


def place_of(trail: Trail, places: Mapping[Trail, Place]) -> Place | None:
    """Return the place of a part, or of the nearest part around it that has one."""
    while trail:
        if trail in places:
            return places[trail]
        trail = trail[:-1]
    return None
