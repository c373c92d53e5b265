"""Any table of the site as a file for a spreadsheet: one line in the view, one in the template.

A view that shows a list asks, once it knows what the list was narrowed to::

    if file := taken_out(request, lambda: Table("plans", _("Plans"), headings, every_row)):
        return file

and its template offers it with ``export_links(request)`` (components/exports.html). The file is
asked for at the list's own address with ``file=xlsx`` or ``file=csv`` added, so it holds what that
address holds for this person and nothing else. Each time one is taken, that is written down.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.engine.london import local
from candour.finding.models import Format
from candour.finding.taking import Taking, taken
from candour.people.middleware import ScopedRequest
from candour.people.models import User
from candour.site import clock
from candour.web.dates import moment
from candour.web.spreadsheets import csv_file, xlsx_file

FILE: Final = "file"  # what is added to the address of a list
PLACES: Final = ("after", "page", "drop", "chosen", "experience", "full")  # not narrowing a list
MOST_ROWS: Final = 50_000  # of one file; more is had by narrowing the list
LONGEST_ASKED: Final = 2_000


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it goes into a file.

    Attributes:
        name: what the file is called, without the day and the ending: small letters and hyphens.
        title: what the list is called, in the reader's language.
        headings: what stands above the columns.
        rows: the whole list, not one page of it; read no further than `MOST_ROWS`. Give days,
            moments and whole numbers as what they are: they sort in a spreadsheet.
    """

    name: str
    title: str
    headings: Sequence[str]
    rows: Iterable[Iterable[object]]


def format_asked(request: HttpRequest) -> Format | None:
    """Return the kind of file that an address asks for, or None where it asks for the page."""
    wanted = request.GET.get(FILE, "")
    return Format(wanted) if wanted in Format.values else None


def taken_out(request: HttpRequest, table: Callable[[], Table]) -> HttpResponse | None:
    """Return a table as a file where the address asks for one, else None.

    Args:
        request: asked by somebody who is signed in.
        table: makes the table; not called where no file is asked for.
    """
    wanted = format_asked(request)
    return table_file(request, table(), wanted) if wanted else None


def table_file(request: HttpRequest, table: Table, wanted: Format) -> HttpResponse:
    """Return a table as a file of this kind.

    Who took which table, when and how much of it is written down in the same transaction.
    """
    now, person = clock.now(), cast("User", request.user)
    rows = list(islice(iter(table.rows), MOST_ROWS + 1))
    held, whole = rows[:MOST_ROWS], len(rows) <= MOST_ROWS
    taken(
        Taking(table.name, request.get_full_path()[:LONGEST_ASKED], wanted, len(held)),
        person=person,
        bodies=cast("ScopedRequest", request).bodies,
        as_of=now,
    )
    name = f"{table.name}-{local(now):%Y-%m-%d}.{wanted.value}"
    if wanted is Format.CSV:
        return csv_file(name, [table.headings, *held, *([] if whole else [[_not_all()]])])
    about = [
        (_("List"), table.title),
        (_("Rows"), len(held)),
        (_("Taken out by"), person.name),
        (_("Taken out on"), moment(now)),
        (_("Address"), request.get_full_path()[:LONGEST_ASKED]),
        *([] if whole else [(_("Note"), _not_all())]),
    ]
    return xlsx_file(name, table.title, [table.headings, *held], (_("About this file"), about))


def _not_all() -> str:
    words = ngettext(
        "Only the first %(most)s row of the list is here. Narrow the list to have the others.",
        "Only the first %(most)s rows of the list are here. Narrow the list to have the others.",
        MOST_ROWS,
    )
    return words % {"most": f"{MOST_ROWS:,}"}


def file_address(request: HttpRequest, wanted: str) -> str:
    """Return the address at which the list that a request shows is had as a file."""
    query = request.GET.copy()
    for place in (*PLACES, FILE):
        query.pop(place, None)
    query[FILE] = wanted
    return f"{request.path}?{query.urlencode()}"
