"""Groups: parts under names that the format lays down, each with what it is for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from candour.engine.errors import nearest
from candour.policies.reading.checking import Checking, Schema, Shape, Trail
from candour.policies.reading.nodes import Mapped, Node, described


@dataclass(frozen=True)
class Part:
    """One named part: its shape, whether it must be there, and what it is for, in a sentence."""

    name: str
    shape: Shape
    says: str = ""
    required: bool = False


@dataclass(frozen=True)
class Group:
    """A part made of named parts. `what` names it in messages: “a move”, “a duty”.

    `also` checks what no single part can; `about` gives the kinds of entry whose own values the
    parts may speak of.
    """

    what: str
    parts: tuple[Part, ...]
    also: Callable[[Mapped, Trail, Checking], None] | None = None
    about: Callable[[Mapped, Checking], Sequence[str]] | None = None
    by_name: dict[str, Part] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the parts."""
        object.__setattr__(self, "by_name", {part.name: part for part in self.parts})

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if not isinstance(node, Mapped):
            needed = ", ".join(part.name for part in self.parts if part.required) or "its parts"
            how = f"must be {self.what} with {needed}, but is {described(node)}."
            checking.wrong(node, trail, how)
            return
        self._check_names(node, checking)
        if self.about is not None:
            checking = checking.about(self.about(node, checking))
        for name, item in node.items.items():
            part = self.by_name.get(name)
            if part is not None:
                checking.places[(*trail, name)] = node.named_at[name]
                part.shape.check(item, (*trail, name), checking)
        if self.also is not None:
            self.also(node, trail, checking)

    def _check_names(self, node: Mapped, checking: Checking) -> None:
        for name in node.items:
            if name not in self.by_name:
                known = f"{nearest(name, self.by_name)} It may have: {', '.join(self.by_name)}."
                fault = f"“{name}” is not a part of {self.what}.{known}"
                checking.fault(node.named_at[name], fault)
        for part in self.parts:
            if part.required and part.name not in node.items:
                what = self.what[0].upper() + self.what[1:]
                checking.fault(node.place, f"{what} needs “{part.name}”: {part.says}")

    def schema(self) -> Schema:
        """See `Shape`."""
        made: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                part.name: {**part.shape.schema(), **_described(part)} for part in self.parts
            },
        }
        required = [part.name for part in self.parts if part.required]
        return {**made, "required": required} if required else made


def _described(part: Part) -> Schema:
    return {"description": part.says} if part.says else {}
