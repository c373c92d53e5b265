"""What a letter, notice, form or agenda says, before it is drawn as a PDF, a Word file or a mail.

A content knows no layout: it is headings, paragraphs, lists, tables and rules. It goes to JSON and
back without loss, and `canonical` is the one text of it that a seal is taken of.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from candour.documents.plain import one_line, plain

LANGUAGES = ("en", "cy")
DEEPEST_LIST = 3  # lists within lists: what Word has styles for, and readers patience
_NARROWEST, _WIDEST, _MARGINS = (
    8,
    50,
    5,
)  # letters of a column’s longest text that its width goes by


class MalformedContent(ValueError):
    """A stored content is not one that this module wrote."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one weight and slope; a line feed in it is a line break."""

    text: str
    strong: bool = False
    emphasis: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the document: level 2 or deeper, for the title is level 1."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, and the lists that stand under it."""

    runs: Runs
    below: tuple["Items", ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered from `start` where it is `ordered`."""

    ordered: bool
    items: tuple[Item, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one row of headings, and rows of as many cells."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


Block: TypeAlias = Heading | Paragraph | Items | Table | Rule


@dataclass(frozen=True, slots=True)
class Content:
    """What a document says in one language ("en" or "cy"). `title` is its first heading."""

    language: str
    title: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise MalformedContent(f"A document is in “en” or “cy”, not in {self.language!r}.")
        object.__setattr__(self, "title", one_line(self.title))


def text_of(runs: Runs) -> str:
    """Return the text of runs, without weight and slope."""
    return "".join(run.text for run in runs)


def shares_of_width(table: Table) -> list[int]:
    """Return what each column of a table takes of its width, by the longest text in it."""
    columns = zip(table.head, *table.rows, strict=True)
    return [
        min(max(_NARROWEST, *(len(text_of(cell)) for cell in column)), _WIDEST) + _MARGINS
        for column in columns
    ]


def canonical(content: Content) -> str:
    """Return the one JSON text that stands for this content: what a seal is taken of."""
    return json.dumps(as_json(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def as_json(content: Content) -> dict[str, Any]:
    """Return the content as JSON values."""
    return {
        "language": content.language,
        "title": content.title,
        "blocks": [_block_as_json(block) for block in content.blocks],
    }


def from_json(stored: Mapping[str, Any]) -> Content:
    """Return the content that `as_json` wrote.

    Raises:
        MalformedContent: this is not the JSON of a content.
    """
    try:
        return Content(
            language=stored["language"],
            title=stored["title"],
            blocks=tuple(_block_from_json(block) for block in stored["blocks"]),
        )
    except (KeyError, TypeError, AttributeError) as wrong:
        raise MalformedContent(f"This is not the JSON of a document: {wrong!r}.") from wrong


def _block_as_json(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, runs):
            return {"block": "heading", "level": level, "runs": _runs_as_json(runs)}
        case Paragraph(runs):
            return {"block": "paragraph", "runs": _runs_as_json(runs)}
        case Items():
            return _items_as_json(block)
        case Table(head, rows):
            cells = [[_runs_as_json(cell) for cell in row] for row in (head, *rows)]
            return {"block": "table", "head": cells[0], "rows": cells[1:]}
        case Rule():
            return {"block": "rule"}


def _items_as_json(listed: Items) -> dict[str, Any]:
    return {
        "block": "items",
        "ordered": listed.ordered,
        "start": listed.start,
        "items": [
            {
                "runs": _runs_as_json(item.runs),
                "below": [_items_as_json(below) for below in item.below],
            }
            for item in listed.items
        ],
    }


def _runs_as_json(runs: Runs) -> list[dict[str, Any]]:
    return [{"text": run.text, "strong": run.strong, "emphasis": run.emphasis} for run in runs]


def _block_from_json(stored: Mapping[str, Any]) -> Block:
    match stored["block"]:
        case "heading":
            return Heading(stored["level"], _runs_from_json(stored["runs"]))
        case "paragraph":
            return Paragraph(_runs_from_json(stored["runs"]))
        case "items":
            return _items_from_json(stored)
        case "table":
            return Table(
                _cells_from_json(stored["head"]),
                tuple(_cells_from_json(row) for row in stored["rows"]),
            )
        case "rule":
            return Rule()
        case other:
            raise MalformedContent(f"A document has no block {other!r}.")


def _items_from_json(stored: Mapping[str, Any]) -> Items:
    return Items(
        ordered=stored["ordered"],
        start=stored["start"],
        items=tuple(
            Item(
                _runs_from_json(item["runs"]),
                tuple(_items_from_json(below) for below in item["below"]),
            )
            for item in stored["items"]
        ),
    )


def _cells_from_json(stored: Sequence[Sequence[Mapping[str, Any]]]) -> tuple[Runs, ...]:
    return tuple(_runs_from_json(cell) for cell in stored)


def _runs_from_json(stored: Sequence[Mapping[str, Any]]) -> Runs:
    return tuple(Run(run["text"], run["strong"], run["emphasis"]) for run in stored)
