"""Reads YAML (1.2 rules) into nodes that know their line and column.

Built from the parser's events, not its objects: nothing in a file can make a Python object, run
away through aliases, or nest without end; and `no`, `on` and `2022-09-13` stay the text they are.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from candour.policies.faults import Fault, Place
from candour.policies.reading.kept import keep, kept
from candour.policies.reading.nodes import Listed, Mapped, Node, Plain, Scalar

LARGEST_FILE: Final = 2_000_000  # bytes
DEEPEST: Final = 30

_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_WORDS: Final[dict[str, Plain]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


_Valued = ScalarEvent | CollectionStartEvent


class _Unreadable(Exception):
    def __init__(self, place: Place, message: str) -> None:
        self.fault = Fault(place, message)
        super().__init__(message)


def read_file(path: Path, shown_as: str, faults: list[Fault]) -> Node | None:
    """Return what a file holds, or None having added to `faults` why it cannot be read."""
    try:
        text = _text(path, shown_as)
    except _Unreadable as unreadable:
        faults.append(unreadable.fault)
        return None
    before = kept(text, shown_as)
    if before is not None:
        return before
    so_far = len(faults)
    node = parse(text, shown_as, faults)
    if node is not None and len(faults) == so_far:
        keep(text, node)
    return node


def _text(path: Path, shown_as: str) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _Unreadable(
            Place(shown_as), f"The file cannot be opened: {error.strerror}."
        ) from error
    if len(raw) > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE:,} bytes. Split it into several files."
        raise _Unreadable(Place(shown_as), message)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = "The file holds bytes that are not UTF-8 text. Save the file as UTF-8."
        raise _Unreadable(Place(shown_as, line, 1), message) from error


def parse(text: str, shown_as: str, faults: list[Fault]) -> Node | None:
    """Return what YAML text holds; None where it is empty or, with a fault added, unreadable."""
    building = _Building(shown_as, faults, text)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            building.take(event)
    except _Unreadable as unreadable:
        faults.append(unreadable.fault)
        return None
    except Exception as error:  # noqa: BLE001 - the parser leaks whatever odd input makes it trip on
        faults.append(_syntax_fault(error, building.at))
        return None
    return building.root


def _syntax_fault(error: Exception, last: Place) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(last.file, mark.line + 1, mark.column + 1) if mark else last
    said = error.problem if isinstance(error, MarkedYAMLError) else None
    what = f" ({said})" if said else ""
    return Fault(
        place,
        f"This is not YAML that can be read{what}. Look at the indentation, colons, quotation "
        "marks and brackets on this line and the one above it.",
    )


@dataclass(slots=True)
class _Open:
    """A list or mapping not yet ended, and the name waiting for its value."""

    node: Listed | Mapped
    name: str | None = None


class _Building:
    def __init__(self, shown_as: str, faults: list[Fault], text: str) -> None:
        self.file = shown_as
        self.faults = faults
        self.text = text
        self.lines: list[str] | None = None
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.documents = 0
        self.at = Place(shown_as)

    def take(self, event: Event) -> None:
        place = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        self.at = place
        match event:
            case DocumentStartEvent():
                self._document(event, place)
            case MappingStartEvent():
                self._begin(event, Mapped(place))
            case SequenceStartEvent():
                self._begin(event, Listed(place))
            case CollectionEndEvent():
                self.open.pop()
            case ScalarEvent():
                self._scalar(event, place)
            case AliasEvent():
                message = "This uses an alias (*name). Write the part in full where it is needed."
                raise _Unreadable(place, f"{message} For a star alone, write “*” in quotes.")

    def _document(self, event: DocumentStartEvent, place: Place) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _Unreadable(
                place, "This begins a second document (---). Put each in its own file."
            )
        if event.version or event.tags:
            raise _Unreadable(
                place, "This has a % line. Leave it out: the rules are always YAML 1.2."
            )

    def _begin(self, event: CollectionStartEvent, node: Listed | Mapped) -> None:
        self._check_plain(event, node.place)
        if len(self.open) >= DEEPEST:
            raise _Unreadable(node.place, f"This is nested more than {DEEPEST} deep. Simplify it.")
        if self.open and isinstance(self.open[-1].node, Mapped) and self.open[-1].name is None:
            message = "This uses a list or a group as a name. A name is plain text before a colon."
            raise _Unreadable(node.place, message)
        self._put(node)
        self.open.append(_Open(node))

    def _scalar(self, event: ScalarEvent, place: Place) -> None:
        self._check_plain(event, place)
        if not _whole_characters(str(event.value)):
            message = "This holds half a character (such as \\ud800). Write the whole character."
            raise _Unreadable(place, message)
        here = self.open[-1] if self.open else None
        if here and isinstance(here.node, Mapped) and here.name is None:
            self._name(here, here.node, str(event.value), place)
        else:
            quoted = bool(event.style)
            value = event.value if quoted else resolved(event.value)
            self._put(Scalar(place, value, self._begins(event, place)))

    def _begins(self, event: ScalarEvent, place: Place) -> Place | None:
        """Return where the text of a block of lines begins; None for any other value."""
        if event.style != "|":
            return None
        if self.lines is None:
            self.lines = self.text.split("\n")
        written = next((line for line in self.lines[place.line :] if line.strip()), "")
        first = next((line for line in str(event.value).split("\n") if line.strip()), "")
        indent = len(written) - len(written.lstrip()) - (len(first) - len(first.lstrip()))
        return Place(self.file, place.line + 1, indent + 1)

    def _name(self, here: _Open, node: Mapped, name: str, place: Place) -> None:
        here.name = name
        if name in node.items:
            first = node.named_at[name]
            message = f"“{name}” is given twice; first on line {first.line}. Keep one of them."
            self.faults.append(Fault(place, message))
        else:
            node.named_at[name] = place

    def _put(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        here = self.open[-1]
        if isinstance(here.node, Listed):
            here.node.items.append(node)
        elif here.name is not None:
            here.node.items.setdefault(here.name, node)
            here.name = None

    def _check_plain(self, event: _Valued, place: Place) -> None:
        if event.anchor:
            message = (
                f"This has an anchor (&{event.anchor}). Leave it out; write repeated parts in full."
            )
            raise _Unreadable(place, message)
        if event.tag and event.tag != "!":
            raise _Unreadable(
                place, f"This has a tag ({event.tag}). Leave it out; use plain values."
            )


def _whole_characters(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def resolved(text: str) -> Plain:
    """Return what unquoted text stands for under the YAML 1.2 core rules (dates stay text)."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text
