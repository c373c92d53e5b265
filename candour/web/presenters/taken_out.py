"""Tables that left as files, in words: who, when, which, how much of it, and what was asked for."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.engine.london import local
from candour.finding.models import Format, TableTaken
from candour.finding.taken_out import TakenAsked
from candour.web import dates
from candour.web.spoken import spoken
from candour.web.table_export import Table


@dataclass(frozen=True, slots=True)
class TakenLine:
    """One table that was taken out; `body` where the reader looks into several."""

    when: str
    who: str
    body: str
    what: str
    asked: str
    rows: str
    format: str


@dataclass(frozen=True, slots=True)
class Chip:
    """What the list is narrowed to, and its address without that."""

    words: str
    address: str


def taken_lines(found: Iterable[TableTaken], *, several: bool) -> Iterator[TakenLine]:
    """Yield each table that was taken out."""
    for taken in found:
        rows = ngettext("%(n)s row", "%(n)s rows", taken.rows) % {"n": f"{taken.rows:,}"}
        yield TakenLine(
            when=dates.moment(taken.taken_at),
            who=taken.person.name,
            body=taken.body.name_in(spoken()) if several else "",
            what=_table_name(taken.name),
            asked=_without_format(taken.asked),
            rows=rows,
            format=Format(taken.format).label,
        )


def _table_name(name: str) -> str:
    """Return what a table is called; one of a single case goes by its own file’s name."""
    known = {
        "worklist": _("Worklist"),
        "cases": _("Cases"),
        "search": _("Search"),
        "documents": _("Documents"),
        "plans": _("Plans"),
        "responses": _("Responses"),
        "restrictions": _("Restrictions"),
        "decisions": _("Decisions"),
        "experiences": _("Experiences"),
        "taken-out": _("Taken out"),
    }
    return known.get(name, name)


def _without_format(asked: str) -> str:
    """Return the address of the list that a file was taken of, to look at it."""
    path, _mark, query = asked.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith("file=")]
    return f"{path}?{'&'.join(kept)}" if kept else path


def taken_chips(asked: TakenAsked, address: Callable[[TakenAsked], str]) -> Iterator[Chip]:
    """Yield what the list is narrowed to."""
    if asked.words:
        yield Chip(asked.words, address(replace(asked, words="", after=None)))
    if asked.since:
        words = _("from %(day)s") % {"day": dates.day(asked.since)}
        yield Chip(words, address(replace(asked, since=None, after=None)))
    if asked.until:
        words = _("until %(day)s") % {"day": dates.day(asked.until)}
        yield Chip(words, address(replace(asked, until=None, after=None)))


def taken_table(found: Iterable[TableTaken]) -> Table:
    """Return the list as it goes into a file; that it was taken out is written down too."""
    headings = (_("When"), _("Who"), _("Table"), _("Rows"), _("File"), _("Address"))
    rows = (
        (
            local(each.taken_at).replace(tzinfo=None),
            each.person.name,
            each.name,
            each.rows,
            Format(each.format).label,
            each.asked,
        )
        for each in found
    )
    return Table("taken-out", _("Taken out"), headings, rows)
