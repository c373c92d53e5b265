"""Draws a procedure: an SVG that reads on paper, on a screen and aloud; or Mermaid text.

Every move has a number on its line and its words in the key below. The SVG stands alone: no style
sheet, no script, dark lines on white; its `<desc>` says in words everything that it shows.
"""

import textwrap
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from candour.engine.procedure import Move, Procedure
from candour.engine.words import Language, Words
from candour.policies.layout import BOX_WIDTH, MARGIN, Box, Layout, Line, lay_out

INK: Final = "#0b0c0c"
PAPER: Final = "#ffffff"
HERE: Final = "#1d70b8"
FONT: Final = 'font-family="Arial, Helvetica, sans-serif"'
ROW: Final = 20  # between lines of text
LETTER: Final = 7.4  # roughly how wide a letter of 14 px is
LEAST_WIDTH: Final = 640
ROUND: Final = 6

_SAID: Final = {
    "steps": Words("Steps", "Camau"),
    "moves": Words("Moves", "Symudiadau"),
    "from": Words("from", "o"),
    "to": Words("to", "i"),
    "any": Words("any step", "unrhyw gam"),
    "here": Words("The case is here", "Mae’r achos yma"),
    "final": Words("The case is closed", "Mae’r achos wedi cau"),
    "rationale": Words(
        "dashed: needs a written rationale", "toredig: mae angen rhesymeg ysgrifenedig"
    ),
}


def diagram(procedure: Procedure, language: Language = "en", at_step: str | None = None) -> str:
    """Return the SVG of a procedure's steps and moves, the step a case is at marked.

    Raises:
        KeyError: `at_step` is not a step of the procedure.
    """
    if at_step is not None:
        procedure.steps[at_step]
    return "\n".join(_Drawing(procedure, language, at_step).lines())


