"""Reads one row of a register's file into what it says of a service."""

from datetime import date
from typing import Final, NamedTuple

from candour.directory.reading.days import read_day
from candour.directory.reading.layout import Layout
from candour.directory.reading.mapping import DAY_FIELDS, JOINED_FIELDS, LIST_FIELDS, Mapping
from candour.directory.reading.names import postcode, tidy
from candour.directory.report import Report

LONGEST_NUMBER: Final = 64
LONGEST_NAME: Final = 400
LONGEST_CELL: Final = 4_000
YES: Final = frozenset({"y", "yes", "true", "1"})


class StagedRow(NamedTuple):
    """What a row says of a service; in order of the columns that rows are copied to."""

    line: int
    number: str
    name: str
    also_known_as: str
    address: str
    postcode: str
    phone: str
    website: str
    kinds: tuple[str, ...]
    specialisms: tuple[str, ...]
    nursing: bool
    people: str
    region: str
    url: str
    latest_check: date | None
    provider_number: str
    provider_name: str
    authority: str
    ended_on: date | None


class StagedAnswer(NamedTuple):
    """One rating that a row speaks of."""

    line: int
    number: str
    schema: str
    question: str
    rating: str
    given_on: date | None


class LeftOutError(Exception):
    """A row cannot be taken; the message says why."""


