"""Shapes: what each part of a file must look like; checked here, published as JSON Schema.

One declaration serves both, so that the schema's words cannot differ from the reader's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from candour.engine.clocks import Clock
from candour.engine.errors import ClockError, nearest
from candour.policies.reading.checking import Checking, Schema, Shape, Trail
from candour.policies.reading.names import Names
from candour.policies.reading.nodes import Listed, Mapped, Node, Scalar, described


@dataclass(frozen=True)
class Text:
    """Text that is not blank, fitting `pattern` where there is one; `like` shows how it looks."""

    pattern: str = ""
    like: str = ""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if text_of(node, trail, checking) is not None and self.pattern:
            value = str(node.plain())
            if not re.fullmatch(self.pattern, value):
                checking.wrong(node, trail, f"is “{value}”, but must be {self.like}.")

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"type": "string", "pattern": f"^{self.pattern}$" if self.pattern else r"\S"}


def text_of(node: Node, trail: Trail, checking: Checking) -> str | None:
    """Return a node's text, or None having said that it must be text."""
    if isinstance(node, Scalar) and isinstance(node.value, str) and node.value.strip():
        return node.value
    hint = " Put it in quotation marks." if isinstance(node, Scalar) and node.value else ""
    checking.wrong(node, trail, f"must be text, but is {described(node)}.{hint}")
    return None


@dataclass(frozen=True)
class OneOf:
    """One of a closed list of words."""

    words: tuple[str, ...]

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        text = text_of(node, trail, checking)
        if text is not None and text not in self.words:
            known = f"{nearest(text, self.words)} It is one of: {', '.join(self.words)}."
            checking.fault(node.place, f"“{text}” is not known here.{known}")

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"enum": list(self.words)}


@dataclass(frozen=True)
class Named:
    """The name of something: of a step, a role, a clause, a document, a kind of entry."""

    of: str

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        text = text_of(node, trail, checking)
        if text is not None:
            fault = checking.names.fault(self.of, text)
            if fault:
                checking.fault(node.place, fault)

    def schema(self) -> Schema:
        """See `Shape`."""
        known = Names.closed(self.of)
        return {"enum": list(known)} if known else {"type": "string", "pattern": r"\S"}


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if not (isinstance(node, Scalar) and isinstance(node.value, bool)):
            checking.wrong(node, trail, f"must be true or false, but is {described(node)}.")

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class Always:
    """True: a word that stands by itself."""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if not isinstance(node, Scalar) or node.value is not True:
            how = f"must be true, but is {described(node)}."
            checking.wrong(node, trail, f"{how} For the opposite, put it under “not”.")

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"const": True}


@dataclass(frozen=True)
class Count:
    """A whole number, 1 or more."""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            fault = f"must be a whole number, 1 or more, but is {described(node)}."
            checking.wrong(node, trail, fault)

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"type": "integer", "minimum": 1}


@dataclass(frozen=True)
class Day:
    """A date, or nothing where it is `open` (a `to` that is not known yet)."""

    open: bool = False

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        value = node.plain() if isinstance(node, Scalar) else ""
        if value is None and self.open:
            return
        try:
            valid = bool(re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)) and date.fromisoformat(value))
        except ValueError:
            valid = False
        if not valid:
            like = "must be a real date written year-month-day, like 2026-03-30"
            checking.wrong(node, trail, f"{like}, but is {described(node)}.")

    def schema(self) -> Schema:
        """See `Shape`."""
        kinds: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
        return {"anyOf": [kinds, {"type": "null"}]} if self.open else kinds


@dataclass(frozen=True)
class ClockWords:
    """A clock in the law's words; `repeats` where it must be an “every …”."""

    repeats: bool = False

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        text = text_of(node, trail, checking)
        if text is None:
            return
        try:
            clock = Clock.parse(text)
        except ClockError as error:
            checking.fault(node.place, str(error))
            return
        if self.repeats and not clock.repeats:
            checking.fault(node.place, f"“{text}” happens once. Say “every …”, like “every year”.")

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"type": "string", "pattern": r"\S"}


@dataclass(frozen=True)
class ListOf:
    """A list. A single part may stand for a list of one where `or_one`."""

    item: Shape
    or_one: bool = False
    filled: bool = True

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if not isinstance(node, Listed):
            if self.or_one:
                self.item.check(node, (*trail, 0), checking)
            else:
                checking.wrong(node, trail, f"must be a list, but is {described(node)}.")
            return
        if self.filled and not node.items:
            checking.wrong(node, trail, "is an empty list. Fill it, or leave the whole part out.")
        for number, item in enumerate(node.items):
            checking.places[(*trail, number)] = item.place
            self.item.check(item, (*trail, number), checking)

    def schema(self) -> Schema:
        """See `Shape`."""
        many: Schema = {"type": "array", "items": self.item.schema()}
        if self.filled:
            many["minItems"] = 1
        return {"anyOf": [self.item.schema(), many]} if self.or_one else many


@dataclass(frozen=True)
class Register:
    """Any number of parts under names of their own choosing, each written as `name` says."""

    name: Shape
    item: Shape

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if not isinstance(node, Mapped):
            how = f"must be names with a part under each, but is {described(node)}."
            checking.wrong(node, trail, how)
            return
        for name, item in node.items.items():
            checking.places[(*trail, name)] = node.named_at[name]
            self.name.check(Scalar(node.named_at[name], name), (*trail, name), checking)
            self.item.check(item, (*trail, name), checking)

    def schema(self) -> Schema:
        """See `Shape`."""
        return {
            "type": "object",
            "propertyNames": self.name.schema(),
            "additionalProperties": self.item.schema(),
        }


@dataclass(frozen=True)
class Either:
    """One of two shapes; `prefer_other` picks which one's faults to report."""

    one: Shape
    other: Shape
    prefer_other: Callable[[Node], bool]

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        chosen = self.other if self.prefer_other(node) else self.one
        chosen.check(node, trail, checking)

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"anyOf": [self.one.schema(), self.other.schema()]}


DEFINED: Final[dict[str, Shape]] = {}


@dataclass(frozen=True)
class Defined:
    """A shape that is defined once under a name, and may stand within itself."""

    name: str

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        DEFINED[self.name].check(node, trail, checking)

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"$ref": f"#/$defs/{self.name}"}


def define(name: str, shape: Shape) -> Defined:
    """Return `shape` as one that the schema defines under `name`."""
    DEFINED[name] = shape
    return Defined(name)
