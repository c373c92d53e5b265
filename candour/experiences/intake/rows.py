"""Turns a record of a file into an experience to be stored, or says why it is left out."""

import functools
import hashlib
import unicodedata
from datetime import date
from typing import NamedTuple

from candour.experiences.intake.dates import Evidence, Readings, readings
from candour.experiences.intake.mapping import DATE_FIELDS, Mapping
from candour.experiences.intake.meanings import LeftOutError, Meanings
from candour.experiences.intake.names import tidy
from candour.experiences.intake.records import Layout
from candour.experiences.intake.report import DatesSettled, ImportReport
from candour.experiences.taking_in import TakenIn, take_in

LONGEST_ID = 200
LONGEST_ANSWER = 50_000
REMEMBERED_DATES = 100_000
BY_CONTENT = "row-"
MARKED = "words that tell who somebody is were taken out of it, for a person to check"
SIGNED = "it has signs that somebody may not be safe, so it waits on the list of signs"


class Row(NamedTuple):
    """An experience on its way into the table, in the order of the staging table's columns.

    The last three go elsewhere: the words as given, to be sealed, and what was found in them.
    """

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
    themes: tuple[str, ...]
    language: str
    identifiable: bool
    given: str | None
    marks: str | None
    signs: str | None


class RowReader:
    """Reads the records of one file by one mapping.

    First every record passes through `note_dates`, then each through `read`: what a date with two
    readings means depends on the rows around it, those that follow included.
    """

    def __init__(
        self,
        mapping: Mapping,
        layout: Layout,
        report: ImportReport,
        today: date,
        *,
        from_1904: bool = False,
    ) -> None:
        self.mapping = mapping
        self.layout = layout
        self.report = report
        self.meanings = Meanings(mapping, layout)
        self.evidence = {name: Evidence() for name in DATE_FIELDS if self.meanings.places.get(name)}
        report.dates = {name: DatesSettled() for name in self.evidence}
        earliest = mapping.dates.earliest
        self._span = f"{earliest:%d/%m/%Y} and {today:%d/%m/%Y}"
        self._no_words = mapping.no_words | self.meanings.nothing
        # Spaces within may be many, but nobody writes “Did not answer” with a hundred.
        self._longest_silence = 100 + max(map(len, self._no_words))

        @functools.lru_cache(maxsize=REMEMBERED_DATES)
        def read_date(text: str) -> Readings:
            return readings(text, earliest=earliest, latest=today, from_1904=from_1904)

        self._read_date = read_date

    @property
    def rows_known_by_content(self) -> bool:
        """Whether the file gives its rows no ids, so that what they say is their id."""
        return not self.meanings.places.get("source_ref")

    def note_dates(self, line: int, cells: list[str]) -> None:
        """Take in what this record's dates show about its neighbours'."""
        cells = self.layout.fitted(cells)
        if len(cells) != self.layout.width:
            return
        for name, evidence in self.evidence.items():
            order = self._read_date(self.meanings.value(cells, name)).shows
            if order is not None:
                evidence.add(self.meanings.group(cells), line, order)

    def read(self, line: int, cells: list[str]) -> Row | None:
        """Return the row to store, or None having counted why there is none in the report."""
        self.report.rows_read += 1
        try:
            return self._read(line, cells)
        except LeftOutError as left_out:
            self.report.skip(str(left_out), line)
            return None

    def _read(self, line: int, cells: list[str]) -> Row:
        cells = self.layout.fitted(cells)
        if not cells:
            raise LeftOutError("its letters are neither UTF-8 nor Windows-1252")
        if len(cells) != self.layout.width:
            raise LeftOutError(f"wrong number of columns (the file has {self.layout.width})")
        if tuple(cells) == self.layout.header:
            raise LeftOutError("the names of the columns again")
        answer = self._answer(cells)
        source_ref = self._source_ref(cells)
        about = self.meanings.about(cells)
        themes = self.meanings.themes(cells)
        days = self._days(line, cells)
        taken = take_in(answer, language=about.language)
        self._note_found(taken, line)
        for note in about.notes:
            self.report.note(note, line)
        return Row(
            line=line,
            source_ref=source_ref,
            received_on=days.get("received_on"),
            happened_on=days.get("happened_on"),
            organisation=about.organisation,
            service_name=about.service_name,
            service_kind=about.service_kind,
            question=about.question,
            answer=taken.answer,
            rating=about.rating,
            sentiment=about.sentiment,
            themes=themes,
            language=about.language,
            identifiable=about.identifiable,
            given=taken.given,
            marks=taken.marks_json(),
            signs=taken.signs_json(),
        )

    def _note_found(self, taken: TakenIn, line: int) -> None:
        if taken.marks:
            self.report.note(MARKED, line)
        if taken.signs:
            self.report.note(SIGNED, line)

    def _answer(self, cells: list[str]) -> str:
        answer = cells[self.meanings.places["answer"][0]]
        if len(answer) > LONGEST_ANSWER:
            raise LeftOutError(f"the answer is longer than {LONGEST_ANSWER:,} letters")
        bare = answer.strip()
        silent = len(bare) <= self._longest_silence and tidy(bare).casefold() in self._no_words
        if silent and not self.mapping.keep_no_words:
            raise LeftOutError("no words")
        return unicodedata.normalize("NFC", answer)

    def _source_ref(self, cells: list[str]) -> str:
        if self.rows_known_by_content:
            written = "\x1f".join(cells).encode()
            return BY_CONTENT + hashlib.sha256(written).hexdigest()[:32]
        found = self.meanings.value(cells, "source_ref")
        if not found:
            raise LeftOutError("no id")
        if len(found) > LONGEST_ID:
            raise LeftOutError(f"the id is longer than {LONGEST_ID} letters")
        return found

    def _days(self, line: int, cells: list[str]) -> dict[str, date]:
        """Return the row's dates, counted in the report once all of them can be read."""
        settled = {}
        for name, evidence in self.evidence.items():
            if not (text := self.meanings.value(cells, name)):
                continue
            readable = self._read_date(text)
            group = self.meanings.group(cells) if readable.ambiguous else ()
            found = evidence.settle(readable, group, line, usual=self.mapping.dates.usual)
            if found is None:
                raise LeftOutError(f"{name} is no date between {self._span}")
            settled[name] = found
        for name in self.evidence:
            if name in settled:
                self.report.dates[name].add(settled[name].how, settled[name].order, line)
            else:
                self.report.dates[name].empty += 1
        return {name: found.day for name, found in settled.items()}
