"""Reads the Markdown of a letter into its content, and writes values into Markdown safely.

The dialect is small, so that whoever edits a draft meets no surprise: headings from `##`,
paragraphs, `-` and `1.` lists, tables, `---` for a line across, `**strong**` and `*emphasis*`, and
a backslash at the end of a line for a line break. Everything else is the text that it looks like:
underscores (`____` is a blank to fill in), brackets, ☐ and backticks among it.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.hr import hr
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from candour.documents.content import (
    DEEPEST_LIST,
    Block,
    Content,
    Heading,
    Item,
    Items,
    Paragraph,
    Rule,
    Run,
    Runs,
    Table,
)
from candour.documents.escaping import BREAK, joined
from candour.documents.faults import MarkdownFault, refuse_what_letters_lack
from candour.documents.plain import plain

FIRST_LEVEL = 2  # the title of the document is level 1
DEEPEST_LEVEL = 4


def read_markdown(text: str, *, language: str, title: str) -> Content:
    """Return the content that this Markdown says, in this language and under this title.

    Raises:
        MarkdownFault: it uses what letters do not have; the message says what to write instead.
    """
    source = joined(plain(text))
    refuse_what_letters_lack(source)
    reader = _Reader(source)
    return Content(language, title, tuple(reader.blocks()))


class _Reader:
    """Walks the tokens of one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = source.split("\n")
        self.tokens = _PARSER.parse(source)
        self.at = 0
        self.level = FIRST_LEVEL - 1
        self.lists = 0  # how many lists stand round what is read now

    def blocks(self) -> Iterator[Block]:
        while self.at < len(self.tokens):
            block = self.block(self.take())
            if block is not None:
                yield block

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def block(self, token: Token) -> Block | None:
        """Return the block that begins with this token, or None where it says nothing."""
        match token.type:
            case "heading_open":
                return self.heading(token)
            case "paragraph_open":
                runs = self.closed_runs()
                return Paragraph(runs) if runs else None
            case "bullet_list_open" | "ordered_list_open":
                return self.items(token)
            case "table_open":
                return self.table()
            case _:
                return Rule()

    def closed_runs(self) -> Runs:
        """Return the runs of the inline token that comes now, and step over what closes it."""
        runs = _runs(self.take().children or ())
        self.at += 1
        return runs

    def heading(self, token: Token) -> Heading | None:
        level = int(token.tag[1:])
        if level < FIRST_LEVEL:
            raise self.fault(
                token, "“#” is the title, and the subject gives that: begin headings with “##”."
            )
        if level > min(self.level + 1, DEEPEST_LEVEL):
            most = "#" * min(self.level + 1, DEEPEST_LEVEL)
            raise self.fault(
                token,
                f"“{'#' * level}” skips a level, and a screen reader loses its place: "
                f"write “{most}” or fewer.",
            )
        runs = self.closed_runs()
        if not runs:
            return None
        self.level = level
        return Heading(level, runs)

    def items(self, opening: Token) -> Items | None:
        self.lists += 1
        if self.lists > DEEPEST_LIST:
            raise self.fault(
                opening,
                f"This list stands {DEEPEST_LIST} lists deep, and readers lose their way: "
                "give its items a heading, or a list of their own.",
            )
        ordered = opening.type == "ordered_list_open"
        found: list[Item] = []
        while self.take().type == "list_item_open":
            item = self.item()
            if item.runs or item.below:
                found.append(item)
        self.lists -= 1
        start = int(opening.attrs.get("start", 1)) if ordered else 1
        return Items(ordered, tuple(found), start) if found else None

    def item(self) -> Item:
        runs: list[Run] = []
        below: list[Items] = []
        while (token := self.take()).type != "list_item_close":
            block = self.block(token)
            if isinstance(block, Paragraph) and not below:
                runs += ([Run("\n")] if runs else []) + list(block.runs)
            elif isinstance(block, Items):
                below.append(block)
            elif block is not None:
                raise self.fault(
                    token,
                    "An item of a list holds text and further lists only: put headings, tables "
                    "and what follows a list inside it at the left margin.",
                )
        return Item(_merged(runs), tuple(below))

    def table(self) -> Table:
        rows: list[tuple[Runs, ...]] = []
        while (token := self.take()).type != "table_close":
            if token.type == "tr_open":
                rows.append(tuple(self.row()))
                self.refuse_cells_beyond_the_head(token, len(rows[0]))
        return Table(rows[0], tuple(rows[1:]))

    def row(self) -> Iterator[Runs]:
        while self.take().type != "tr_close":
            yield self.closed_runs()

    def refuse_cells_beyond_the_head(self, row: Token, width: int) -> None:
        """Refuse a row whose last cells would silently be left out."""
        line = self.lines[_first_line(row)].strip()
        cells = escapedSplit(line)
        cells = cells[1:] if not cells[0] else cells
        cells = cells[:-1] if cells and not cells[-1] else cells
        if len(cells) > width:
            raise self.fault(
                row,
                f"This row has {len(cells)} cells and the headings have {width}: "
                "give every column a heading, or write “\\|” for a bar that parts no cells.",
            )

    def fault(self, token: Token, message: str) -> MarkdownFault:
        before = "\n".join(self.lines[: _first_line(token)])
        return MarkdownFault(message, _first_line(token) + before.count(BREAK) + 1)


def _first_line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _runs(children: Sequence[Token]) -> Runs:
    strong = emphasis = 0
    runs: list[Run] = []
    for child in children:
        match child.type:
            case "strong_open" | "strong_close":
                strong += child.nesting
            case "em_open" | "em_close":
                emphasis += child.nesting
            case "softbreak":
                runs.append(Run(" ", strong > 0, emphasis > 0))
            case "hardbreak":
                runs.append(Run("\n", strong > 0, emphasis > 0))
            case _:
                text = child.content.replace(BREAK, "\n")
                runs.append(Run(text, strong > 0, emphasis > 0))
    return _merged(runs)


def _merged(runs: Sequence[Run]) -> Runs:
    """Return the runs with neighbours of one style as one, and without empty ones."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and (last.strong, last.emphasis) == (run.strong, run.emphasis):
            merged[-1] = Run(last.text + run.text, run.strong, run.emphasis)
        elif run.text:
            merged.append(run)
    return tuple(merged)


def _underscores(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own call
    """Take underscores as the text that they are: they are blanks to fill in."""
    end = state.pos
    while end < state.posMax and state.src[end] == "_":
        end += 1
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


_NUMBERED = re.compile(r"&#(\d{1,7});")


def _numbered(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own call
    """Read `&#32;`: a character that would be lost where it stands, by its number."""
    found = _NUMBERED.match(state.src, state.pos)
    if not found or int(found[1]) > 0x10FFFF:
        return False
    if not silent:
        # As a token of its own: spaces that are pending at the end of a line are dropped.
        state.push("text_special", "", 0).content = chr(int(found[1]))
    state.pos = found.end()
    return True


def _line_across(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001
    """Read `---`; a line of underscores or asterisks is text."""
    begin = state.bMarks[first] + state.tShift[first]
    return state.src[begin : begin + 1] == "-" and hr(state, first, last, silent)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(
        ["heading", "list", "table", "hr", "newline", "escape", "emphasis"]
    )
    parser.block.ruler.at(
        "hr", _line_across, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.inline.ruler.before("emphasis", "underscores", _underscores)
    parser.inline.ruler.before("emphasis", "numbered", _numbered)
    return parser


_PARSER = _parser()
