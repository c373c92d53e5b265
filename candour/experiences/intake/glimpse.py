"""The first rows of a file, its columns, and what each of them probably means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from candour.experiences.intake.columns_seen import (
    EARLIEST,
    Column,
    Look,
    column_seen,
)
from candour.experiences.intake.dates import readings
from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.header_words import (
    LEAVE,
    NOT_PRIVATE,
    PRIVATE,
    THEME,
    THEMES,
    WORDS,
)
from candour.experiences.intake.mapping import DATE_FIELDS
from candour.experiences.intake.names import column_key, tidy
from candour.experiences.intake.records import HEAD, column_names, head
from candour.experiences.intake.sources import Source

LOOKED_AT: Final = 300  # rows after the header
LONGEST_NAME: Final = 80
FEWEST_THEMES: Final = 3  # ticked columns, to take them for themes
EXACT, BEGINS, WITHIN = 100, 40, 20
NEVER: Final = -1


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What the first rows of a file show.

    Attributes:
        delimiter: the mark between cells; empty in a sheet.
        header_line: where the columns are named.
        columns: the columns, in order.
        guesses: what each probably means: a field, `THEME`, `THEMES` or `LEAVE`.
    """

    delimiter: str
    header_line: int
    columns: tuple[Column, ...]
    guesses: tuple[str, ...]


def glimpse(source: Source, today: date, header_line: int | None = None) -> Glimpse:
    """Return what the first rows of a file show.

    Args:
        source: the file.
        today: no date in it is later.
        header_line: where the columns are named, if somebody said so.

    Raises:
        FileRefusedError: nothing in it could be a line of names.
    """
    likely = [
        (_likeness(cells, today), delimiter, line, cells)
        for delimiter in source.delimiters
        for line, cells in head(source, delimiter)
        if header_line in (None, line)
    ]
    score, delimiter, line, header = max(
        likely, key=lambda one: one[0], default=(0, "", 0, list[str]())
    )
    if not score:
        raise FileRefusedError(
            f"No line among the first {HEAD} could be the names of columns. Put a line with their "
            "names above the rows."
        )
    columns = _columns(source, delimiter, line, header, today)
    return Glimpse(delimiter, line, columns, guessed(columns))


def _likeness(cells: Sequence[str], today: date) -> int:
    """Return how much a record looks like the names of columns."""
    names = [tidy(cell) for cell in cells]
    said = {name.casefold() for name in names if name}
    fit = [
        name
        for name in said
        if len(name) <= LONGEST_NAME
        and any(map(str.isalpha, name))
        and not readings(name, earliest=EARLIEST, latest=today).possible
    ]
    known = sum(any(name == word for words in WORDS.values() for word in words) for name in said)
    return len(fit) + 2 * known


def _columns(
    source: Source, delimiter: str, line: int, header: Sequence[str], today: date
) -> tuple[Column, ...]:
    reading = source.records(delimiter)
    try:
        rows = list(islice((cells for at, cells in reading if at > line), LOOKED_AT))
    except FileRefusedError:
        rows = []
    finally:
        reading.close()
    return tuple(
        column_seen(
            column_key(name),
            name,
            [cells[place] for cells in rows if place < len(cells)],
            today,
            from_1904=source.from_1904,
        )
        for place, name in enumerate(column_names(header))
    )


def guessed(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return what each column probably means; no field is given to two of them."""
    scores = sorted(
        (
            (_score(field, column), -place, field)
            for place, column in enumerate(columns)
            for field in WORDS
        ),
        reverse=True,
    )
    found: dict[int, str] = {}
    for score, minus_place, field in scores:
        if score > 0 and -minus_place not in found and field not in found.values():
            found[-minus_place] = field
    _by_looks(columns, found)
    ticked = [
        place
        for place, column in enumerate(columns)
        if column.look is Look.TICKS and place not in found and not is_private(column)
    ]
    if len(ticked) >= FEWEST_THEMES:
        # A theme that nobody met in the first rows stands among those that somebody did.
        found |= {
            place: THEME
            for place in range(ticked[0], ticked[-1] + 1)
            if place in ticked or (place not in found and columns[place].look is Look.EMPTY)
        }
    return tuple(found.get(place, LEAVE) for place in range(len(columns)))


def _by_looks(columns: Sequence[Column], found: dict[int, str]) -> None:
    """Give the words and the day to the columns that look like them, where no name told."""
    free = [place for place in range(len(columns)) if place not in found]
    wordy = [place for place in free if columns[place].look is Look.FREE_TEXT]
    if "answer" not in found.values() and wordy:
        found[max(wordy, key=lambda place: columns[place].length)] = "answer"
    dated = [
        place
        for place in free
        if columns[place].look is Look.DATES and not is_private(columns[place])
    ]
    if "received_on" not in found.values() and dated:
        found[dated[0]] = "received_on"


def _score(field: str, column: Column) -> int:
    """Return how well a column's name and values go with a field."""
    if column.look is Look.EMPTY or is_private(column) or not _could_be(field, column):
        return NEVER
    name = column_key(column.name)
    best = 0
    for rank, word in enumerate(WORDS[field]):
        if name == word:
            best = max(best, EXACT - rank)
        elif f" {word} " in f" {name} ":
            sure = (BEGINS if name.startswith(word) else WITHIN) - min(rank, WITHIN - 1)
            best = max(best, sure + len(word))  # “service type” says more than “service”
    if best and field == "answer":
        best += min(int(column.length), EXACT)
    return best


def _could_be(field: str, column: Column) -> bool:
    """Return whether a column's values allow a field at all."""
    if field in DATE_FIELDS:
        return column.look is Look.DATES
    if column.look is Look.DATES:
        return False
    if field == "source_ref":
        return column.look in {Look.IDS, Look.TEXT}
    if column.look is Look.TICKS:
        return field == "identifiable"
    if field in {"answer", THEMES}:
        return True
    return column.look is not Look.FREE_TEXT or field == "question"


def is_private(column: Column) -> bool:
    """Return whether a column tells who somebody is, by its name or by its values."""
    if column.look is Look.CONTACTS:
        return True
    name = f" {column_key(column.name)} "
    if any(f" {word} " in name for word in NOT_PRIVATE):
        return False
    return any(f" {word} " in name for word in PRIVATE)
