"""Welsh initial mutations taken back: “i Ddafydd” and “a Charys” are Dafydd and Carys."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

# What a mutated word may begin with, and what it then began with.
_BACK: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        # soft
        "g": ("c",),
        "b": ("p",),
        "d": ("t",),
        "f": ("b", "m"),
        "dd": ("d",),
        "l": ("ll",),
        "r": ("rh",),
        # nasal
        "ngh": ("c",),
        "mh": ("p",),
        "nh": ("t",),
        "ng": ("g",),
        "m": ("b",),
        "n": ("d",),
        # aspirate
        "ch": ("c",),
        "ph": ("p",),
        "th": ("t",),
    }
)
_LONGEST: Final = 3
_G_FELL: Final = frozenset("aeiouwylrâêîôûŵŷ")  # under the soft mutation a first G goes altogether


def unmutated(word: str) -> Iterator[str]:
    """Yield what a word in small letters may have been before it was mutated."""
    for length in range(1, _LONGEST + 1):
        for first in _BACK.get(word[:length], ()):
            yield first + word[length:]
    if word[:1] in _G_FELL:
        yield "g" + word
