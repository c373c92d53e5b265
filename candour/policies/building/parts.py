"""Small parts that many rules share: texts, lists of ids, patterns, dates."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from candour.engine.fields import Option
from candour.engine.patterns import Pattern, Where
from candour.engine.words import Words

Plain = Mapping[str, Any]


def words(text: Plain | None) -> Words:
    """Return a text in both languages; empty when there is none."""
    return Words(text["en"], text["cy"]) if text else Words("")


def title(part: Plain) -> Words:
    """Return the title of a part."""
    return words(part["title"])


def ids(listed: Iterable[str] | str | None) -> tuple[str, ...]:
    """Return a list of ids; a single one may stand alone."""
    if listed is None:
        return ()
    return (listed,) if isinstance(listed, str) else tuple(listed)


def where(fields: Plain | None) -> tuple[Where, ...]:
    """Return what fields must hold."""
    return tuple(
        Where(name, tuple(value) if isinstance(value, list) else (value,))
        for name, value in (fields or {}).items()
    )


def pattern(part: Plain, head: str = "entry") -> Pattern:
    """Return the pattern whose kind stands under `head`."""
    return Pattern(
        part[head],
        where(part.get("where")),
        ids(part.get("roles")),
        part.get("each", ""),
        ids(part.get("each_of")),
    )


def patterns(listed: Plain | list[Plain] | None) -> tuple[Pattern, ...]:
    """Return one pattern or several."""
    if listed is None:
        return ()
    return tuple(pattern(part) for part in (listed if isinstance(listed, list) else [listed]))


def maybe_pattern(part: Plain | None) -> Pattern | None:
    """Return a pattern, or None where there is none."""
    return pattern(part) if part else None


def day(written: str | None) -> date | None:
    """Return a day, or None where it is open."""
    return date.fromisoformat(written) if written else None


def options(listed: Iterable[Plain]) -> tuple[Option, ...]:
    """Return a list of options."""
    return tuple(Option(item["id"], Words(item["en"], item["cy"])) for item in listed)
