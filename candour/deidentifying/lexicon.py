"""The word lists that names are told by, read once. They are data: see the folder ``words``."""

from functools import cache
from importlib.resources import files


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of one list, in small letters.

    Args:
        name: a file in the folder ``words``, without its ending.
    """
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def context(name: str) -> frozenset[str]:
    """Return the words of one section of ``contexts.txt``, in small letters.

    Raises:
        KeyError: there is no such section.
    """
    return _sections()[name]


@cache
def _sections() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in _lines("contexts"):
        if line.startswith("["):
            words = found.setdefault(line.strip("[] "), set())
        else:
            words.update(line.split())
    return {name: frozenset(words) for name, words in found.items()}


def _lines(name: str) -> list[str]:
    """Return the lines of a list without what is said about them."""
    text = files("candour.deidentifying").joinpath("words", f"{name}.txt").read_text("utf-8")
    return [line.partition("#")[0].casefold() for line in text.splitlines()]