class RowReader:
    """Reads the rows of one file by one mapping, counting in the report what is wrong with them."""

    def __init__(self, mapping: Mapping, layout: Layout, report: Report, today: date) -> None:
        self.mapping = mapping
        self.layout = layout
        self.report = report
        self.today = today
        self._seen: set[object] = set()

    def read(self, line: int, cells: list[str]) -> tuple[StagedRow | None, list[StagedAnswer]]:
        """Return what a row says of a service, and the ratings it has; nothing where it is skipped.

        Rows of a file that only rates give no service.
        """
        self.report.rows_read += 1
        try:
            number = self._number(cells)
        except LeftOutError as reason:
            self.report.unreadable += 1
            self.report.skip(str(reason), line)
            return None, []
        try:
            return self._read(line, number, cells)
        except LeftOutError as reason:
            self.report.spared.append(number)
            self.report.skip(str(reason), line)
            return None, []

    def _read(
        self, line: int, number: str, cells: list[str]
    ) -> tuple[StagedRow | None, list[StagedAnswer]]:
        if not self.mapping.lists_services:
            return None, self._only_ratings(line, number, cells)
        if number in self._seen:
            self.report.duplicates.add(line)
            return None, []
        row = self._service(line, number, cells)
        self._seen.add(number)
        self.report.staged += 1
        return row, self._ratings(line, number, cells)

    def _number(self, cells: list[str]) -> str:
        if len(cells) != self.layout.width and any(cells[self.layout.width :]):
            raise LeftOutError(f"more cells than the {self.layout.width} columns of the header")
        if len(cells) < self.layout.width:
            raise LeftOutError(f"fewer cells than the {self.layout.width} columns of the header")
        number = self._text(cells, "number")
        if not number:
            raise LeftOutError("no number")
        if len(number) > LONGEST_NUMBER:
            raise LeftOutError(f"the number is longer than {LONGEST_NUMBER} letters")
        return number

    def _service(self, line: int, number: str, cells: list[str]) -> StagedRow:
        name = self._text(cells, "name")
        if not name:
            raise LeftOutError("no name")
        if len(name) > LONGEST_NAME:
            raise LeftOutError(f"the name is longer than {LONGEST_NAME} letters")
        code, good = postcode(self._text(cells, "postcode"))
        if not good:
            self.report.note("the postcode is none", line)
        lists = {field: self._list(cells, field) for field in LIST_FIELDS}
        named = {word.casefold() for words in lists.values() for word in words}
        days = {field: self._day(line, cells, field) for field in DAY_FIELDS}
        provider = self._text(cells, "provider_name")
        if not provider:
            self.report.note("no provider is named, so it is taken to run itself", line)
            provider = name
        return StagedRow(
            line=line,
            number=number,
            name=name,
            also_known_as=self._text(cells, "also_known_as"),
            address=self._joined(cells, "address"),
            postcode=code,
            phone=self._text(cells, "phone"),
            website=self._text(cells, "website"),
            kinds=lists["kinds"],
            specialisms=lists["specialisms"],
            nursing=self._nursing(cells, named),
            people=self._people(cells, named),
            region=self._text(cells, "region"),
            url=self._text(cells, "url"),
            latest_check=days["latest_check"],
            provider_number=self._text(cells, "provider_number") or f"name:{provider.casefold()}",
            provider_name=provider,
            authority=self._text(cells, "authority"),
            ended_on=days["ended_on"],
        )

    # -- cells ---------------------------------------------------------------------------------

    def _cell(self, cells: list[str], column: str) -> str:
        place = self.layout.places.get(column)
        if place is None:
            return ""
        value = tidy(cells[place].replace("\0", ""))
        if len(value) > LONGEST_CELL:
            raise LeftOutError(f"a cell is longer than {LONGEST_CELL:,} letters")
        return "" if value.casefold() in self.mapping.blanks else value

    def _text(self, cells: list[str], field: str) -> str:
        """Return the first value that is not blank of a field's columns, in its mapped meaning."""
        for column in self.mapping.columns.get(field, ()):
            if value := self._cell(cells, column):
                return self.mapping.values.get(field, {}).get(value.casefold(), value)
        return ""

    def _joined(self, cells: list[str], field: str) -> str:
        columns = self.mapping.columns.get(field, ()) if field in JOINED_FIELDS else ()
        return ", ".join(filter(None, (self._cell(cells, column) for column in columns)))

    def _list(self, cells: list[str], field: str) -> tuple[str, ...]:
        ticks = self.mapping.ticked.get(field)
        if ticks is not None:
            return tuple(
                value
                for place, ticked, value in self.layout.ticked
                if ticked == field and cells[place].strip().casefold() in ticks.by
            )
        words = self._text(cells, field).split(self.mapping.separator)
        return tuple(dict.fromkeys(tidy(word) for word in words if word.strip()))

    def _day(self, line: int, cells: list[str], field: str) -> date | None:
        written = self._text(cells, field)
        try:
            return read_day(written)
        except ValueError:
            self.report.note(f"{field} is no date such as 31/12/2026 and was left empty", line)
            return None

    def _nursing(self, cells: list[str], named: set[str]) -> bool:
        if "nursing" in self.mapping.columns:
            return self._text(cells, "nursing").casefold() in YES
        return bool(self.mapping.nursing & named)

    def _people(self, cells: list[str], named: set[str]) -> str:
        if "people" in self.mapping.columns:
            return self._text(cells, "people")
        children, adults = bool(self.mapping.children & named), bool(self.mapping.adults & named)
        if children:
            return "both" if adults else "children"
        return "adults" if adults else ""

    # -- ratings -------------------------------------------------------------------------------

    def _only_ratings(self, line: int, number: str, cells: list[str]) -> list[StagedAnswer]:
        found = self._ratings(line, number, cells)
        fresh = [each for each in found if each[1:4] + each[5:] not in self._seen]
        if not found:
            self.report.left_out += 1
        elif not fresh:
            self.report.duplicates.add(line)
        else:
            self.report.staged += 1
        self._seen.update(each[1:4] + each[5:] for each in fresh)
        return fresh

    def _ratings(self, line: int, number: str, cells: list[str]) -> list[StagedAnswer]:
        columns = self.mapping.ratings
        if columns is None:
            return []
        for column, words in columns.only.items():
            if self._cell(cells, column).casefold() not in words:
                return []
        said = {question: self._cell(cells, each) for question, each in columns.wide.items()}
        if columns.question:
            asked = self._question(line, self._cell(cells, columns.question))
            if not asked:
                return []
            said[asked] = self._cell(cells, columns.rating)
        on = self._given_on(line, cells)
        found = []
        for question, answer in said.items():
            if rating := self._rating(line, answer):
                found.append(StagedAnswer(line, number, columns.schema.name, question, rating, on))
        return found

    def _question(self, line: int, said: str) -> str:
        assert self.mapping.ratings is not None  # noqa: S101  # asked only where there are ratings
        for name, words in self.mapping.ratings.schema.questions.items():
            if words.casefold() == said.casefold():
                return name
        self.report.note(f"“{said[:40]}” is no question that is rated", line)
        return ""

    def _rating(self, line: int, said: str) -> str:
        if not said or self.mapping.ratings is None:
            return ""
        rating = self.mapping.ratings.words.get(said.casefold())
        if rating is None:
            self.report.note(f"“{said[:40]}” is no rating and was left out", line)
        return rating or ""

    def _given_on(self, line: int, cells: list[str]) -> date | None:
        assert self.mapping.ratings is not None  # noqa: S101  # asked only where there are ratings
        written = self._cell(cells, self.mapping.ratings.on) if self.mapping.ratings.on else ""
        try:
            given = read_day(written)
        except ValueError:
            self.report.note("the day of the rating is no date and was left empty", line)
            return None
        if given is not None and given > self.today:
            self.report.note("the rating is of a day to come, so its day was left empty", line)
            return None
        return given
