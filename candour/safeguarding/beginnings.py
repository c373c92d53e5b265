"""With what letters the words begin that an expression of ours can match.

Expressions are written by hand in a small part of what Python understands: ways to choose from,
brackets, what may be missing, and letters. What is not understood here stands for any word.
"""

import re
from collections.abc import Iterator
from typing import Final

CONTRACTED: Final = "n't"
_ANY_CONTRACTED: Final = rf"\w+{CONTRACTED}"
_MAY_LACK: Final = frozenset("?*{")
_QUANTIFIER: Final = re.compile(r"^(?:[?*]|\{\d*,?\d*\})\??")
_PARTING: Final = frozenset(" -'")
_MAY_PART: Final = ("-?", "'?")
_ITEM: Final = re.compile(r"\\.|\[[^\]]*\]|[^\\\[(]")  # and its quantifier stands by itself


def beginnings(expression: str) -> Iterator[str]:
    """Yield letters that what an expression matches begins with; nothing stands for any.

    A space after them stands where their word ends with them, whatever parts it from the next.
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
    if rest.startswith(_MAY_PART):  # “self-?harm” is two words, or one
        yield begun + " "
        yield from (begun + following for following in _beginnings_of_one(rest[2:]))
    elif rest.startswith("?"):  # its last letter may be missing
        for following in _beginnings_of_one(rest[1:]):
            yield from (begun[:-1] + following, begun + following)
    elif rest[:1] in _MAY_LACK:
        yield begun[:-1]
    else:
        parted = rest[:1] in _PARTING and rest[1:2] not in _MAY_LACK
        yield begun + " " if parted else begun


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


def are_of(word: str, begun: tuple[str, ...], *, contracted: bool) -> bool:
    """Return whether a word has one of these beginnings.

    Args:
        word: in small letters.
        begun: the beginnings.
        contracted: the text has a `CONTRACTED`, so that what begins so may be any word.
    """
    return f"{word} ".startswith(begun) or (contracted and CONTRACTED in begun)


def needs(expression: str) -> Iterator[str]:
    """Yield beginnings of words, one of which is somewhere in whatever an expression matches.

    It is the last word that is told by its letters: the first says less, as in “took … money”.
    """
    for way in _ways(expression):
        yield from _needs_of_one(way)


def _needs_of_one(way: str) -> list[str]:
    found = list(_beginnings_of_one(way))
    place, begins_word = 0, False
    while place < len(way):
        if begins_word:
            here = list(_beginnings_of_one(way[place:]))
            told = CONTRACTED not in here and all(map(str.strip, here))
            found = here if told else found
        place, begins_word = _past_item(way, place, begins_word=begins_word)
    return found


def _past_item(way: str, place: int, *, begins_word: bool) -> tuple[int, bool]:
    """Return the place after what stands here, and whether a word begins there for certain."""
    if way.startswith("(?:", place):
        end = place + _closing(way[place:])
        quantifier = _QUANTIFIER.match(way[end + 1 :])
        spaced = _ends_spaced(way[place + 3 : end])
        return end + 1 + (quantifier.end() if quantifier else 0), begins_word and spaced
    item = _ITEM.match(way, place)
    if item is None:  # a look around: nothing after it is told
        return len(way), False
    quantifier = _QUANTIFIER.match(way[item.end() :])
    if quantifier:
        return item.end() + quantifier.end(), False
    return item.end(), item[0] == " "


def _ends_spaced(inner: str) -> bool:
    """Return whether all that a group matches ends with a space, or is nothing."""
    for way in _ways(inner):
        if way.startswith("(?:"):
            end = _closing(way)
            if _QUANTIFIER.sub("", way[end + 1 :]) == "" and _ends_spaced(way[3:end]):
                continue
        if way and not way.endswith(" "):
            return False
    return True
