"""Reads mapping files, and says where and why one cannot be used."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal, cast

from candour.engine.words import Words
from candour.experiences.intake.dates import Order
from candour.experiences.intake.errors import MappingError
from candour.experiences.intake.mapping import (
    FIELDS,
    NAME_FIELDS,
    DateRule,
    Mapping,
    ThemeColumns,
    ThemeList,
)
from candour.experiences.intake.names import column_key, nearest, tidy
from candour.policies.faults import Fault, Place
from candour.policies.reading.nodes import Listed, Mapped, Node, Scalar, described
from candour.policies.reading.yaml_files import parse, read_file

SHIPPED = Path(__file__).parents[1] / "mappings"
LANGUAGES = ("en", "cy", "unknown")
PARTS = (
    "title",
    "source",
    "columns",
    "optional",
    "values",
    "blank",
    "no_words",
    "keep_no_words",
    "dates",
    "language",
    "themes",
    "ignore",
)
NEEDED = ("title", "source", "columns")


def shipped_mappings() -> dict[str, Path]:
    """Return the mappings that come with Candour: each one's file by its name."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.yaml"))}


def find_mapping(name: str, also: Iterable[str] = ()) -> Mapping:
    """Return the shipped mapping of this name, or the one in the file that is named.

    Args:
        name: its name, or the path of a file.
        also: names of other mappings that there are, to be told when there is none of this one.

    Raises:
        MappingError: there is none such, or it makes no sense.
    """
    shipped = shipped_mappings()
    if name in shipped:
        return read_mapping(shipped[name])
    if name.endswith((".yaml", ".yml")):
        return read_mapping(Path(name))
    raise MappingError(
        f"There is no mapping “{name}”{nearest(name, [*shipped, *also])}. There are: "
        f"{', '.join([*shipped, *also])}; "
        "or give the path of a mapping file of your own, ending in .yaml."
    )


def read_mapping(path: Path) -> Mapping:
    """Return the mapping that a file holds.

    Raises:
        MappingError: with every fault found: file, line, column, what is wrong and what to do.
    """
    faults: list[Fault] = []
    root = read_file(path, path.name, faults)
    mapping = None
    if not faults:
        mapping = _Reading(path.name, faults).mapping(root, path.stem)
    if faults or mapping is None:
        raise MappingError("\n".join(str(fault) for fault in sorted(faults)))
    return mapping


def mapping_of_text(text: str, name: str) -> Mapping:
    """Return the mapping that a text holds, written as a mapping file is.

    Raises:
        MappingError: with every fault found.
    """
    faults: list[Fault] = []
    root = parse(text, name, faults)
    mapping = None if faults else _Reading(name, faults).mapping(root, name)
    if faults or mapping is None:
        raise MappingError("\n".join(str(fault) for fault in sorted(faults)))
    return mapping


