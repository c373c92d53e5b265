"""A census table as it was sent: read whole, or refused with every line that is wrong. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from candour.outreach.both_languages import BothWords, both
from candour.telling.questions import ABOUT, PREFER_NOT, Option, Question

# Whom something happened to is no property of a population.
ASKED_OF_AREA: Final = tuple(each for each in ABOUT if each.name != "about_whose")
COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    "question": frozenset({"question", "topic", "characteristic", "variable", "cwestiwn"}),
    "answer": frozenset({"answer", "group", "category", "value", "ateb", "grŵp"}),
    "people": frozenset(
        {"people", "number", "count", "observation", "population", "residents", "usual residents"}
        | {"pobl", "nifer", "poblogaeth"}
    ),
}
MOST_BYTES: Final = 1_000_000
MOST_FAULTS: Final = 20
# A longer cell is most of the file, swallowed by a quotation mark that nothing closes. The csv
# module's own limit is one for the whole process, and others raise it.
LONGEST_CELL: Final = 5_000
MOST_PEOPLE: Final = 100_000_000


@dataclass(slots=True)
class Table:
    """What was read, and what is wrong with it; nothing of a table with faults is kept.

    Attributes:
        people: by question and answer, both as the public form names them.
        faults: each with its line.
    """

    people: dict[tuple[str, str], int] = field(default_factory=dict)
    faults: list[BothWords] = field(default_factory=list)


def asked_answers(question: Question) -> tuple[Option, ...]:
    """Return the answers of a question that a census can count: all but not saying."""
    return tuple(each for each in question.options if each.value != PREFER_NOT)


def read_table(content: bytes) -> Table:
    """Return what a CSV file says: a row for each answer to each question that it names."""
    table = Table()
    if len(content) > MOST_BYTES:
        table.faults.append(
            both("The file is larger than 1 MB. Send only the table, as a CSV file.")
        )
        return table
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    _read(text.replace("\0", ""), table)
    del table.faults[MOST_FAULTS:]
    return table


def _read(text: str, table: Table) -> None:
    first = text.split("\n", 1)[0]
    cut = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=cut)
    try:
        places = _places(next(lines, []))
        if len(places) < len(COLUMNS):
            table.faults.append(_missing(places))
            return
        for row in _unswallowed(lines):
            if any(cell.strip() for cell in row):
                _row(table, lines.line_num, [_cell(row, places[name]) for name in COLUMNS])
    except csv.Error:
        table.faults.append(
            both(
                "Line %(line)s cannot be read as CSV. Look for a quotation mark that is not closed."
            )
            % {"line": lines.line_num}
        )
        return
    table.faults.extend(_lacking(table))


def _unswallowed(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for row in rows:
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise csv.Error
        yield row


def _places(header: Sequence[str]) -> dict[str, int]:
    names = [" ".join(cell.split()).casefold() for cell in header]
    return {
        column: place
        for column, known in COLUMNS.items()
        for place, name in reversed(list(enumerate(names)))
        if name in known
    }


def _missing(places: Mapping[str, int]) -> BothWords:
    lacking = ", ".join(name for name in COLUMNS if name not in places)
    return both(
        "Line 1 must name the columns question, answer and people. These were not found: %(names)s."
    ) % {"names": lacking}


def _cell(row: Sequence[str], place: int) -> str:
    return " ".join(row[place].split()) if place < len(row) else ""


def _row(table: Table, line: int, cells: Sequence[str]) -> None:
    asked, given, typed = cells
    question = next((each for each in ASKED_OF_AREA if asked.casefold() in _names(each)), None)
    if question is None:
        known = ", ".join(_short(each) for each in ASKED_OF_AREA)
        table.faults.append(
            both("Line %(line)s: “%(typed)s” is no question of the form. Write one of: %(known)s.")
            % {"line": line, "typed": asked[:60], "known": known}
        )
        return
    options = asked_answers(question)
    option = next((each for each in options if given.casefold() in _values(each)), None)
    number = _number(typed)
    key = (question.name, option.value if option else "")
    if option is None:
        fault = both("“%(typed)s” is no answer to it. Write one of: %(known)s.")
        words = fault % {"typed": given[:60], "known": _listed(options)}
    elif number is None:
        words = both("“%(typed)s” is no number of people. Write it in figures, like 1250.") % {
            "typed": typed[:60]
        }
    elif key in table.people:
        words = both("“%(typed)s” stands there twice. Add the rows up into one.") % {"typed": given}
    else:
        table.people[key] = number
        return
    table.faults.append(both("Line %(line)s: %(words)s") % {"line": line, "words": words})


def _number(typed: str) -> int | None:
    plain = typed.replace(",", "").replace(" ", "")
    if not (plain.isascii() and plain.isdigit()) or len(plain) > len(str(MOST_PEOPLE)):
        return None
    return int(plain) if int(plain) <= MOST_PEOPLE else None


def _listed(options: Sequence[Option]) -> BothWords:
    """Return answers one after another, in each language."""
    return BothWords(
        ", ".join(each.words.en for each in options), ", ".join(each.words.cy for each in options)
    )


def _short(question: Question) -> str:
    return question.name.removeprefix("about_")


def _names(question: Question) -> set[str]:
    words = (question.name, _short(question), question.number, question.words.en, question.words.cy)
    return {each.casefold() for each in words}


def _values(option: Option) -> set[str]:
    return {each.casefold() for each in (option.value, option.words.en, option.words.cy)}


def _lacking(table: Table) -> Iterator[BothWords]:
    """Yield what a table lacks to be used; only of one whose lines are all right."""
    if table.faults:
        return
    if not table.people:
        yield both("The table has no rows under its first line.")
    for question in ASKED_OF_AREA:
        kept = [answer for asked, answer in table.people if asked == question.name]
        lacking = [each for each in asked_answers(question) if each.value not in kept]
        if kept and lacking:
            yield both(
                "“%(question)s” lacks: %(answers)s. Shares need every answer; write 0 where the "
                "census counts nobody."
            ) % {"question": _short(question), "answers": _listed(lacking)}
        elif kept and not any(table.people[question.name, answer] for answer in kept):
            yield both("“%(question)s” counts nobody at all.") % {"question": _short(question)}
