"""Experiences as a table for a file."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from candour.experiences.models import Experience
from candour.web.presenters.feelings import felt_words
from candour.web.table_export import Table


def experiences_table(found: Iterable[Experience]) -> Table:
    """Return experiences as a table, each word as it was given."""
    headings = (
        *(_("Number"), _("Received"), _("Happened"), _("Service"), _("Kind of service")),
        *(_("Organisation"), _("What was asked"), _("What was said"), _("Rating given")),
        *(_("How it felt"), _("Themes"), _("Source"), _("May name or describe a person")),
    )
    return Table("experiences", _("Experiences"), headings, _rows(found))


def _rows(found: Iterable[Experience]) -> Iterator[tuple[object, ...]]:
    for each in found:
        yield (
            each.pk,
            each.received_on,
            each.happened_on,
            each.service_name,
            each.service_kind,
            each.organisation,
            each.question,
            each.answer,
            each.rating,
            felt_words(each.sentiment),
            "; ".join(each.themes),
            each.source,
            _("Yes") if each.identifiable else _("No"),
        )
