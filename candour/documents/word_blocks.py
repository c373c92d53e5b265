"""Writes the blocks of a content as WordprocessingML, in Word's own styles for each."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from candour.documents.content import (
    DEEPEST_LIST,
    Block,
    Heading,
    Items,
    Paragraph,
    Rule,
    Run,
    Runs,
    Table,
    shares_of_width,
)

FIRST_OWN_NUMBERING = 101
_TEXT_WIDTH = 9400  # twentieths of a point between the margins
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8B9299"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_RULE = (
    '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="8B9299"/>'
    "</w:pBdr></w:pPr></w:p>"
)


class BlockWriter:
    """Writes blocks one after the other; `numbered` says which numberings they need.

    Each ordered list begins its own numbering, so `numbered` holds a list's level and first number
    in the order of the ids that were given out from `FIRST_OWN_NUMBERING`.
    """

    def __init__(self) -> None:
        self.numbered: list[tuple[int, int]] = []

    def written(self, blocks: Sequence[Block]) -> str:
        """Return the XML of blocks, without any brace: nothing after it may read one as code."""
        return without_braces("".join("".join(self._block(block)) for block in blocks))

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(level, runs):
                yield _paragraph(runs, f"Heading{level}")
            case Paragraph(runs):
                yield _paragraph(runs)
            case Items():
                yield from self._items(block, 1)
            case Table():
                yield _table(block)
                yield "<w:p/>"
            case Rule():
                yield _RULE

    def _items(self, listed: Items, level: int) -> Iterator[str]:
        suffix = str(level) if level > 1 else ""
        numbering = ""
        if listed.ordered:
            self.numbered.append((level, listed.start))
            own = FIRST_OWN_NUMBERING + len(self.numbered) - 1
            numbering = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{own}"/></w:numPr>'
        style = f"{'ListNumber' if listed.ordered else 'ListBullet'}{suffix}"
        for item in listed.items:
            yield _paragraph(item.runs, style, numbering)
            for below in item.below:
                yield from self._items(below, min(level + 1, DEEPEST_LIST))


def without_braces(xml: str) -> str:
    """Return XML that says the same and holds no brace that a template engine could read."""
    return xml.replace("{", "&#123;").replace("}", "&#125;")


def _paragraph(runs: Runs, style: str = "", numbering: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{numbering}</w:pPr>{''.join(map(_run, runs))}</w:p>"


def _run(run: Run, *, strong: bool = False) -> str:
    weight = "<w:b/>" if run.strong or strong else ""
    slope = "<w:i/>" if run.emphasis else ""
    return f"<w:r><w:rPr>{weight}{slope}</w:rPr>{_text(run.text)}</w:r>"


def _text(said: str) -> str:
    """Return text as what stands inside a Word run, its breaks and tabs as Word has them."""
    lines = (
        "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else ""
            for part in line.split("\t")
        )
        for line in said.split("\n")
    )
    return "<w:br/>".join(lines)


def _table(table: Table) -> str:
    shares = shares_of_width(table)
    widths = [_TEXT_WIDTH * share // sum(shares) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    headings = _cells(table.head, widths, strong=True)
    body = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cells(row, widths)}</w:tr>" for row in table.rows
    )
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
        f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{headings}</w:tr>{body}</w:tbl>"
    )


def _cells(cells: Sequence[Runs], widths: Sequence[int], *, strong: bool = False) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F1F3F5"/>' if strong else ""
    return "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        '<w:p><w:pPr><w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/></w:pPr>'
        f"{''.join(_run(run, strong=strong) for run in cell)}</w:p></w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
