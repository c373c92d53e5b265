"""The sharing ledger as a spreadsheet's rows, in which no cell can act as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from candour.web.presenters.sharing import SharingLine, SharingPage

# What spreadsheets take for the beginning of a formula, or step over to reach one.
_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def ledger_csv(page: SharingPage) -> str:
    """Return the ledger as CSV with a heading row: sharings first, then decisions."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in _rows(page):
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that a spreadsheet shows and never works out."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_ACTS) else cell


def _rows(page: SharingPage) -> Iterator[Iterable[str]]:
    yield (
        _("Sort"),
        _("When"),
        _("What"),
        _("With whom"),
        _("Kind of recipient"),
        _("Purpose or reason"),
        _("Legal basis"),
        _("Was the person informed?"),
        _("Entries"),
        _("Documents"),
        _("Recalled"),
    )
    yield from (_shared(line) for line in page.shared)
    for decision in page.decisions:
        sort = _("May be shared") if decision.allowed else _("Not shared")
        entries = "; ".join(entry.name for entry in decision.entries)
        yield (
            sort,
            decision.when,
            decision.what,
            decision.whom,
            "",
            decision.reason,
            "",
            "",
            entries,
            "",
            "",
        )


def _shared(line: SharingLine) -> Iterable[str]:
    return (
        _("Shared"),
        line.when,
        line.what,
        "; ".join(line.to),
        line.kinds,
        line.purpose,
        line.basis,
        line.informed,
        "; ".join(entry.name for entry in line.entries),
        "; ".join(line.documents),
        line.recalled,
    )
