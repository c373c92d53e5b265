"""The chronology of a case: what happened, oldest first, for whoever is to read it.

One set of lines is drawn three ways: as the page (which prints), as a PDF and as a Word file. For
an audience outside, each line is made by the rules that hold for letters to it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candour.documents.facts.seen import closed_field, sight_of
from candour.engine import Entry
from candour.engine.audiences import kept_from_provider
from candour.engine.corrections import CORRECTION
from candour.engine.fields import blank
from candour.engine.templates import Audience
from candour.engine.vocabulary import MOVING
from candour.web.presenters.addresses import entry_anchor
from candour.web.presenters.naming import (
    Shown,
    entry_title,
    role_title,
    value_lines,
    when_words,
)
from candour.web.presenters.timeline import NOT_SHOWN, Telling, TimelineItem, byline, timeline
from candour.web.spoken import said

WHOLE = ""  # the file as those who work on it see it, corrections and all
_PROOFS = ("document", "letter", "sha256")  # hashes and names of files: proof, and nothing to read
NAMES_STAFF = (Audience.MEMBERS, Audience.PARTNERS)

_FOR: Mapping[str, Promise | str] = {
    WHOLE: gettext_lazy("The whole file: everything recorded, with its corrections"),
    Audience.MEMBERS: gettext_lazy("The agencies alone, never the provider"),
    Audience.PARTNERS: gettext_lazy("Partner agencies, never the provider"),
    Audience.PROVIDER: gettext_lazy("The provider: never what was said in the members’ part"),
    Audience.PEOPLE: gettext_lazy("People supported, families or the person who reported"),
}


@dataclass(frozen=True, slots=True)
class ChronologyLine:
    """One thing that happened; `notes` say what was put right, `kept` for whom alone it is."""

    anchor: str
    when: str
    recorded: str
    title: str
    fields: tuple[Shown, ...]
    note: str
    by: str
    kept: str
    notes: tuple[str, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Chronology:
    """The lines for one reader, oldest first; `held_back` is how many are not for them."""

    audience: str
    lines: tuple[ChronologyLine, ...]
    held_back: int


def reader(asked: str) -> str:
    """Return for whom a chronology is asked for; the whole file where that makes no sense."""
    return asked if asked in _FOR else WHOLE


def reader_words(audience: str) -> str:
    """Return for whom a chronology is, in words."""
    return str(_FOR[audience])


def readers() -> list[tuple[str, str]]:
    """Return everybody for whom a chronology can be made: the value, and its words."""
    return [(audience, str(words)) for audience, words in _FOR.items()]


def chronology(telling: Telling, audience: str, passing: Callable[[Entry], bool]) -> Chronology:
    """Return the chronology of a case for one reader, of the entries that pass a filter."""
    if audience == WHOLE:
        return Chronology(WHOLE, tuple(_whole(telling, passing)), 0)
    seen = sight_of(telling.standing, Audience(audience), telling.sight.moment)
    asked = [e for e in telling.standing.chronicle if e.kind != CORRECTION and passing(e)]
    shown = [entry for entry in asked if seen.sees(entry)]
    lines = tuple(_told_to(telling, Audience(audience), entry) for entry in shown)
    return Chronology(audience, lines, len(asked) - len(shown))


# -- the whole file --------------------------------------------------------------------------------


def _whole(telling: Telling, passing: Callable[[Entry], bool]) -> Iterator[ChronologyLine]:
    kept = {entry_anchor(e.id) for e in telling.standing.recorded if kept_from_provider(e)}
    for item in reversed(timeline(telling, newest=None, only=passing)):
        yield ChronologyLine(
            anchor=item.anchor,
            when=item.when,
            recorded=item.recorded,
            title=item.title,
            fields=tuple(_not_said_in(item.title, item.fields)),
            note=item.note,
            by=item.byline,
            kept=_("For members only") if item.anchor in kept else "",
            notes=tuple(_put_right(item)),
            withdrawn=item.withdrawn,
        )


def _not_said_in(title: str, fields: Iterable[Shown]) -> Iterator[Shown]:
    """Yield the fields that the title of their entry does not say already."""
    for known in fields:
        if len(known.lines) > 1 or known.lines[0] not in title:
            yield known


def _put_right(item: TimelineItem) -> Iterator[str]:
    for each in item.corrections:
        head = _("Withdrawn: entered in error") if each.withdraws else _("Corrected")
        changes = "; ".join(f"{known.label}: {', '.join(known.lines)}" for known in each.changes)
        void = _("this correction was itself withdrawn") if each.void else ""
        yield " · ".join(
            filter(None, (f"{head}, {each.when} {each.byline}", each.why, changes, void))
        )
    if item.override:
        yield _("Went ahead with a written rationale: %(why)s") % {"why": item.override}


# -- for somebody else -----------------------------------------------------------------------------


def _told_to(telling: Telling, audience: Audience, entry: Entry) -> ChronologyLine:
    procedure = telling.standing.procedure_of(entry.id)
    kind = procedure.kind(entry.kind)
    return ChronologyLine(
        anchor=entry_anchor(entry.id),
        when=when_words(entry.happened_at),
        recorded="",
        # The rest of a title is taken from fields, of which some may not be for this reader.
        title=entry_title(procedure, entry) if entry.kind in MOVING else said(kind.title),
        fields=tuple(
            Shown(said(known.label), value_lines(known, entry.data[known.name]))
            for known in kind.fields
            if known.name not in (*NOT_SHOWN, *_PROOFS)
            and not known.by_system
            and not blank(entry.data.get(known.name))
            and not closed_field(entry.kind, known, audience)
        ),
        note="",
        by=_by(telling, audience, entry),
        kept="",
    )


def _by(telling: Telling, audience: Audience, entry: Entry) -> str:
    """Return who recorded it: by name among agencies, by their role to everybody else."""
    if audience in NAMES_STAFF:
        return byline(telling, entry)
    return role_title(telling.standing.procedure_of(entry.id), entry.role)
