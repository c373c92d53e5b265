"""Files for spreadsheets: text that is only ever text, whatever program opens it."""

import csv
import io
from collections.abc import Iterable, Iterator

# What a spreadsheet takes for the beginning of a formula, and what it drops before one.
_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"  # by which programs know that a file is UTF-8


def safe_cell(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(_BEGIN_FORMULAS) else text


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a CSV file, the mark of its encoding first."""
    yield MARK
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([safe_cell(value) for value in row])
        yield line.getvalue()