class _Drawing:
    def __init__(self, procedure: Procedure, language: Language, at_step: str | None) -> None:
        self.procedure = procedure
        self.language = language
        self.at_step = at_step
        self.layout: Layout = lay_out(procedure)
        self.width = max(self.layout.width, LEAST_WIDTH)
        self.shift = (self.width - self.layout.width) // 2
        self.key = list(self._key())

    def lines(self) -> Iterator[str]:
        height = self.layout.height + ROW * (len(self.key) + 1) + MARGIN
        name = f"diagram-{self.procedure.name}"
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {height}" '
            f'width="{self.width}" height="{height}" role="img" '
            f'aria-labelledby="{name}-title {name}-desc" lang="{self.language}">'
        )
        yield f'<title id="{name}-title">{escape(self._t(self.procedure.title))}</title>'
        yield f'<desc id="{name}-desc">{escape(self._description())}</desc>'
        yield f'<rect width="{self.width}" height="{height}" fill="{PAPER}"/>'
        yield f'<g transform="translate({self.shift} 0)" fill="none" stroke="{INK}">'
        for line in self.layout.lines:
            yield from self._line(line)
        yield "</g>"
        yield f'<g transform="translate({self.shift} 0)" {FONT} font-size="15">'
        for box in self.layout.boxes:
            yield from self._box(box)
        yield "</g>"
        yield f'<g {FONT} font-size="14" fill="{INK}">'
        for number, text in enumerate(self.key, start=1):
            y = self.layout.height + ROW * number
            yield f'<text x="{MARGIN}" y="{y}" xml:space="preserve">{escape(text)}</text>'
        yield "</g>"
        yield "</svg>"

    def _t(self, words: Words) -> str:
        return words.text(self.language)

    def _said(self, name: str) -> str:
        return self._t(_SAID[name])

    # -- lines -----------------------------------------------------------------------------------

    def _line(self, line: Line) -> Iterator[str]:
        move = self.procedure.moves[line.move]
        dashes = ' stroke-dasharray="6 4"' if move.rationale else ""
        yield f"<g><title>{escape(f'{line.number}. {self._t(move.title)}')}</title>"
        for path in _paths(line):
            yield f'<path d="{path}" stroke-width="1.5"{dashes}/>'
        tip = 1 if line.side == "right" else -1
        points = f"{line.edge},{line.target} {line.edge + 9 * tip},{line.target - 5}"
        points += f" {line.edge + 9 * tip},{line.target + 5}"
        yield f'<polygon points="{points}" fill="{INK}"/>'
        yield f'<circle cx="{line.x}" cy="{line.badge}" r="10" fill="{PAPER}"/>'
        yield (
            f'<text x="{line.x}" y="{line.badge + 4}" {FONT} font-size="12" font-weight="bold" '
            f'text-anchor="middle" fill="{INK}" stroke="none">{line.number}</text></g>'
        )

    # -- steps -----------------------------------------------------------------------------------

    def _box(self, box: Box) -> Iterator[str]:
        step = self.procedure.steps[box.step]
        here = box.step == self.at_step
        colour, width = (HERE, 4) if here else (INK, 2)
        frame = f'width="{BOX_WIDTH}" height="{box.height}" rx="{ROUND}" fill="{PAPER}"'
        yield f'<g><rect x="{box.x}" y="{box.y}" {frame} stroke="{colour}" stroke-width="{width}"/>'
        if step.final:
            inner = f'width="{BOX_WIDTH - 10}" height="{box.height - 10}" rx="{ROUND}" fill="none"'
            yield f'<rect x="{box.x + 5}" y="{box.y + 5}" {inner} stroke="{INK}"/>'
        texts = [*textwrap.wrap(self._t(step.title), 24), *([self._said("here")] if here else [])]
        top = box.y + box.height / 2 - ROW * (len(texts) - 1) / 2 + 5
        for number, text in enumerate(texts):
            note = here and number == len(texts) - 1
            style = f'fill="{HERE if note else INK}"' + ("" if note else ' font-weight="bold"')
            x, y = box.x + BOX_WIDTH // 2, round(top + ROW * number)
            yield f'<text x="{x}" y="{y}" text-anchor="middle" {style}>{escape(text)}</text>'
        yield "</g>"

    # -- words -----------------------------------------------------------------------------------

    def _key(self) -> Iterator[str]:
        """Yield the lines of the key, each move's words folded to the width."""
        letters = int((self.width - 2 * MARGIN) / LETTER)
        for number, move in enumerate(self.procedure.moves.values(), start=1):
            text = f"{number}. {self._worded(move)}"
            yield from textwrap.wrap(
                text, letters, subsequent_indent="     ", break_on_hyphens=False
            )
        if any(move.rationale for move in self.procedure.moves.values()):
            yield f"- - -  {self._said('rationale')}"

    def _worded(self, move: Move) -> str:
        """Return a move in words: its title, from where and to where."""
        steps = self.procedure.steps
        unfinished = tuple(step.id for step in steps.values() if not step.final)
        sources = (
            self._said("any")
            if len(unfinished) > 1 and set(move.from_steps) == set(unfinished)
            else ", ".join(self._t(steps[step].title) for step in move.from_steps)
        )
        to = self._t(steps[move.to].title)
        way = f"{self._said('from')} {sources} {self._said('to')} {to}"
        return f"{self._t(move.title)} ({way})"

    def _description(self) -> str:
        steps = self.procedure.steps
        named = [
            self._t(step.title)
            + (f" ({self._said('final')})" if step.final else "")
            + (f" ({self._said('here')})" if step.id == self.at_step else "")
            for step in (steps[box.step] for box in self.layout.boxes)
        ]
        moves = [
            f"{number}. {self._worded(move)}"
            for number, move in enumerate(self.procedure.moves.values(), start=1)
        ]
        listed = f"{self._said('steps')}: {'; '.join(named)}."
        return f"{listed} {self._said('moves')}: {'; '.join(moves)}."


def _paths(line: Line) -> Iterator[str]:
    """Yield the way from the farthest step, and from each other step as far as that way."""
    farthest = max(line.sources, key=lambda source: abs(line.target - source))
    for source in line.sources:
        if source == farthest:
            yield _whole_way(line, source)
        else:
            yield f"M{line.edge} {source}H{line.x}"


def _whole_way(line: Line, source: int) -> str:
    out = 1 if line.side == "right" else -1
    along = 1 if line.target > source else -1
    bend = min(ROUND, abs(line.target - source) // 2)
    near = line.x - bend * out
    return (
        f"M{line.edge} {source}H{near}Q{line.x} {source} {line.x} {source + bend * along}"
        f"V{line.target - bend * along}Q{line.x} {line.target} {near} {line.target}H{line.edge}"
    )


def mermaid(procedure: Procedure, language: Language = "en") -> str:
    """Return the same diagram as Mermaid text, for those who keep theirs beside their notes."""
    lines = ["flowchart TD"]
    for step in procedure.steps.values():
        title = _quoted(step.title.text(language))
        lines.append(f"    {step.id}([{title}])" if step.final else f"    {step.id}[{title}]")
    for move in procedure.moves.values():
        arrow = "-.->" if move.rationale else "-->"
        title = _quoted(move.title.text(language))
        lines += [f"    {step} {arrow}|{title}| {move.to}" for step in move.from_steps]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return f'"{text.replace(chr(34), "#quot;")}"'
