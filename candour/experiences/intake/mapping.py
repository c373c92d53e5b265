"""What a file's columns mean: read from a mapping file, which is data.

A mapping file is YAML; `docs/imports.md` teaches one to be written. `read_mapping` refuses what
makes no sense, naming the line, and the nearest word that would.
"""

from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import date
from typing import Literal

from candour.engine.words import Words
from candour.experiences.intake.dates import Order

# What a column may become. The names are those of `candour.experiences.models.Experience`.
FIELDS = (
    "source_ref",
    "received_on",
    "happened_on",
    "organisation",
    "service_name",
    "service_kind",
    "question",
    "answer",
    "rating",
    "sentiment",
    "language",
    "identifiable",
)
DATE_FIELDS = ("received_on", "happened_on")
NAME_FIELDS = ("organisation", "service_name", "service_kind", "question", "rating")


@dataclass(frozen=True, slots=True)
class ThemeColumns:
    """Themes kept as one column each, ticked by certain values."""

    themes: Map[str, str]
    """The theme's name by its column's."""
    ticked: frozenset[str]


@dataclass(frozen=True, slots=True)
class ThemeList:
    """Themes kept together in one column, with a mark between them."""

    column: str
    separator: str


@dataclass(frozen=True, slots=True)
class DateRule:
    """How dates are read.

    Attributes:
        usual: the order when nothing in the file tells.
        neighbours: the fields that rows must share for one's date to tell about another's.
        earliest: no date in such a file is older.
    """

    usual: Order
    neighbours: tuple[str, ...]
    earliest: date


@dataclass(frozen=True, slots=True)
class Mapping:
    """What each column of a kind of file becomes.

    Attributes:
        name: what the mapping is called.
        title: about the files that it is for, in both languages.
        source: kept on each experience as where it came from.
        columns: for each field, the columns that give it: the first that is not blank counts.
        optional: columns that a file may lack; it must have all the others.
        values: for some fields, what a value in the file means.
        themes: where themes are, if anywhere.
        blanks: words that stand for nothing, in any column, in small letters.
        no_words: answers that say nothing, in small letters.
        keep_no_words: whether rows with such answers are taken all the same.
        dates: how dates are read.
        language: the language of all answers, unless a column says.
        ignore: columns that are known and left out.
        spelled: how the mapping spells each column; all others here are column keys
            (`candour.experiences.intake.names.column_key`).
    """

    name: str
    title: Words
    source: str
    columns: Map[str, tuple[str, ...]]
    optional: frozenset[str]
    values: Map[str, Map[str, str]]
    themes: ThemeColumns | ThemeList | None
    blanks: frozenset[str]
    no_words: frozenset[str]
    keep_no_words: bool
    dates: DateRule
    language: Literal["en", "cy", "unknown"]
    ignore: frozenset[str]
    spelled: Map[str, str]

    @property
    def known_columns(self) -> frozenset[str]:
        """Every column that the mapping speaks of."""
        known = {column for columns in self.columns.values() for column in columns} | self.ignore
        if isinstance(self.themes, ThemeColumns):
            known |= self.themes.themes.keys()
        elif self.themes is not None:
            known.add(self.themes.column)
        return frozenset(known)

    @property
    def needed_columns(self) -> frozenset[str]:
        """The columns that a file must have."""
        return self.known_columns - self.optional - self.ignore
