"""The expressions that signs are told by, read from the folder ``patterns`` once.

They are data: a line each, with short words in braces for what many of them share. Trying every
line at every word would be slow, so each is found by the letters that it can begin with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

LETTERS: Final = 3  # of a word's beginning, by which the lines to try are found
_MAY_LACK: Final = frozenset("?*{")
_OPENING: Final = re.compile(r"\((?!\?)")
_BETWEEN: Final = r"(?:[ ,]+\[?[\w'-]+\]?){0,4}?[ ,]+$"


@dataclass(frozen=True, slots=True)
class Expression:
    """One line: of which sort, and whether it says “not” by itself."""

    sort: str
    says_not: bool
    pattern: re.Pattern[str]


@cache
def beginning_with(letters: str) -> tuple[Expression, ...]:
    """Return the expressions that a word can begin whose first `LETTERS` letters are these."""
    known = _by_beginning()
    beginnings = (letters[:length] for length in range(LETTERS + 1))
    return tuple(dict.fromkeys(each for some in beginnings for each in known.get(some, ())))


@cache
def around(section: str) -> re.Pattern[str]:
    """Return the one expression of a section of ``around.txt``."""
    return re.compile("|".join(f"(?:{_spelled(line)})" for line in _sections("around")[section]))


@cache
def not_before() -> re.Pattern[str]:
    """Return the expression of a “not” that stands before the end of a text."""
    words = "|".join(_spelled(line) for line in _sections("around")["not_before"])
    right = "|".join(_spelled(line) for line in _sections("around")["right_before"])
    return re.compile(rf"\b(?:{words})\b(?:{_BETWEEN}|[ ,]+$)|\b(?:{right}) $")


@cache
def _by_beginning() -> dict[str, list[Expression]]:
    found: dict[str, list[Expression]] = {}
    for name in ("english", "welsh"):
        for sort, lines in _sections(name).items():
            for line in lines:
                spelled = _spelled(line.removeprefix("!"))
                each = Expression(sort, line.startswith("!"), re.compile(spelled))
                for letters in {begun[:LETTERS] for begun in _beginnings(spelled)}:
                    found.setdefault(letters, []).append(each)
    return found


def _beginnings(expression: str) -> Iterator[str]:
    """Yield letters that what an expression matches begins with; nothing stands for any."""
    for way in _ways(expression):
        yield from _beginnings_of_one(way)


def _beginnings_of_one(way: str) -> Iterator[str]:
    if way.startswith("(?:"):
        end = _closing(way)
        inner, rest = way[3:end], way[end + 1 :]
        if rest[:1] in _MAY_LACK:
            yield from _beginnings_of_one(re.sub(r"^(?:[?*]|\{\d*,?\d*\})\??", "", rest))
        yield from _beginnings(inner)
        return
    letters = re.match(r"[^\W_]*", way)
    begun = letters[0] if letters else ""
    following = way[len(begun) : len(begun) + 1]
    yield begun[:-1] if following in _MAY_LACK else begun  # its last letter may be missing


def _ways(expression: str) -> list[str]:
    """Return the ways between which an expression leaves the choice at its top."""
    ways, depth, begun = [], 0, 0
    for place, letter in enumerate(expression):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            ways.append(expression[begun:place])
            begun = place + 1
    return [*ways, expression[begun:]]


def _closing(expression: str) -> int:
    """Return where the group closes that an expression begins with."""
    depth = 0
    for place, letter in enumerate(expression):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place
    msg = f"a bracket is not closed in {expression}"
    raise ValueError(msg)


def _spelled(line: str) -> str:
    """Return a line with its short words written out, its brackets keeping nothing."""
    shared = _sections("shared")
    for name, lines in shared.items():
        line = line.replace("{" + name + "}", "(?:" + "|".join(lines) + ")")
    for name, lines in shared.items():  # some are made of others
        line = line.replace("{" + name + "}", "(?:" + "|".join(lines) + ")")
    return _OPENING.sub("(?:", line)


@cache
def _sections(name: str) -> dict[str, list[str]]:
    text = files("candour.safeguarding").joinpath("patterns", f"{name}.txt").read_text("utf-8")
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            lines = found.setdefault(line.strip("[]"), [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line)
    return found
