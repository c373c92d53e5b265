"""Making names comparable: of columns, places and organisations."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

POSTCODE: Final = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})$")
# What councils are called besides their place.
COUNCIL_WORDS: Final = re.compile(
    r"\b(council|city|county|borough|metropolitan|district|unitary|authority|london|royal|"
    r"corporation|cyngor|sir|bwrdeistref|dinas|a|and|upon|of|the|mbc|cc)\b"
)


def tidy(name: str) -> str:
    """Return a name in Unicode NFC with every run of white space made one ordinary space."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def column_key(name: str) -> str:
    """Return what two spellings of a column's name have in common."""
    return tidy(name.replace("’", "'")).casefold()


def postcode(written: str) -> tuple[str, bool]:
    """Return a postcode as the post office writes it, and whether it is one at all."""
    bare = re.sub(r"\s+", "", written).upper()
    found = POSTCODE.match(bare)
    return (f"{found[1]} {found[2]}", True) if found else (tidy(written), not bare)


def council_key(name: str) -> str:
    """Return the place that a council is of, for “Leeds” and “Leeds City Council” to meet."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    plain = re.sub(r"[^a-z ]", " ", letters.replace("&", " and "))
    return " ".join(COUNCIL_WORDS.sub(" ", plain).split()) or " ".join(plain.split())


def near(word: str, words: Iterable[str]) -> Iterator[str]:
    """Yield the nearest of these words, or nothing when none is near."""
    yield from difflib.get_close_matches(word, sorted(words), n=1)


def nearest(word: str, words: Iterable[str]) -> str:
    """Return “; did you mean …?” for the nearest of these words, or nothing when none is near."""
    return "".join(f"; did you mean “{each}”?" for each in near(word, words))