class _Reading:
    """One reading of one file: gathers faults and goes on, so that all are told at once."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.file = file
        self.faults = faults
        self.spelled: dict[str, str] = {}

    def fault(self, place: Place, message: str) -> None:
        self.faults.append(Fault(place, message))

    def mapping(self, root: Node | None, name: str) -> Mapping | None:
        if not isinstance(root, Mapped):
            self.fault(Place(self.file), f"should hold the parts of a mapping: {', '.join(PARTS)}.")
            return None
        self.known(root, PARTS, "a part of a mapping")
        for part in NEEDED:
            if part not in root.items:
                self.fault(root.place, f"has no “{part}”, which every mapping needs.")
        parts = root.items
        columns = self.columns(parts.get("columns"))
        themes, optional_themes = self.themes(parts.get("themes"))
        return Mapping(
            name=name,
            title=self.both(parts.get("title")),
            source=self.text(parts.get("source")),
            columns=columns,
            optional=optional_themes
            | {self.column(one) for one in self.nodes(parts.get("optional"))},
            values=self.values(parts.get("values")),
            themes=themes,
            blanks=frozenset(word.casefold() for word in self.texts(parts.get("blank"))),
            no_words=frozenset(word.casefold() for word in self.texts(parts.get("no_words"))),
            keep_no_words=self.flag(parts.get("keep_no_words")),
            dates=self.dates(parts.get("dates")),
            language=cast(
                "Literal['en', 'cy', 'unknown']",
                self.one_of(parts.get("language"), LANGUAGES, "unknown"),
            ),
            ignore=frozenset(self.column(one) for one in self.nodes(parts.get("ignore"))),
            spelled=self.spelled,
        )

    def columns(self, node: Node | None) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for field, columns in self.pairs(node, FIELDS, "a field of an experience"):
            many = columns.items if isinstance(columns, Listed) else [columns]
            found[field] = tuple(self.column(one) for one in many)
        if node is not None and "answer" not in found:
            self.fault(node.place, "must say which column holds the “answer”.")
        return found

    def values(self, node: Node | None) -> dict[str, dict[str, str]]:
        fields = (*NAME_FIELDS, "sentiment", "language", "identifiable")
        return {
            field: {
                tidy(given).casefold(): self.text(meaning)
                for given, meaning in self.pairs(meanings)
            }
            for field, meanings in self.pairs(node, fields, "a field whose values can be mapped")
        }

    def dates(self, node: Node | None) -> DateRule:
        parts = dict(self.pairs(node, ("usual", "neighbours", "earliest"), "a part of “dates”"))
        neighbours = [
            self.one_of(field, NAME_FIELDS, "") for field in self.nodes(parts.get("neighbours"))
        ]
        usual = self.one_of(parts.get("usual"), tuple(Order), Order.DAY_FIRST)
        return DateRule(Order(usual), tuple(neighbours), self.day(parts.get("earliest")))

    def themes(self, node: Node | None) -> tuple[ThemeColumns | ThemeList | None, frozenset[str]]:
        """Return where themes are, and the columns of theirs that a file may lack."""
        known = ("ticked", "optional", "columns", "column", "separator")
        parts = dict(self.pairs(node, known, "a part of “themes”"))
        if "column" in parts:
            separator = self.text(parts.get("separator")) if "separator" in parts else ";"
            return ThemeList(self.column(parts["column"]), separator), frozenset()
        if "columns" not in parts:
            if node is not None:
                self.fault(node.place, "needs “columns” (one for each theme) or “column” (a list).")
            return None, frozenset()
        named = dict(self.theme(item) for item in self.nodes(parts["columns"]))
        ticked = frozenset(tick.casefold() for tick in self.texts(parts.get("ticked"))) or {"1"}
        optional = frozenset(named) if self.flag(parts.get("optional")) else frozenset()
        return ThemeColumns(named, frozenset(ticked)), optional

    def theme(self, node: Node) -> tuple[str, str]:
        if isinstance(node, Mapped):
            parts = dict(self.pairs(node, ("column", "theme"), "a part of a theme"))
            for part in ("column", "theme"):
                if part not in parts:
                    self.fault(node.place, f"needs “{part}”, or write the column's name alone.")
            return self.column(parts.get("column")), tidy(self.text(parts.get("theme")))
        key = self.column(node)
        return key, self.spelled[key]

    def column(self, node: Node | None) -> str:
        name = self.text(node)
        self.spelled.setdefault(column_key(name), tidy(name))
        return column_key(name)

    def known(self, node: Mapped, names: tuple[str, ...], what: str) -> None:
        for name in node.items:
            if name not in names:
                said = f"“{name}” is not {what}{nearest(name, names)}. Known: {', '.join(names)}."
                self.fault(node.named_at[name], said)

    def pairs(
        self, node: Node | None, names: tuple[str, ...] = (), what: str = ""
    ) -> Iterator[tuple[str, Node]]:
        if node is None:
            return
        if not isinstance(node, Mapped):
            self.fault(node.place, f"should be names with values, but is {described(node)}.")
            return
        if names:
            self.known(node, names, what)
        yield from node.items.items()

    def nodes(self, node: Node | None) -> list[Node]:
        if node is None:
            return []
        if not isinstance(node, Listed):
            self.fault(node.place, f"should be a list, but is {described(node)}.")
            return []
        return node.items

    def texts(self, node: Node | None) -> list[str]:
        return [self.text(item) for item in self.nodes(node)]

    def text(self, node: Node | None) -> str:
        if isinstance(node, Scalar) and isinstance(node.value, str) and node.value.strip():
            return node.value
        if node is not None:
            said = f"should be text, but is {described(node)}. Put it in quotation marks."
            self.fault(node.place, said)
        return ""

    def both(self, node: Node | None) -> Words:
        if not isinstance(node, Mapped):
            return Words(self.text(node))
        told = self.pairs(node, ("en", "cy"), "a language")
        said = {language: self.text(words) for language, words in told}
        if "en" not in said:
            self.fault(node.place, "needs “en”, its words in English.")
        return Words(said.get("en", ""), said.get("cy", ""))

    def flag(self, node: Node | None) -> bool:
        if node is None or (isinstance(node, Scalar) and isinstance(node.value, bool)):
            return node is not None and node.plain() is True
        self.fault(node.place, f"should be true or false, but is {described(node)}.")
        return False

    def one_of(self, node: Node | None, words: tuple[str, ...], otherwise: str) -> str:
        if node is None:
            return otherwise
        text = self.text(node)
        if text in words:
            return text
        if text:
            known = f"{nearest(text, words)}. Known: {', '.join(words)}."
            self.fault(node.place, f"“{text}” is not known here{known}")
        return otherwise

    def day(self, node: Node | None) -> date:
        earliest = date(1990, 1, 1)
        if node is None:
            return earliest
        text = self.text(node)
        try:
            return date.fromisoformat(text)
        except ValueError:
            if text:
                self.fault(node.place, f"“{text}” is not a date. Write it like 2013-04-01.")
            return earliest
