"""The fonts of a PDF, and which characters they can draw.

Letters use the fonts that lie beside this module and no others, so the same letter looks the same,
and is the same file, on every machine. PDF/UA refuses a character that no font can draw; such a
one is shown as U+FFFD. Word and mail hold every character, for their reader's machine draws it.
"""

import unicodedata
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
    """Return the text with U+FFFD for every character that no font here can draw."""
    if text.isascii():
        return text
    text = text.replace("\ufeff", _JOINER)
    return "".join(
        letter if letter.isascii() or _is_drawn(letter) else REPLACEMENT for letter in text
    )


def drawable_at_any_price(text: str) -> str:
    """Return the text with U+FFFD for all but what the main font draws by itself.

    Marks on letters that no font draws together are the one thing that `drawable` cannot foresee.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        letter
        if letter in _KEPT
        or (ord(letter) in _main() and unicodedata.category(letter)[0] not in "MC")
        else REPLACEMENT
        for letter in composed
    )


def _is_drawn(letter: str) -> bool:
    return ord(letter) in _all() or unicodedata.category(letter) in ("Cf", "Zs")


@cache
def _main() -> frozenset[int]:
    return frozenset(characters(FOLDER / _MAIN))


@cache
def _all() -> frozenset[int]:
    return frozenset().union(*(characters(path) for path in sorted(FOLDER.glob("*.ttf"))))
