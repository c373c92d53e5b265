"""Short notes by mail: what was arranged, what is due, as plain text and as HTML that says it too.

A note is no letter: no letterhead, nobody signs it, nothing is kept of it but that it was sent. It
may be in two languages, one after the other, each marked as what it is. The HTML asks for nothing
from anywhere.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from candour.engine.words import Language

WIDTH = 72
_STYLE = "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#0b0c0c"


@dataclass(frozen=True, slots=True)
class Say:
    """A paragraph, or a heading."""

    words: str
    sort: Literal["paragraph", "heading"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so, one to a line: a name and what it is."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a list: what, where it leads (or nowhere), and what else there is to say."""

    words: str
    address: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A list."""

    items: tuple[Line, ...]


Block = Say | Facts | Lines


@dataclass(frozen=True, slots=True)
class Note:
    """A note in one language."""

    language: Language
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class NoteBodies:
    """A note as a message carries it."""

    text: str
    html: str


def note_bodies(notes: Sequence[Note], *, title: str) -> NoteBodies:
    """Return the two bodies of a message that says a note in each of these languages.

    Args:
        notes: the same note in one language or two; at least one.
        title: what the message is about, in the language of the first.
    """
    rule = f"\n\n{'-' * WIDTH}\n\n"
    text = rule.join("\n\n".join(_plain(note)) for note in notes)
    parts = '<hr style="border:0;border-top:1px solid #b1b4b6;margin:24px 0">'.join(
        f'<div lang="{note.language}">{"".join(_marked_up(note))}</div>' for note in notes
    )
    html = (
        f'<!DOCTYPE html><html lang="{notes[0].language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>"
        f'<body style="{_STYLE};margin:0;padding:16px;max-width:640px">{parts}</body></html>'
    )
    return NoteBodies(text + "\n", html)


def _plain(note: Note) -> Iterator[str]:
    for block in note.blocks:
        match block:
            case Say():
                yield textwrap.fill(block.words, WIDTH, break_long_words=False)
            case Facts():
                yield "\n".join(f"{name}: {value}" for name, value in block.pairs)
            case Lines():
                yield "\n".join(_plain_line(line) for line in block.items)


def _plain_line(line: Line) -> str:
    words = textwrap.wrap(
        f"{line.words} ({line.beside})" if line.beside else line.words,
        WIDTH,
        initial_indent="- ",
        subsequent_indent="  ",
        break_long_words=False,
    )
    return "\n".join([*words, f"  {line.address}"] if line.address else words)


def _marked_up(note: Note) -> Iterator[str]:
    for block in note.blocks:
        match block:
            case Say(words, "heading"):
                yield f'<h2 style="font-size:19px;margin:24px 0 8px">{escape(words)}</h2>'
            case Say(words, _):
                yield f'<p style="margin:0 0 16px">{escape(words)}</p>'
            case Facts(pairs):
                rows = "".join(_row(name, value) for name, value in pairs)
                yield f'<dl style="margin:0 0 16px">{rows}</dl>'
            case Lines(items):
                listed = "".join(_item(line) for line in items)
                yield f'<ul style="margin:0 0 16px;padding-left:20px">{listed}</ul>'


def _row(name: str, value: str) -> str:
    told = escape(value)
    return f'<dt style="font-weight:bold">{escape(name)}</dt><dd style="margin:0 0 8px">{told}</dd>'


def _item(line: Line) -> str:
    words = escape(line.words)
    if line.address:
        words = f'<a href="{escape(line.address)}" style="color:#1d70b8">{words}</a>'
    beside = f"<br>{escape(line.beside)}" if line.beside else ""
    return f'<li style="margin:0 0 8px">{words}{beside}</li>'
