"""What a search found as a table for a file."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from candour.engine.london import local
from candour.finding.searching import FoundCase, FoundText
from candour.web.presenters.found import document_words, kind_words
from candour.web.presenters.shipped import step_name
from candour.web.table_export import Table


def cases_found(found: Iterable[FoundCase]) -> Table:
    """Return cases in which something was found, one row for each text that is shown of them."""
    headings = (
        *(_("Case"), _("Title"), _("Service"), _("Step"), _("Opened"), _("Closed")),
        *(_("What"), _("When"), _("Words")),
    )
    return Table("search", _("Search"), headings, _cases(found))


def _cases(found: Iterable[FoundCase]) -> Iterator[tuple[object, ...]]:
    for case in found:
        about = (
            *(case.ref, case.title, case.service, step_name(case.procedure, case.step)),
            local(case.opened_at).date(),
            local(case.closed_at).date() if case.closed_at else None,
        )
        for text in case.texts:
            what = kind_words(text.procedure, text.what)
            yield (*about, what, local(text.at).date(), text.said)


def documents_found(found: Iterable[FoundText]) -> Table:
    """Return documents that were found."""
    headings = (_("Document"), _("When"), _("Case"), _("Title"), _("Words"))
    rows = (
        (document_words(text), local(text.at).date(), text.ref, text.title, text.said)
        for text in found
    )
    return Table("documents", _("Documents"), headings, rows)
