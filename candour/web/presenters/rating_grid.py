"""The picture of a rating: the grid, with a mark for each agency and one for what was agreed.

The table beside it says the same in words, so the picture itself has one short description.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from markupsafe import Markup

from candour.engine.matrix import Cell, Matrix
from candour.web.spoken import said

WIDE, HIGH, HEAD, SIDE = 124, 100, 46, 48
PER_LINE = 4  # marks beside each other in a cell
# From the mildest to the gravest: light enough for black words on all of them (7:1 and more).
SHADES = ("#eaf4ea", "#f3f6d8", "#fff3c4", "#ffe4b3", "#ffd0ae", "#f9bcb1", "#efa9af")


@dataclass(frozen=True, slots=True)
class Mark:
    """A letter that stands for an agency in the picture and in the table beside it."""

    letter: str
    cell: Cell


def letters(agencies: Sequence[str]) -> dict[str, str]:
    """Return a letter for each agency: A, B, … Z, A1, B1 …."""
    return {
        agency: chr(ord("A") + n % 26) + (str(n // 26) if n >= 26 else "")
        for n, agency in enumerate(agencies)
    }


def grid(
    matrix: Matrix, marks: Sequence[Mark], agreed: Cell | None, labels: Mapping[str, str], says: str
) -> Markup:
    """Return the grid as SVG.

    Args:
        matrix: the rows run from the mildest at the foot to the gravest at the head.
        marks: one for each agency that rated.
        agreed: the cell agreed on, if any.
        labels: the words of the axes (`row`, `column`) and of the outcomes, by id.
        says: what the picture shows, in a sentence.
    """
    columns, rows = matrix.columns, tuple(reversed(matrix.rows))
    width, height = SIDE + WIDE * len(columns), HEAD + HIGH * len(rows)
    gravities = sorted({matrix.gravity(cell) for cell in matrix.cells})
    parts = [
        f'<svg class="app-diagram" role="img" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" xmlns="http://www.w3.org/2000/svg" '
        f'font-family="system-ui, sans-serif" font-size="13"><title>{escape(says)}</title>',
        _text(SIDE + (width - SIDE) / 2, 15, labels["column"], anchor="middle", bold=True),
        f'<g transform="translate(13 {HEAD + (height - HEAD) / 2}) rotate(-90)">'
        f"{_text(0, 0, labels['row'], anchor='middle', bold=True)}</g>",
    ]
    for x, column in enumerate(columns):
        parts.append(_text(SIDE + WIDE * x + WIDE / 2, 36, column.id, anchor="middle"))
    for y, row in enumerate(rows):
        top = HEAD + HIGH * y
        parts.append(_text(35, top + HIGH / 2 + 4, row.id, anchor="middle"))
        for x, column in enumerate(columns):
            cell = (row.id, column.id)
            shade = SHADES[gravities.index(matrix.gravity(cell)) * len(SHADES) // len(gravities)]
            here = [mark.letter for mark in marks if mark.cell == cell]
            words = labels.get(matrix.cells[cell][0], "")
            parts.append(_cell(SIDE + WIDE * x, top, shade, words))
            parts.append(_marks(SIDE + WIDE * x, top, here))
            if cell == agreed:
                parts.append(_ring(SIDE + WIDE * x, top))
    return Markup("".join(parts) + "</svg>")  # noqa: S704  # its words are escaped above


def axis_words(matrix: Matrix) -> list[tuple[str, str]]:
    """Return what each row's and column's short name means, mildest first."""
    return [(option.id, said(option.label)) for option in (*matrix.rows, *matrix.columns)]


def _text(x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    place = f'x="{x}" y="{y}" text-anchor="{anchor}"'
    return f'<text {place} fill="#0b0c0c"{weight}>{escape(words)}</text>'


def _cell(x: int, y: int, shade: str, outcome: str) -> str:
    lines = wrap(outcome, width=17, max_lines=2, placeholder="…")
    words = "".join(
        f'<text x="{x + 9}" y="{y + 20 + 15 * n}" font-size="12" fill="#3d3843">'
        f"{escape(line)}</text>"
        for n, line in enumerate(lines)
    )
    return (
        f'<rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" fill="{shade}" stroke="#ffffff" '
        f'stroke-width="2"/>{words}'
    )


def _marks(x: int, y: int, here: Sequence[str]) -> str:
    drawn = []
    for n, letter in enumerate(here):
        cx, cy = x + 22 + 27 * (n % PER_LINE), y + 56 + 26 * (n // PER_LINE)
        drawn.append(
            f'<circle cx="{cx}" cy="{cy}" r="11.5" fill="#2f1f3a"/>'
            f'<text x="{cx}" y="{cy + 4.5}" text-anchor="middle" font-weight="700" '
            f'fill="#ffffff">{letter}</text>'
        )
    return "".join(drawn)


def _ring(x: int, y: int) -> str:
    """The agreed cell: a frame of its own shape, told apart without colour."""
    return (
        f'<rect x="{x + 3}" y="{y + 3}" width="{WIDE - 6}" height="{HIGH - 6}" fill="none" '
        f'stroke="#0b0c0c" stroke-width="4"/>'
        f'<path d="M{x + WIDE - 24} {y + 3}h21v21z" fill="#0b0c0c"/>'
    )
