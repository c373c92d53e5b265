"""What the cells of one file mean by one mapping.

Files repeat themselves: the same few services, questions and ticks on every row. So what a set of
cells means is worked out once and remembered, up to a limit.
"""

import functools
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass

from candour.experiences.intake.mapping import NAME_FIELDS, Mapping, ThemeColumns, ThemeList
from candour.experiences.intake.names import tidy
from candour.experiences.intake.records import Layout

LONGEST_NAME = 500
REMEMBERED = 65_536
YES = frozenset({"1", "yes", "y", "true", "x", "ie", "oes"})
NO = frozenset({"0", "no", "n", "false", "na", "nac oes"})
ABOUT_FIELDS = (*NAME_FIELDS, "sentiment", "language", "identifiable")

Cells = Sequence[str] | Map[int, str]
"""Cells by their place in the record."""


class LeftOutError(Exception):
    """A row is left out; the message is the reason that the report counts it under."""


@dataclass(frozen=True, slots=True)
class About:
    """What a row says besides its id, its dates, its words and its themes.

    Attributes:
        notes: what the report should say of each row that says this.
    """

    organisation: str
    service_name: str
    service_kind: str
    question: str
    rating: str
    sentiment: int | None
    language: str
    identifiable: bool
    notes: tuple[str, ...]


class Meanings:
    """What the cells of a record mean."""

    def __init__(self, mapping: Mapping, layout: Layout) -> None:
        self.mapping = mapping
        self.places = {
            name: tuple(layout.places[key] for key in keys if key in layout.places)
            for name, keys in mapping.columns.items()
        }
        self.nothing = mapping.blanks | {""}
        self._themes_at = _theme_places(mapping, layout)
        self._about_at = self._places_of(ABOUT_FIELDS)
        self._group_at = self._places_of(mapping.dates.neighbours)
        remember = functools.lru_cache(maxsize=REMEMBERED)
        self._about = remember(self._work_out_about)
        self._themes = remember(self._work_out_themes)
        self._group = remember(self._work_out_group)

    def _places_of(self, names: Sequence[str]) -> tuple[int, ...]:
        found = (place for name in names for place in self.places.get(name, ()))
        return tuple(dict.fromkeys(found))

    def value(self, cells: Cells, name: str) -> str:
        """Return the first of a field's cells that is not blank, tidied, or nothing."""
        for place in self.places.get(name, ()):
            value = tidy(cells[place])
            if value.casefold() not in self.nothing:
                return value
        return ""

    def about(self, cells: list[str]) -> About:
        """Return what a record says besides its id, dates, words and themes.

        Raises:
            LeftOutError: one of its names is too long to be one.
        """
        return self._about(tuple(map(cells.__getitem__, self._about_at)))

    def themes(self, cells: list[str]) -> tuple[str, ...]:
        """Return a record's themes, each once.

        Raises:
            LeftOutError: one of them is too long to be one.
        """
        return self._themes(tuple(map(cells.__getitem__, self._themes_at.values())))

    def group(self, cells: list[str]) -> tuple[str, ...]:
        """Return what a record must share with another to be its neighbour."""
        return self._group(tuple(map(cells.__getitem__, self._group_at)))

    def _work_out_group(self, found: tuple[str, ...]) -> tuple[str, ...]:
        cells = dict(zip(self._group_at, found, strict=True))
        return tuple(self.value(cells, name) for name in self.mapping.dates.neighbours)

    def _work_out_about(self, found: tuple[str, ...]) -> About:
        cells = dict(zip(self._about_at, found, strict=True))
        names = {name: self._name(cells, name) for name in NAME_FIELDS}
        notes: list[str] = []
        return About(
            **names,
            sentiment=self._sentiment(cells, notes),
            language=self._language(cells, notes),
            identifiable=self._identifiable(cells, notes),
            notes=tuple(notes),
        )

    def _meaning(self, cells: Cells, name: str) -> str:
        value = self.value(cells, name)
        return self.mapping.values.get(name, {}).get(value.casefold(), value)

    def _name(self, cells: Cells, name: str) -> str:
        value = self._meaning(cells, name)
        if len(value) > LONGEST_NAME:
            raise LeftOutError(f"{name} is longer than {LONGEST_NAME} letters")
        return value

    def _sentiment(self, cells: Cells, notes: list[str]) -> int | None:
        value = self._meaning(cells, "sentiment")
        if value in {"1", "2", "3", "4", "5"}:
            return int(value)
        if value:
            notes.append("sentiment is not 1 to 5, so it is left empty")
        return None

    def _language(self, cells: Cells, notes: list[str]) -> str:
        value = self._meaning(cells, "language").casefold()
        if value in {"en", "cy", "unknown"}:
            return value
        if value:
            notes.append(f"language is none that is known, so “{self.mapping.language}”")
        return self.mapping.language

    def _identifiable(self, cells: Cells, notes: list[str]) -> bool:
        value = self._meaning(cells, "identifiable").casefold()
        if value and value not in YES | NO:
            notes.append("“identifiable” is neither yes nor no, so yes to be safe")
        return bool(value) and value not in NO

    def _work_out_themes(self, found: tuple[str, ...]) -> tuple[str, ...]:
        if isinstance(self.mapping.themes, ThemeList):
            listed = "".join(found).split(self.mapping.themes.separator)
            themes = [tidy(theme) for theme in listed]
        elif self.mapping.themes is not None:
            ticked = self.mapping.themes.ticked
            named = zip(self._themes_at, found, strict=True)
            themes = [theme for theme, cell in named if tidy(cell).casefold() in ticked]
        else:
            return ()
        if any(len(theme) > LONGEST_NAME for theme in themes):
            raise LeftOutError(f"a theme is longer than {LONGEST_NAME} letters")
        return tuple(dict.fromkeys(theme for theme in themes if theme))


def _theme_places(mapping: Mapping, layout: Layout) -> dict[str, int]:
    """Return where each theme's column stands by the theme's name, or the list's by its own."""
    if isinstance(mapping.themes, ThemeColumns):
        columns = mapping.themes.themes
        return {columns[key]: place for key, place in layout.places.items() if key in columns}
    if mapping.themes is not None and mapping.themes.column in layout.places:
        return {mapping.themes.column: layout.places[mapping.themes.column]}
    return {}
