"""The sharing ledger as a spreadsheet's rows."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from candour.web.presenters.sharing import SharingLine, SharingPage


def ledger_rows(page: SharingPage) -> Iterator[Iterable[str]]:
    """Yield the ledger with a heading row: sharings first, then decisions."""
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
