"""A check under way: what exists, what was found, and what every shape can do."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from candour.policies.faults import Fault, Place
from candour.policies.reading.names import Names
from candour.policies.reading.nodes import Node

Schema = dict[str, Any]
Trail = tuple[str | int, ...]


@dataclass(frozen=True)
class Checking:
    """A check under way: the names that exist, the faults found, and where each part stands.

    `proposing` are the kinds of entry whose own values the part at hand may speak of.
    """

    names: Names
    faults: list[Fault]
    places: dict[Trail, Place] = field(default_factory=dict)
    proposing: tuple[str, ...] = ()

    def fault(self, place: Place, message: str) -> None:
        """Add a fault."""
        self.faults.append(Fault(place, message))

    def wrong(self, node: Node, trail: Trail, how: str) -> None:
        """Add a fault about the part at `trail`: `how` goes on from its name."""
        self.fault(node.place, f"{_named(trail)} {how}")

    def about(self, kinds: Sequence[str]) -> "Checking":
        """Return the same check, for parts that may speak of a proposed entry of these kinds."""
        return replace(self, proposing=tuple(kinds))


def _named(trail: Trail) -> str:
    """Return how to speak of the part at `trail`: “needs”, item 2 of “needs”."""
    names = [part for part in trail if isinstance(part, str)]
    name = f"“{names[-1]}”" if names else "The file"
    last = trail[-1] if trail else ""
    return f"Item {last + 1} of {name}" if isinstance(last, int) else name


class Shape(Protocol):
    """What every shape can do."""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """Add a fault for everything in `node` that does not fit."""

    def schema(self) -> Schema:
        """Return the shape as JSON Schema."""
