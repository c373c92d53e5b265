"""Files for spreadsheets: text that is only ever text, whatever program opens it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from candour.engine.london import local

# What a spreadsheet takes for the beginning of a formula, and what it drops before one.
_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"  # by which programs know that a file is UTF-8; without it Welsh letters go wrong
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL: Final = 32_000  # characters; Excel takes 32,767
LONGEST_SHEET: Final = 31
LARGEST_EXACT: Final = 10**15  # a spreadsheet keeps fifteen digits of a number
FIRST_YEAR: Final = 1900  # a spreadsheet knows no day before
WIDEST, NARROWEST = 60, 8
_AS_TEXT: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Row = Iterable[object]


def begins_a_formula(text: str) -> bool:
    """Say whether a spreadsheet may take a text for a formula."""
    return text.startswith(_BEGIN_FORMULAS) or text.lstrip().startswith(_BEGIN_FORMULAS)


def safe_cell(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value).replace("\x00", "")
    return f"'{text}" if begins_a_formula(text) else text


def csv_file(name: str, rows: Iterable[Row]) -> HttpResponse:
    """Return the answer that sends rows as a CSV file of this name."""
    answer = HttpResponse("".join(csv_lines(rows)), content_type="text/csv; charset=utf-8")
    return _attached(answer, name)


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a CSV file, the mark of its encoding first."""
    yield MARK
    for row in rows:
        line = io.StringIO()
        # Quoted throughout: where cells end at semicolons, none within one begins another.
        csv.writer(line, quoting=csv.QUOTE_ALL).writerow([safe_cell(value) for value in row])
        yield line.getvalue()


def xlsx_file(
    name: str, title: str, rows: Sequence[Row], about: tuple[str, Sequence[Row]]
) -> HttpResponse:
    """Return the answer that sends rows as an Excel workbook of this name.

    Days and numbers are such, so that they sort and add up; whatever was typed is text, which
    stays text when somebody opens and saves the cell.

    Args:
        name: what the file is called.
        title: what the list is called: the name of its sheet.
        rows: the headings first.
        about: the name of a second sheet, and its rows, in pairs of a heading and a value.
    """
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, _AS_TEXT) as book:
        writer = _SheetWriter(book)
        writer.sheet(title, rows, headed=True)
        writer.sheet(about[0], about[1], headed=False)
    return _attached(HttpResponse(kept.getvalue(), content_type=XLSX), name)


def _attached(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003  # Django's signature
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


class _SheetWriter:
    """Writes the sheets of one workbook; each way a cell looks is made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401  # the library carries no types
        self.book = book
        top = {"text_wrap": True, "valign": "top"}
        self.plain = book.add_format(top)
        self.bold = book.add_format({**top, "bold": True})
        self.day = book.add_format({**top, "num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({**top, "num_format": "yyyy-mm-dd hh:mm"})
        # Kept as text also when the cell is opened and left again, which would else calculate it.
        self.quoted = book.add_format({**top, "quote_prefix": True})

    def sheet(self, title: str, rows: Sequence[Row], *, headed: bool) -> None:
        """Add a sheet; of one that is `headed` the first row stands above the others for good."""
        sheet = self.book.add_worksheet(_sheet_name(title))
        widths: dict[int, int] = {}
        last = 0
        for down, row in enumerate(rows):
            for along, value in enumerate(row):
                head = down == 0 if headed else along == 0
                shown = self._write(sheet, (down, along), value, head=head)
                widths[along] = max(widths.get(along, NARROWEST), min(shown + 2, WIDEST))
            last = down
        for along, width in widths.items():
            sheet.set_column(along, along, width)
        if headed and widths:
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, last, max(widths))

    def _write(self, sheet: Any, place: tuple[int, int], value: object, *, head: bool) -> int:  # noqa: ANN401
        """Write one cell as what it is, and return how many characters wide it is."""
        if isinstance(value, datetime) and value.year >= FIRST_YEAR:
            sheet.write_datetime(*place, local(value).replace(tzinfo=None), self.moment)
            return 16
        if isinstance(value, date) and value.year >= FIRST_YEAR:
            sheet.write_datetime(*place, value, self.day)
            return 10
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST_EXACT:
            sheet.write_number(*place, value, self.plain)
            return len(str(value))
        text = _cell_text(value)
        look = self.quoted if begins_a_formula(text) else self.bold if head else self.plain
        sheet.write_string(*place, text, look)
        return max(map(len, text.splitlines()), default=0)


def _cell_text(value: object) -> str:
    text = "" if value is None else str(value).replace("\x00", "")
    text = text.encode(errors="replace").decode()
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def _sheet_name(title: str) -> str:
    """Return a title as a sheet may be called: short, and without what Excel forbids."""
    plain = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title).strip()
    return plain[:LONGEST_SHEET].strip() or "-"
