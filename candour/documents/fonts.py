"""The fonts of a PDF, and which characters they can draw.

Letters use the fonts that lie beside this module and no others, so the same letter looks the same,
and is the same file, on every machine. PDF/UA refuses a character that no font can draw; such a
one is shown as U+FFFD. Word and mail hold every character, for their reader's machine draws it.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from candour.documents.glyphs import characters
from candour.documents.plain import REPLACEMENT

FOLDER = Path(__file__).parent / "fonts"
FAMILIES = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Gurmukhi",
    "Noto Sans Gujarati",
    "Noto Sans Tamil",
    "Noto Sans Telugu",
    "Noto Sans Malayalam",
    "Noto Sans Sinhala",
    "Noto Sans Thai",
    "Noto Sans Ethiopic",
    "DejaVu Sans",
    "Droid Sans Fallback",
)
_MAIN = "NotoSans-Regular.ttf"
_KEPT = frozenset("\n\t")
_JOINER = "\u2060"  # what U+FEFF means inside a text; PDF/UA has no U+FEFF


def drawable(text: str) -> str:
    """Return the text with U+FFFD for every character that no font here can draw.

    A letter and the marks on it have to come from one font; marks that do not are shown so too.
    """
    if text.isascii():
        return text
    return "".join(map(_drawn, _clusters(text.replace("\ufeff", _JOINER))))


def drawable_at_any_price(text: str) -> str:
    """Return the text with U+FFFD for all but what the main font draws without marks.

    For what `drawable` cannot foresee: a letter in plain shape beats no letter.
    """
    main = _fonts()[0]
    return "".join(
        letter if letter in _KEPT or _is_plain(letter, main) else REPLACEMENT
        for letter in unicodedata.normalize("NFC", text)
    )


def _is_plain(letter: str, main: frozenset[int]) -> bool:
    return ord(letter) in main and unicodedata.category(letter)[0] not in "MC"


def _clusters(text: str) -> Iterator[str]:
    """Yield each letter together with the marks that stand on it."""
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or text[place].isascii() or not _is_mark(text[place]):
            yield text[begin:place]
            begin = place


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"


def _drawn(cluster: str) -> str:
    if cluster.isascii():
        return cluster
    composed = unicodedata.normalize("NFC", cluster)
    needed = {ord(letter) for letter in composed if not _is_unseen(letter)}
    if any(needed <= font for font in _fonts()):
        return cluster
    first, marks = composed[0], composed[1:]
    drawn = any(ord(first) in font for font in _fonts()) and not _is_mark(first)
    return (first if drawn else REPLACEMENT) + REPLACEMENT * len(marks)


def _is_unseen(letter: str) -> bool:
    return letter in _KEPT or unicodedata.category(letter) in ("Cf", "Zs")


@cache
def _fonts() -> tuple[frozenset[int], ...]:
    """Return what each font can draw, the main one first."""
    paths = sorted(FOLDER.glob("*.ttf"), key=lambda path: (path.name != _MAIN, path.name))
    return tuple(frozenset(characters(path)) for path in paths)
