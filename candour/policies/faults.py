"""What can be wrong with a pack or a scenario, and how it is said.

    PackError
    ├── NoSuchPack        no pack of that name or at that place
    └── FaultyPack        a pack (or scenario) that cannot be used; carries every `Fault` found

A fault says where (file, line, column), what is wrong, and what to do about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class PackError(Exception):
    """The root of what reading packs raises on purpose."""


class NoSuchPack(PackError):
    """There is no pack of that name or at that place."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a file; `line` and `column` count from 1, and 0 stands for the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `file:line:column`, as editors and terminals make links of it."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong: where, and in a sentence what it is and what to do."""

    place: Place
    message: str

    def __str__(self) -> str:
        """Return the fault on one line."""
        return f"{self.place}: {self.message}"


class FaultyPack(PackError):
    """A pack or scenario that cannot be used; `faults` are all that was found, in order."""

    def __init__(self, path: Path | str, faults: Iterable[Fault]) -> None:
        """Put every fault in the message, one to a line."""
        self.faults = tuple(faults)
        count = len(self.faults)
        heading = f"{path} cannot be used: {count} fault{'' if count == 1 else 's'}."
        super().__init__("\n".join([heading, *(f"  {fault}" for fault in self.faults)]))
