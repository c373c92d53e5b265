"""Files for spreadsheets: text that is only ever text, whatever program opens it."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.http import HttpResponse

# What a spreadsheet takes for the beginning of a formula, and what it drops before one.
_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"  # by which programs know that a file is UTF-8; without it Welsh letters go wrong


def safe_cell(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value).replace("\x00", "")
    acts = text.startswith(_BEGIN_FORMULAS) or text.lstrip().startswith(_BEGIN_FORMULAS)
    return f"'{text}" if acts else text


def csv_file(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return the answer that sends rows as a CSV file of this name."""
    answer = HttpResponse("".join(csv_lines(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a CSV file, the mark of its encoding first."""
    yield MARK
    for row in rows:
        line = io.StringIO()
        # Quoted throughout: where cells end at semicolons, none within one begins another.
        csv.writer(line, quoting=csv.QUOTE_ALL).writerow([safe_cell(value) for value in row])
        yield line.getvalue()
