"""What somebody settled about a file's columns, written as a mapping file is.

There is one kind of mapping: what is settled on a page becomes the text of one, and is read back by
the same reader as every other (`candour.experiences.intake.mapping_files`).
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML

from candour.experiences.intake.columns_seen import TICKS, UNTICKED
from candour.experiences.intake.glimpse import Glimpse
from candour.experiences.intake.header_words import LEAVE, THEME, THEMES
from candour.experiences.intake.mapping import DATE_FIELDS, FIELDS

BLANK: Final = ("N/A", "Unknown", "-")
NO_WORDS: Final = ("Did not answer", "No comment", "None", "Nothing", "Dim sylw", "Dim")
SEPARATORS: Final = (";", ",", "|", "/")
EARLIEST: Final = "2000-01-01"
NEIGHBOURS: Final = ("organisation", "service_name", "question")
# What people call how somebody felt, from 1 (very positive) to 5.
FELT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("very positive", "very happy", "excellent", "cadarnhaol iawn"), "1"),
    **dict.fromkeys(("positive", "happy", "good", "cadarnhaol"), "2"),
    **dict.fromkeys(("neutral", "mixed", "unclear", "niwtral", "cymysg"), "3"),
    **dict.fromkeys(("negative", "unhappy", "poor", "negyddol"), "4"),
    **dict.fromkeys(("very negative", "very unhappy", "very poor", "negyddol iawn"), "5"),
}
SPOKEN: Final[Mapping[str, str]] = {
    **dict.fromkeys(("english", "eng", "saesneg"), "en"),
    **dict.fromkeys(("welsh", "cymraeg", "wel"), "cy"),
}


@dataclass(frozen=True, slots=True)
class Settled:
    """What each column of a file means, and how its values are read.

    Attributes:
        columns: for each column's key, a field, `THEME`, `THEMES` or `LEAVE`, in their order.
        names: how the file spells each column.
        source: kept on each experience as where it came from.
        month_first: of a date with two readings, the month comes first unless its neighbours say
            otherwise.
        language: en, cy or unknown: of every answer, unless a column says.
        separator: what stands between themes that share a column.
        felt: for each value of the column that says how it felt, 1 to 5, or nothing.
    """

    columns: Mapping[str, str]
    names: Mapping[str, str]
    source: str
    month_first: bool = False
    language: str = "unknown"
    separator: str = ";"
    felt: Mapping[str, str] = field(default_factory=dict)


def as_guessed(found: Glimpse, source: str) -> Settled:
    """Return what the first rows of a file make likely."""
    keys = [column.key for column in found.columns]
    columns = dict(zip(keys, found.guesses, strict=True))
    felt = next((one for one in found.columns if columns[one.key] == "sentiment"), None)
    listed = next((one for one in found.columns if columns[one.key] == THEMES), None)
    return Settled(
        columns=columns,
        names={column.key: column.name for column in found.columns},
        source=source,
        separator=_separator(listed.values if listed else ()),
        felt={value: felt_as(value) for value in (felt.distinct if felt else ())},
    )


def felt_as(value: str) -> str:
    """Return what a word for how it felt stands for, 1 to 5; the word itself where nobody knows."""
    return FELT.get(value.casefold(), value)


def _separator(values: Sequence[str]) -> str:
    return max(SEPARATORS, key=lambda mark: sum(mark in value for value in values))


def mapping_text(settled: Settled, title: str) -> str:
    """Return what was settled as the text of a mapping file."""
    columns = _columns(settled)
    parts: dict[str, Any] = {
        "title": title,
        "source": settled.source,
        "columns": columns,
        "optional": sorted(
            {name for field_, names in columns.items() if field_ != "answer" for name in names}
            | {settled.names[key] for key, meant in settled.columns.items() if meant == THEMES}
        ),
        "values": _values(settled),
        "blank": list(BLANK),
        "no_words": list(NO_WORDS),
        "dates": {
            "usual": "month first" if settled.month_first else "day first",
            "neighbours": [one for one in NEIGHBOURS if one in columns],
            "earliest": EARLIEST,
        },
        "language": settled.language,
        "ignore": [settled.names[key] for key, meant in settled.columns.items() if meant == LEAVE],
    }
    if themes := _themes(settled):
        parts["themes"] = themes
    return _yaml({name: part for name, part in parts.items() if part})


def _columns(settled: Settled) -> dict[str, list[str]]:
    """Return the columns of each field, the fields in their usual order."""
    found: dict[str, list[str]] = {}
    for one in FIELDS:
        names = [settled.names[key] for key, meant in settled.columns.items() if meant == one]
        if names:
            found[one] = names
    return found


def _values(settled: Settled) -> dict[str, dict[str, str]]:
    meant = set(settled.columns.values())
    values: dict[str, dict[str, str]] = {}
    if "sentiment" in meant:
        values["sentiment"] = {**FELT, **{word: to for word, to in settled.felt.items() if to}}
    if "language" in meant:
        values["language"] = dict(SPOKEN)
    return values


def _themes(settled: Settled) -> dict[str, Any]:
    listed = [settled.names[key] for key, meant in settled.columns.items() if meant == THEMES]
    if listed:
        return {"column": listed[0], "separator": settled.separator}
    ticked = [settled.names[key] for key, meant in settled.columns.items() if meant == THEME]
    if not ticked:
        return {}
    return {"ticked": sorted(TICKS - UNTICKED), "optional": True, "columns": ticked}


def _yaml(parts: Mapping[str, Any]) -> str:
    written = io.StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 4_000
    yaml.dump(dict(parts), written)
    return written.getvalue()


def is_dated(settled: Settled) -> bool:
    """Return whether any column holds dates."""
    return any(meant in DATE_FIELDS for meant in settled.columns.values())
