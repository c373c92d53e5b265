"""The expressions that signs are told by, read from the folder ``patterns`` once.

They are data: a line each, with short words in braces for what many of them share. Trying every
line at every word would be slow, so each is found by the letters that it can begin with.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

LETTERS: Final = 3  # of a word's beginning, by which the lines to look at are found
LONGEST: Final = 16  # letters of a word that are looked at: no line has a longer beginning to tell
REMEMBERED: Final = 20_000  # words: people use the same few thousand
CONTRACTED: Final = "n't"
_ANY_CONTRACTED: Final = rf"\w+{CONTRACTED}"
_MAY_LACK: Final = frozenset("?*{")
_QUANTIFIER: Final = re.compile(r"^(?:[?*]|\{\d*,?\d*\})\??")
_OPENING: Final = re.compile(r"\((?!\?)")
_BETWEEN: Final = r"(?:[ ,]+\[?[\w'-]+\]?){0,4}?[ ,]+$"


@dataclass(frozen=True, slots=True)
class Expression:
    """One line: of which sort, and whether it says “not” by itself.

    Attributes:
        beginnings: it holds only at a word that begins with one of these letters, or is the
            whole of them where a space follows; or, where `CONTRACTED` is among them, at one
            that goes on so.
    """

    sort: str
    says_not: bool
    pattern: re.Pattern[str]
    beginnings: tuple[str, ...]


@cache
def trying(*, contracted: bool) -> Callable[[str], tuple[Expression, ...]]:
    """Return what gives the expressions to try at a word, by its first `LONGEST` letters.

    Args:
        contracted: the text has a `CONTRACTED`, so that what begins so may hold at any word.
    """

    @lru_cache(maxsize=REMEMBERED)
    def at_word(letters: str) -> tuple[Expression, ...]:
        return tuple(
            each
            for each in _beginning_with(letters[:LETTERS])
            if f"{letters} ".startswith(each.beginnings)
            or (contracted and CONTRACTED in each.beginnings)
        )

    return at_word


@cache
def _beginning_with(letters: str) -> tuple[Expression, ...]:
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
                begun = dict.fromkeys(letters[:LONGEST] for letters in _beginnings(spelled))
                each = Expression(sort, line.startswith("!"), re.compile(spelled), tuple(begun))
                for letters in {_found_by(some) for some in begun}:
                    found.setdefault(letters, []).append(each)
    return found


def _found_by(beginning: str) -> str:
    return "" if beginning == CONTRACTED else beginning.rstrip()[:LETTERS]


def _beginnings(expression: str) -> Iterator[str]:
    """Yield letters that what an expression matches begins with; nothing stands for any.

    A space after them stands where their word ends with them.
    """
    for way in _ways(expression):
        yield from _beginnings_of_one(way)


def _beginnings_of_one(way: str) -> Iterator[str]:
    if way.startswith("(?:"):
        end = _closing(way)
        yield from _beginnings_of_group(way[3:end], way[end + 1 :])
        return
    if way.startswith(_ANY_CONTRACTED):
        yield CONTRACTED
        return
    letters = re.match(r"[^\W_]*", way)
    begun = letters[0] if letters else ""
    rest = way[len(begun) :]
    if rest.startswith("?"):  # its last letter may be missing
        for following in _beginnings_of_one(rest[1:]):
            yield from (begun[:-1] + following, begun + following)
    elif rest[:1] in _MAY_LACK:
        yield begun[:-1]
    else:
        yield begun + " " if rest[:1] == " " and rest[1:2] not in _MAY_LACK else begun


def _beginnings_of_group(inner: str, rest: str) -> Iterator[str]:
    after = _QUANTIFIER.sub("", rest)
    if after != rest:  # the whole of it may be missing
        yield from _beginnings_of_one(after)
    once = after == rest or rest.startswith("?")
    for way in _ways(inner):
        if once and re.fullmatch(r"[^\W_]+", way):
            yield from (way + following for following in _beginnings_of_one(after))
        else:
            yield from _beginnings_of_one(way)


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
