"""Reads mapping files, and says where and why one cannot be used."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from candour.bodies.models import Nation
from candour.directory.errors import MappingError
from candour.directory.reading.mapping import FIELDS, LIST_FIELDS, Mapping, RatingColumns, Ticked
from candour.directory.reading.names import column_key, nearest, tidy
from candour.directory.schemas import SCHEMAS, RatingSchema
from candour.engine.words import Words
from candour.policies.faults import Fault, Place
from candour.policies.reading.nodes import Listed, Mapped, Node, Scalar, described
from candour.policies.reading.yaml_files import read_file

SHIPPED: Final = Path(__file__).parents[1] / "mappings"
NEEDED: Final = ("title", "register", "nation", "columns")
PARTS: Final = (
    *("title", "register", "nation", "whole", "columns", "optional", "separator", "ticked"),
    *("values", "nursing", "children", "adults", "blank", "ratings", "ignore"),
)
OF_RATINGS: Final = ("schema", "columns", "question", "rating", "given on", "only", "words")


def shipped_mappings() -> dict[str, Path]:
    """Return the mappings that come with Candour: each one's file by its name."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.yaml"))}


def find_mapping(name: str) -> Mapping:
    """Return the shipped mapping of this name, or the one in the file that is named.

    Raises:
        MappingError: there is none such, or it makes no sense.
    """
    shipped = shipped_mappings()
    if name in shipped:
        return read_mapping(shipped[name])
    if name.endswith((".yaml", ".yml")):
        return read_mapping(Path(name))
    raise MappingError(
        f"There is no mapping “{name}”{nearest(name, shipped)}. There are: {', '.join(shipped)}; "
        "or give the path of a mapping file of your own, ending in .yaml."
    )


def read_mapping(path: Path) -> Mapping:
    """Return the mapping that a file holds.

    Raises:
        MappingError: with every fault found: file, line, column, what is wrong and what to do.
    """
    faults: list[Fault] = []
    root = read_file(path, path.name, faults)
    mapping = None if faults else _Reading(path.name, faults).mapping(root, path.stem)
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
        return Mapping(
            name=name,
            title=self.both(parts.get("title")),
            register=self.text(parts.get("register")),
            nation=self.one_of(parts.get("nation"), tuple(Nation), "a nation"),
            whole=self.flag(parts.get("whole")),
            columns=self.columns(parts.get("columns")),
            optional=frozenset(map(self.column, self.nodes(parts.get("optional")))),
            separator=self.text(parts.get("separator")) or "|",
            ticked=self.ticked(parts.get("ticked")),
            values=self.values(parts.get("values")),
            nursing=self.words(parts.get("nursing")),
            children=self.words(parts.get("children")),
            adults=self.words(parts.get("adults")),
            blanks=self.words(parts.get("blank")),
            ratings=self.ratings(parts.get("ratings")),
            ignore=frozenset(map(self.column, self.nodes(parts.get("ignore")))),
            spelled=self.spelled,
        )

    def columns(self, node: Node | None) -> dict[str, tuple[str, ...]]:
        found = {
            field: tuple(map(self.column, self.one_or_more(columns)))
            for field, columns in self.pairs(node, FIELDS, "a field of a service")
        }
        if node is not None and "number" not in found:
            self.fault(node.place, "must say which column holds the “number” of a service.")
        return found

    def ticked(self, node: Node | None) -> dict[str, Ticked]:
        found = {}
        for field, ticks in self.pairs(node, LIST_FIELDS, "a field that can be ticked"):
            parts = dict(self.pairs(ticks, ("begins", "by"), "a part of “ticked”"))
            if "begins" not in parts:
                self.fault(ticks.place, "needs “begins”: how the names of such columns begin.")
            found[field] = Ticked(self.text(parts.get("begins")), self.words(parts.get("by")))
        return found

    def values(self, node: Node | None) -> dict[str, dict[str, str]]:
        return {
            field: {tidy(given).casefold(): self.text(into) for given, into in self.pairs(meant)}
            for field, meant in self.pairs(node, FIELDS, "a field whose values can be mapped")
        }

    def ratings(self, node: Node | None) -> RatingColumns | None:
        if node is None:
            return None
        parts = dict(self.pairs(node, OF_RATINGS, "a part of “ratings”"))
        schema = SCHEMAS.get(
            self.one_of(parts.get("schema"), tuple(SCHEMAS), "a schema of ratings")
        )
        if schema is None:
            self.fault(node.place, f"must name its “schema”: {', '.join(SCHEMAS)}.")
            return None
        wide = dict(self.pairs(parts.get("columns"), tuple(schema.questions), "a question"))
        if not wide and not ("question" in parts and "rating" in parts):
            self.fault(node.place, "needs “columns”, or both “question” and “rating”.")
        return RatingColumns(
            schema=schema,
            wide={question: self.column(column) for question, column in wide.items()},
            question=self.column(parts.get("question")),
            rating=self.column(parts.get("rating")),
            on=self.column(parts.get("given on")),
            only={
                self.spelled_as(column): self.words(words)
                for column, words in self.pairs(parts.get("only"))
            },
            words=self.rating_words(parts.get("words"), schema),
        )

    def rating_words(self, node: Node | None, schema: RatingSchema) -> dict[str, str]:
        found = {said.casefold(): name for name, said in schema.ratings.items()}
        for given, meant in self.pairs(node):
            if isinstance(meant, Scalar) and meant.value is None:
                found[tidy(given).casefold()] = ""
                continue
            name = self.one_of(meant, tuple(schema.ratings), "a rating of this schema")
            found[tidy(given).casefold()] = name
        return found

    def column(self, node: Node | None) -> str:
        name = self.text(node)
        return self.spelled_as(name) if name else ""

    def spelled_as(self, name: str) -> str:
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

    def one_or_more(self, node: Node) -> list[Node]:
        return node.items if isinstance(node, Listed) else [node]

    def words(self, node: Node | None) -> frozenset[str]:
        return frozenset(tidy(self.text(item)).casefold() for item in self.nodes(node))

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
        said = {
            language: self.text(words)
            for language, words in self.pairs(node, ("en", "cy"), "a language")
        }
        if "en" not in said:
            self.fault(node.place, "needs “en”, its words in English.")
        return Words(said.get("en", ""), said.get("cy", ""))

    def flag(self, node: Node | None) -> bool:
        if node is None or (isinstance(node, Scalar) and isinstance(node.value, bool)):
            return node is not None and node.plain() is True
        self.fault(node.place, f"should be true or false, but is {described(node)}.")
        return False

    def one_of(self, node: Node | None, words: tuple[str, ...], what: str) -> str:
        text = self.text(node)
        if text and text not in words and node is not None:
            known = f"{nearest(text, words)}. Known: {', '.join(words)}."
            self.fault(node.place, f"“{text}” is not {what}{known}")
            return ""
        return text
