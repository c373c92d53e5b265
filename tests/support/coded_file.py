"""A CSV of coded experiences, read plainly by its mapping: to measure what is learned from it."""

import csv
from pathlib import Path

from candour.coding.learning import Example
from candour.experiences.intake.mapping import Mapping, ThemeColumns
from candour.experiences.intake.names import column_key
from candour.experiences.intake.records import column_keys


def examples_in(path: Path, mapping: Mapping) -> list[Example]:
    """Return the rows that say something, with the themes ticked in them."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as handle:
        header, *records = csv.reader(handle)
    keys = column_keys(header)
    rows = [_example(dict(zip(keys, cells, strict=False)), mapping) for cells in records]
    silent = {words.lower() for words in (*mapping.blanks, *mapping.no_words, "")}
    return [each for each in rows if each.words.lower() not in silent]


def _example(row: dict[str, str], mapping: Mapping) -> Example:
    assert isinstance(mapping.themes, ThemeColumns)
    felt = _cell(row, mapping, "sentiment")
    known = mapping.themes.themes
    ticked = [theme for column, theme in known.items() if row.get(column_key(column)) == "1"]
    return Example(
        words=_cell(row, mapping, "answer"),
        question=_cell(row, mapping, "question"),
        themes=frozenset(ticked),
        sentiment=int(felt) if felt in {"1", "2", "3", "4", "5"} else None,
    )


def _cell(row: dict[str, str], mapping: Mapping, field: str) -> str:
    found = (row.get(column_key(column), "").strip() for column in mapping.columns[field])
    return next((words for words in found if words), "")
