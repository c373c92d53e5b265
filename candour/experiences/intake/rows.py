"""Turns a record of a file into an experience to be stored, or says why it is left out."""

import functools
import hashlib
import unicodedata
from datetime import date
from typing import NamedTuple

from candour.experiences.intake.dates import Evidence, Readings, readings
from candour.experiences.intake.mapping import (
    DATE_FIELDS,
    NAME_FIELDS,
    Mapping,
    ThemeColumns,
    ThemeList,
)
from candour.experiences.intake.names import tidy
from candour.experiences.intake.records import Layout
from candour.experiences.intake.report import DatesSettled, ImportReport

LONGEST_ID = 200
LONGEST_NAME = 500
LONGEST_ANSWER = 50_000
YES = frozenset({"1", "yes", "y", "true", "x", "ie", "oes"})
NO = frozenset({"0", "no", "n", "false", "na", "nac oes"})
BY_CONTENT = "row-"


class Row(NamedTuple):
    """An experience on its way into the table, in the order of the staging table's columns."""

    line: int
    source_ref: str
    received_on: date | None
    happened_on: date | None
    organisation: str
    service_name: str
    service_kind: str
    question: str
    answer: str
    rating: str
    sentiment: int | None
    themes: list[str]
    language: str
    identifiable: bool


class LeftOutError(Exception):
    """A row is left out; the message is the reason that the report counts it under."""


