"""What a YAML file comes to: values that remember where they stand."""

from dataclasses import dataclass, field
from typing import Any

from candour.policies.faults import Place

Plain = str | int | float | bool | None


@dataclass(slots=True)
class Scalar:
    """One value: text, a number, true or false, or nothing.

    `begins` is where its text begins, which for a block of lines is below and inside its place.
    """

    place: Place
    value: Plain
    begins: Place | None = None

    def plain(self) -> Any:  # noqa: ANN401 - as deep as the file is
        """Return the value."""
        return self.value


@dataclass(slots=True)
class Listed:
    """A list."""

    place: Place
    items: "list[Node]" = field(default_factory=list)

    def plain(self) -> Any:  # noqa: ANN401 - as deep as the file is
        """Return a list of plain values."""
        return [item.plain() for item in self.items]


@dataclass(slots=True)
class Mapped:
    """Names with values; `named_at` is where each name stands."""

    place: Place
    items: "dict[str, Node]" = field(default_factory=dict)
    named_at: dict[str, Place] = field(default_factory=dict)

    def plain(self) -> Any:  # noqa: ANN401 - as deep as the file is
        """Return a dictionary of plain values."""
        return {name: node.plain() for name, node in self.items.items()}


Node = Scalar | Listed | Mapped


def described(node: Node) -> str:
    """Return what a node is, in the words of somebody who writes packs."""
    if isinstance(node, Listed):
        return "a list"
    if isinstance(node, Mapped):
        return "a group of named parts"
    if node.value is None:
        return "empty"
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return f"the number {node.value}" if not isinstance(node.value, str) else f"“{node.value}”"
