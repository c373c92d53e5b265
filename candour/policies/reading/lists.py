"""Lists in which each item has an id that no other item has: options, clauses, fields."""

from dataclasses import dataclass

from candour.policies.reading.checking import Checking, Schema, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.nodes import Listed, Mapped, Node
from candour.policies.reading.shapes import ListOf, Text, define
from candour.policies.reading.texts import BOTH_PARTS

NAME = Text(r"[a-z][a-z0-9_]*", "written with small letters, digits and _")
FILE = Text(r"[A-Za-z0-9_-]+", "the name of a file without its ending")
ID = Text(r"[A-Za-z0-9][A-Za-z0-9_.-]*", "written with letters, digits, _, - and .")


@dataclass(frozen=True)
class Distinct:
    """A list of groups, no two with the same value of `part`."""

    item: Group
    part: str = "id"

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        ListOf(self.item).check(node, trail, checking)
        seen: set[object] = set()
        for item in node.items if isinstance(node, Listed) else []:
            value = item.items.get(self.part) if isinstance(item, Mapped) else None
            if value is None or isinstance(value, Listed | Mapped):
                continue
            if value.value in seen:
                fault = f"“{value.value}” is in this list already. Give each its own {self.part}."
                checking.fault(value.place, fault)
            seen.add(value.value)

    def schema(self) -> Schema:
        """See `Shape`."""
        return ListOf(self.item).schema()


OPTION = Group("an option", (Part("id", ID, "How entries record it.", required=True), *BOTH_PARTS))
OPTIONS = define("options", Distinct(OPTION))