class RowReader:
    """Reads the records of one file by one mapping.

    First every record passes through `note_dates`, then each through `read`: what a date with two
    readings means depends on the rows around it, those that follow included.
    """

    def __init__(self, mapping: Mapping, layout: Layout, report: ImportReport, today: date) -> None:
        self.mapping = mapping
        self.layout = layout
        self.report = report
        self.today = today
        self.evidence = {name: Evidence() for name in DATE_FIELDS if self._has(name)}
        self._places = {
            name: tuple(layout.places[key] for key in keys if key in layout.places)
            for name, keys in mapping.columns.items()
        }
        self._theme_places = _theme_places(mapping, layout)
        self._nothing = mapping.blanks | {""}
        self._no_words = mapping.no_words | self._nothing

        @functools.lru_cache(maxsize=100_000)
        def read_date(text: str) -> Readings:
            return readings(text, earliest=mapping.dates.earliest, latest=today)

        self._read_date = read_date
        report.dates = {name: DatesSettled() for name in self.evidence}

    def _has(self, name: str) -> bool:
        return any(key in self.layout.places for key in self.mapping.columns.get(name, ()))

    @property
    def rows_known_by_content(self) -> bool:
        """Whether the file gives its rows no ids, so that what they say is their id."""
        return not self._places.get("source_ref")

    def note_dates(self, line: int, cells: list[str]) -> None:
        """Take in what this record's dates show about its neighbours'."""
        if len(cells) != self.layout.width:
            return
        for name, evidence in self.evidence.items():
            order = self._read_date(self._value(cells, name)).shows
            if order is not None:
                evidence.add(self._group(cells), line, order)

    def read(self, line: int, cells: list[str]) -> Row | None:
        """Return the row to store, or None having counted why there is none in the report."""
        self.report.rows_read += 1
        try:
            return self._read(line, cells)
        except LeftOutError as left_out:
            self.report.skip(str(left_out), line)
            return None

    def _read(self, line: int, cells: list[str]) -> Row:
        if len(cells) != self.layout.width:
            raise LeftOutError(f"wrong number of columns (the file has {self.layout.width})")
        answer = self._answer(cells)
        names = {name: self._name(cells, name) for name in NAME_FIELDS}
        source_ref = self._source_ref(cells)
        days = self._days(line, cells)
        return Row(
            line=line,
            source_ref=source_ref,
            received_on=days.get("received_on"),
            happened_on=days.get("happened_on"),
            organisation=names["organisation"],
            service_name=names["service_name"],
            service_kind=names["service_kind"],
            question=names["question"],
            answer=answer,
            rating=names["rating"],
            sentiment=self._sentiment(line, cells),
            themes=self._themes(cells),
            language=self._language(line, cells),
            identifiable=self._identifiable(line, cells),
        )

    def _value(self, cells: list[str], name: str) -> str:
        """Return the first of the field's columns that is not blank, tidied, or nothing."""
        for place in self._places.get(name, ()):
            value = tidy(cells[place])
            if value.casefold() not in self._nothing:
                return value
        return ""

    def _meaning(self, cells: list[str], name: str) -> str:
        value = self._value(cells, name)
        return self.mapping.values.get(name, {}).get(value.casefold(), value)

    def _name(self, cells: list[str], name: str) -> str:
        value = self._meaning(cells, name)
        if len(value) > LONGEST_NAME:
            raise LeftOutError(f"{name} is longer than {LONGEST_NAME} letters")
        return value

    def _group(self, cells: list[str]) -> tuple[str, ...]:
        return tuple(self._value(cells, name) for name in self.mapping.dates.neighbours)

    def _answer(self, cells: list[str]) -> str:
        answer = cells[self._places["answer"][0]]
        if len(answer) > LONGEST_ANSWER:
            raise LeftOutError(f"the answer is longer than {LONGEST_ANSWER:,} letters")
        silent = tidy(answer).casefold() in self._no_words
        if silent and not self.mapping.keep_no_words:
            raise LeftOutError("no words")
        return unicodedata.normalize("NFC", answer)

    def _source_ref(self, cells: list[str]) -> str:
        if self.rows_known_by_content:
            written = "\x1f".join(cells).encode()
            return BY_CONTENT + hashlib.sha256(written).hexdigest()[:32]
        found = self._value(cells, "source_ref")
        if not found:
            raise LeftOutError("no id")
        if len(found) > LONGEST_ID:
            raise LeftOutError(f"the id is longer than {LONGEST_ID} letters")
        return found

    def _days(self, line: int, cells: list[str]) -> dict[str, date]:
        """Return the row's dates, counted in the report once all of them can be read."""
        usual, group = self.mapping.dates.usual, self._group(cells)
        settled = {}
        for name, evidence in self.evidence.items():
            if text := self._value(cells, name):
                found = evidence.settle(self._read_date(text), group, line, usual=usual)
                if found is None:
                    raise LeftOutError(f"{name} is no date between {self._span()}")
                settled[name] = found
        for name in self.evidence:
            if name in settled:
                self.report.dates[name].add(settled[name].how, settled[name].order, line)
            else:
                self.report.dates[name].empty += 1
        return {name: found.day for name, found in settled.items()}

    def _span(self) -> str:
        return f"{self.mapping.dates.earliest:%d/%m/%Y} and {self.today:%d/%m/%Y}"

    def _sentiment(self, line: int, cells: list[str]) -> int | None:
        value = self._meaning(cells, "sentiment")
        if value in {"1", "2", "3", "4", "5"}:
            return int(value)
        if value:
            self.report.note("sentiment is not 1 to 5, so it is left empty", line)
        return None

    def _language(self, line: int, cells: list[str]) -> str:
        value = self._meaning(cells, "language").casefold()
        if value in {"en", "cy", "unknown"}:
            return value
        if value:
            self.report.note(f"language is not known here, so “{self.mapping.language}”", line)
        return self.mapping.language

    def _identifiable(self, line: int, cells: list[str]) -> bool:
        value = self._meaning(cells, "identifiable").casefold()
        if value and value not in YES and value not in NO:
            self.report.note("“identifiable” is neither yes nor no, so yes to be safe", line)
        return bool(value) and value not in NO

    def _themes(self, cells: list[str]) -> list[str]:
        if isinstance(self.mapping.themes, ThemeList):
            place = self._theme_places.get(self.mapping.themes.column)
            listed = cells[place].split(self.mapping.themes.separator) if place is not None else []
            found = [tidy(theme) for theme in listed]
        elif self.mapping.themes is not None:
            ticked = self.mapping.themes.ticked
            found = [
                theme
                for theme, place in self._theme_places.items()
                if cells[place] and tidy(cells[place]).casefold() in ticked
            ]
        else:
            return []
        if any(len(theme) > LONGEST_NAME for theme in found):
            raise LeftOutError(f"a theme is longer than {LONGEST_NAME} letters")
        return list(dict.fromkeys(theme for theme in found if theme))


def _theme_places(mapping: Mapping, layout: Layout) -> dict[str, int]:
    """Return where each theme's column stands by the theme's name, or the list's by its own."""
    if isinstance(mapping.themes, ThemeColumns):
        columns = mapping.themes.themes
        return {columns[key]: place for key, place in layout.places.items() if key in columns}
    if mapping.themes is not None and mapping.themes.column in layout.places:
        return {mapping.themes.column: layout.places[mapping.themes.column]}
    return {}
