"""Fills the merge fields of a text with facts: Markdown in, Markdown out.

A text is checked first (`candour.documents.merge_syntax`), and rendered in a sandbox in which
nothing can be reached but facts. Every value is escaped, so that none can change the text around
it. What each recipient is called stays open until the text is addressed.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from jinja2 import Template as Compiled
from jinja2 import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from candour.documents.escaping import escape
from candour.documents.facts.directory import RecipientFacts
from candour.documents.facts.values import Fact, Facts
from candour.documents.merge_reach import DAY_BEGINS, FILTERS, Branch, Open, Value
from candour.documents.merge_syntax import TOO_MUCH, MergeFault, read_merging
from candour.documents.plain import one_line

_ONE_TAG: Final = (
    r"\{%(?:[^%\n]|%(?!\}))*%\}"  # reads no character twice, however many tags there are
)
_TAGS_ALONE: Final = re.compile(rf"^[ \t]*((?:{_ONE_TAG}[ \t]*)+)\n", re.MULTILINE)
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_RECIPIENT: Final = re.compile(r"\{\{\s*recipient\.(name|role|body)\s*\}\}")
_BRACES: Final = re.compile(r"\{(?=\{)")
_ROOTS: Final = (
    *("letter", "case", "service", "provider", "body", "sender", "recipient", "about", "latest"),
    *("each", "plan", "restrictions", "duties", "due", "meeting", "ratings"),
)
# After these words a Welsh day is softened: “ar ddydd Mercher”.
_SOFTENED: Final = re.compile(
    "\\b((?:ar|o|i|am|gan|dros|dan|heb|trwy|at|neu) )\ufdd0d", re.IGNORECASE
)


class MergeFaults(ValueError):
    """A text that cannot be merged; `faults` says what is wrong with it, each at its place."""

    def __init__(self, faults: Iterable[MergeFault]) -> None:
        """Put every fault in the message, one to a line."""
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Merged:
    """A text with its facts in it, and the facts that it truly used, in order of their use."""

    text: str
    used: tuple[Fact, ...]


def merge(text: str, facts: Facts) -> Merged:
    """Return a text as Markdown with its merge fields filled in, every value escaped.

    Raises:
        MergeFaults: it holds what no text may hold, or more conditions than can be read.
    """
    found, used = _rendered(text, facts, _MARKDOWN)
    return Merged(_EMPTY_LINES.sub("\n\n", found).strip("\n") + "\n", used)


def merge_line(text: str, facts: Facts) -> Merged:
    """Return a subject as one plain line with its merge fields filled in.

    Raises:
        MergeFaults: it holds what no text may hold.
    """
    found, used = _rendered(text, facts, _LINE)
    return Merged(one_line(found), used)


def addressed(text: str, recipient: RecipientFacts, *, markdown: bool = True) -> str:
    """Return a merged text with what its recipient is called; not as Markdown for a subject."""

    def said(found: re.Match[str]) -> str:
        value: str = getattr(recipient, found[1])
        return escape(value) if markdown else one_line(value)

    return _RECIPIENT.sub(said, text)


def _rendered(text: str, facts: Facts, environment: "_Environment") -> tuple[str, tuple[Fact, ...]]:
    used: dict[str, Fact] = {}
    compiled = _compiled(text, environment)
    found = compiled.render(_context(facts, used))
    return _softened(found), tuple(used.values())


def _softened(text: str) -> str:
    return _SOFTENED.sub(r"\1dd", text).replace(DAY_BEGINS, "")


@lru_cache(maxsize=1024)
def _compiled(text: str, environment: "_Environment") -> Compiled:
    """Return a text made ready: lines of tags alone vanish with their ends."""
    faults = read_merging(text).faults
    if faults:
        raise MergeFaults(faults)
    try:
        return environment.from_string(_TAGS_ALONE.sub(_joined, text))
    except (RecursionError, SyntaxError) as error:
        raise MergeFaults([TOO_MUCH]) from error


def _joined(found: re.Match[str]) -> str:
    return f"{found[1].rstrip()[:-2]}\n%}}"


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which an attribute is a part of a path, and nothing else has any."""

    def getattr(self, obj: object, attribute: str) -> Any:  # noqa: ANN401 - as Jinja2 has it
        if isinstance(obj, Branch):
            return obj.get(attribute)
        if isinstance(obj, Value):  # nothing stands under a value, nor under the lack of one
            return Value(Fact("", ""), obj.language, {})
        return Undefined(name=attribute)

    def getitem(self, obj: object, argument: Any) -> Any:  # noqa: ANN401 - as Jinja2 has it
        return self.getattr(obj, str(argument))


def _context(facts: Facts, used: dict[str, Fact]) -> dict[str, Branch | Value]:
    tree: dict[str, Any] = {root: {} for root in _ROOTS}
    for fact in facts.facts:
        *parts, last = fact.path.split(".")
        under = tree
        for part in parts:
            under = under.setdefault(part, {})
        under[last] = Value(fact, facts.language, used)
    if not tree["recipient"]:
        tree["recipient"] = {name: Open(name, facts.language) for name in ("name", "role", "body")}
    empty = Value(Fact("", ""), facts.language, used)
    return Branch(tree, empty).parts()


def _of_values(filter_: Callable[..., Value]) -> Callable[..., object]:
    """Return a filter that leaves alone whatever is no value: a list of parts has no words."""

    def only_values(value: object, *texts: str) -> object:
        return filter_(value, *texts) if isinstance(value, Value) else value

    return only_values


def _in_markdown(value: object) -> str:
    if not isinstance(value, Value):
        return ""
    said = value.look().value
    if isinstance(value, Open):
        return said
    marked = value.fact.on is not None and said.startswith(DAY_BEGINS)
    return f"{DAY_BEGINS}{_unmerged(said[1:])}" if marked else _unmerged(said)


def _unmerged(said: str) -> str:
    """Return a value escaped; one that looks like a merge field never becomes one afterwards."""
    return _BRACES.sub(r"{\\", escape(said))


def _in_line(value: object) -> str:
    if not isinstance(value, Value):
        return ""
    said = value.look().value
    marked = value.fact.on is not None and said.startswith(DAY_BEGINS)
    return said if marked else one_line(said)


def _environment(finalize: Callable[[object], str]) -> _Environment:
    made = _Environment(finalize=finalize, keep_trailing_newline=True)
    made.globals.clear()
    made.tests.clear()
    made.filters.clear()
    made.filters.update({name: _of_values(filter_) for name, filter_ in FILTERS.items()})
    return made


_MARKDOWN: Final = _environment(_in_markdown)
_LINE: Final = _environment(_in_line)
