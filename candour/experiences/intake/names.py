"""Making names comparable: of columns, organisations and services."""

import difflib
import unicodedata
from collections.abc import Iterable


def tidy(name: str) -> str:
    """Return a name in Unicode NFC with every run of white space made one ordinary space.

    Non-breaking spaces count as white space; those at either end go.
    """
    return " ".join(unicodedata.normalize("NFC", name).split())


def column_key(name: str) -> str:
    """Return what two spellings of a column's name have in common."""
    return tidy(name).casefold()


def nearest(word: str, words: Iterable[str]) -> str:
    """Return “; did you mean …?” for the nearest of these words, or nothing when none is near."""
    near = difflib.get_close_matches(word, sorted(words), n=1)
    return f"; did you mean “{near[0]}”?" if near else ""
