"""The syntax of merge fields: a small, closed part of Jinja2, with every fault at its place.

A text may hold `{{ path }}` and `{{ path | filter }}`, `{% if … %}` with `elif` and `else`, and
`{% for one in path %}`. Conditions know paths, `and`, `or`, `not`, and `==`, `!=`, `in` and
`not in` with another path or with text in quotation marks. There is nothing else: nothing is
called, set or imported.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from candour.engine.errors import nearest

FILTERS: Final = ("day", "listed", "lower_first", "default")
WORDS: Final = ("if", "elif", "else", "endif", "for", "endfor")
EACH: Final = "[]"
LONGEST_TAG: Final = 500  # characters between one pair of braces
DEEPEST: Final = 3  # lists within lists that a text may go through
LONGEST_PATH: Final = 8  # parts between dots
_TAG: Final = re.compile(
    rf"\{{\{{.{{0,{LONGEST_TAG}}}?\}}\}}|\{{%.{{0,{LONGEST_TAG}}}?%\}}", re.DOTALL
)
_BEGINS: Final = re.compile(r"\{\{|\{%")
_NAMED: Final = re.compile(r"\{%\s*(\w*)")
_COMPARED: Final = {"eq", "ne", "in", "notin"}


class How(StrEnum):
    """What a text does with a merge field."""

    PRINTS = "prints"
    ASKS = "asks"
    GOES_THROUGH = "goes through"


@dataclass(frozen=True, slots=True, order=True)
class MergeFault:
    """Something wrong in a text: line and column, each from 1, and what to do about it."""

    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """Return it on one line."""
        return f"line {self.line}, column {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a merge field: its path (`[]` for each of a list), what for, where it stands."""

    path: str
    how: How
    line: int
    column: int
    compared: tuple[str, ...] = ()  # the texts that it is compared with
    formed: bool = False  # whether a filter other than `default` is put on it


@dataclass(frozen=True)
class Syntax:
    """What reading a text came to: the merge fields it uses, and what is wrong with it."""

    uses: tuple[Use, ...]
    faults: tuple[MergeFault, ...]


TOO_MUCH: Final = MergeFault(1, 1, "Too much stands within too much here. Make the text simpler.")
_ENVIRONMENT: Final = ImmutableSandboxedEnvironment(keep_trailing_newline=True)


def read_merging(text: str) -> Syntax:
    """Return which merge fields a text uses, and every fault in how it does."""
    reader = _Reader(text)
    if not reader.faults:
        reader.read()
    return Syntax(tuple(reader.uses), tuple(sorted(set(reader.faults))))


@dataclass
class _Reader:
    """Walks the tree of one text, in the order in which it is written."""

    text: str
    uses: list[Use] = field(default_factory=list)
    faults: list[MergeFault] = field(default_factory=list)
    at: int = 0

    def __post_init__(self) -> None:
        self.tags = list(_TAG.finditer(self.text))
        for tag in self.tags:
            self.check_tag(tag)
        bare = _TAG.sub(lambda tag: " " * len(tag[0]), self.text)
        if (open_ := _BEGINS.search(bare)) is not None:
            message = (
                f"This has no end, or one more than {LONGEST_TAG} characters away. Make it simple."
            )
            self.fault(open_.start(), message)
        if (found := self.text.find("{#")) >= 0:
            self.fault(found, "“{#” begins a remark. Leave it out of the text; write it in YAML.")

    def check_tag(self, tag: re.Match[str]) -> None:
        """Add a fault for a tag with a word of its own, or trimmed."""
        inner = tag[0][2:-2]
        if inner.startswith(("-", "+")) or inner.endswith(("-", "+")):
            message = "Leave out the “-” or “+” beside the braces: lines of tags alone vanish."
            self.fault(tag.start(), message)
        elif tag[0].startswith("{%") and (named := _NAMED.match(tag[0])) and named[1] not in WORDS:
            message = f"“{named[1]}” is not known here.{nearest(named[1], WORDS)}"
            self.fault(tag.start(), f"{message} It is one of: {', '.join(WORDS)}.")

    def read(self) -> None:
        try:
            self.body(_ENVIRONMENT.parse(self.text).body, {})
        except TemplateSyntaxError as error:
            self.fault(self.line_start(error.lineno), f"This cannot be read: {error.message}")
        except RecursionError:
            self.faults.append(TOO_MUCH)

    def fault(self, offset: int, message: str) -> None:
        line, column = self.place(offset)
        self.faults.append(MergeFault(line, column, message))

    def place(self, offset: int) -> tuple[int, int]:
        before = self.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1

    def line_start(self, number: int) -> int:
        """Return where the first tag of a line begins, or the line itself."""
        lines = self.text.split("\n")
        start = sum(len(line) + 1 for line in lines[: number - 1])
        end = start + len(lines[min(number, len(lines)) - 1])
        return next((tag.start() for tag in self.tags if start <= tag.start() <= end), start)

    def find(self, words: str) -> int:
        """Return where `words` stand next inside a tag, and go on from there."""
        for tag in self.tags:
            if tag.end() <= self.at:
                continue
            found = re.compile(words).search(self.text, max(self.at, tag.start()), tag.end())
            if found:
                self.at = found.end()
                return found.start()
        return self.at

    def refuse(self, node: nodes.Node, *, within: bool = True) -> None:
        """Add a fault for what letters do not have, in the tag that we are in or the next one."""
        start = max(self.at, self.line_start(node.lineno))
        tags = (tag for tag in self.tags if (tag.end() > start if within else tag.start() >= start))
        tag = next(tags, None)
        message = (
            "Letters hold merge fields, filters, “if” and “for” only: here stands something else "
            f"({type(node).__name__.lower()}). See “Merge fields” in the guide."
        )
        self.fault(tag.start() if tag else start, message)
        self.at = tag.end() if tag else start

    # -- what stands where ------------------------------------------------------------------------

    def body(self, body: Sequence[nodes.Node], scope: Mapping[str, str], deep: int = 0) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for part in node.nodes:
                        if not isinstance(part, nodes.TemplateData):
                            self.printed(part, scope)
                case nodes.If():
                    self.condition(node.test, scope)
                    self.body(node.body, scope, deep)
                    self.body(node.elif_, scope, deep)
                    self.body(node.else_, scope, deep)
                case nodes.For():
                    self.loop(node, scope, deep)
                case _:
                    self.refuse(node)

    def loop(self, node: nodes.For, scope: Mapping[str, str], deep: int) -> None:
        plain = isinstance(node.target, nodes.Name) and not (
            node.else_ or node.test or node.recursive
        )
        if not plain or deep == DEEPEST or _path(node.iter) is None:
            self.refuse(node)
            return
        assert isinstance(node.target, nodes.Name)  # noqa: S101 - just looked at
        path = self.use(node.iter, scope, How.GOES_THROUGH)
        self.body(node.body, {**scope, node.target.name: f"{path}{EACH}"}, deep + 1)

    def printed(self, node: nodes.Node, scope: Mapping[str, str]) -> None:
        formed, filters = False, []
        while isinstance(node, nodes.Filter) and node.node is not None:
            filters.append(node)
            node = node.node
        for each in filters:
            formed |= each.name != "default"
        if _path(node) is None:
            self.refuse(node, within=False)
            return
        self.use(node, scope, How.PRINTS, formed=formed)
        for each in reversed(filters):
            self.filter(each)

    def filter(self, node: nodes.Filter) -> None:
        """Check one filter: only `default` takes anything, and that is text."""
        place = self.find(rf"\b{re.escape(node.name)}\b")
        if node.name not in FILTERS:
            message = f"There is no filter “{node.name}”.{nearest(node.name, FILTERS)}"
            self.fault(place, f"{message} There are: {', '.join(FILTERS)}.")
            return
        texts = [arg for arg in node.args if _text(arg) is not None]
        right = len(texts) == len(node.args) == (1 if node.name == "default" else 0)
        if not right or node.kwargs or node.dyn_args or node.dyn_kwargs:
            how = "“default” takes one text in quotation marks, and no other filter takes anything."
            self.fault(place, how)

    def condition(self, node: nodes.Node, scope: Mapping[str, str]) -> None:
        match node:
            case nodes.And() | nodes.Or():
                self.condition(node.left, scope)
                self.condition(node.right, scope)
            case nodes.Not():
                self.condition(node.node, scope)
            case nodes.Compare():
                self.comparison(node, scope)
            case _ if _path(node) is not None:
                self.use(node, scope, How.ASKS)
            case _:
                self.refuse(node)

    def comparison(self, node: nodes.Compare, scope: Mapping[str, str]) -> None:
        """Check one comparison: a path with another or with texts, whichever comes first."""
        if len(node.ops) != 1 or node.ops[0].op not in _COMPARED:
            self.refuse(node)
            return
        sides = (node.expr, node.ops[0].expr)
        paths = [side for side in sides if _path(side) is not None]
        texts = [words for side in sides if (words := _texts(side)) is not None]
        if len(paths) + len(texts) != len(sides) or not paths:
            self.refuse(node)
            return
        for path in paths:
            self.use(path, scope, How.ASKS, compared=texts[0] if texts else ())

    def use(
        self,
        node: nodes.Node,
        scope: Mapping[str, str],
        how: How,
        *,
        compared: tuple[str, ...] = (),
        formed: bool = False,
    ) -> str:
        """Keep that a path is used, and return it with each loop’s name put in full."""
        parts = _path(node) or ()
        dotted = r"\s*\.\s*".join(map(re.escape, parts))
        place = self.find(rf"(?<![\w.]){dotted}(?![\w(])")
        path = ".".join((scope.get(parts[0], parts[0]), *parts[1:]))
        line, column = self.place(place)
        self.uses.append(Use(path, how, line, column, compared, formed))
        return path


def _path(node: nodes.Node) -> tuple[str, ...] | None:
    """Return the parts of a path, or None where something else stands."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        before = _path(node.node)
        return (*before, node.attr) if before and len(before) < LONGEST_PATH else None
    return None


def _text(node: nodes.Node) -> str | None:
    held = node.value if isinstance(node, nodes.Const) else None
    return held if isinstance(held, str) else None


def _texts(node: nodes.Node) -> tuple[str, ...] | None:
    """Return a text, or a list of texts, in quotation marks; None where something else stands."""
    if isinstance(node, nodes.List | nodes.Tuple):
        found = [_text(item) for item in node.items]
        return tuple(t for t in found if t is not None) if None not in found else None
    one = _text(node)
    return None if one is None else (one,)


def uses_of(*texts: str) -> Iterator[Use]:
    """Yield the merge fields that texts use, in order."""
    for text in texts:
        yield from read_merging(text).uses
