"""The documents of a case, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.attachments.models import Outcome
from candour.attachments.placeless import COPIED
from candour.attachments.queries import Held
from candour.engine import Standing
from candour.web.presenters.addresses import (
    correction_page,
    document_address,
    entry_anchor,
    entry_place,
)
from candour.web.presenters.naming import entry_name, when_words
from candour.web.presenters.sight import Sight
from candour.web.spoken import said

KILOBYTE, MEGABYTE = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document.

    Attributes:
        about: its sort and size.
        placeless: where a copy without the place is had; empty where there is no place in it.
        holds_place: it says where it was taken.
        supports: names and addresses of the entries that it supports.
        searched: what of its words a search does not find; empty where it finds all, or there are
            none to be expected.
        same: titles of documents with the very same content.
        correct: where its title is put right, or it is withdrawn; empty for who only reads.
    """

    anchor: str
    title: str
    address: str
    about: str
    when: str
    by: str
    for_members: bool
    holds_place: bool
    placeless: str
    supports: tuple[tuple[str, str], ...]
    same: tuple[str, ...]
    searched: str
    note: str
    name: str
    sha256: str
    correct: str


def document_lines(
    standing: Standing, held: Iterable[Held], sight: Sight
) -> tuple[DocumentLine, ...]:
    """Return a line for each document, in the order given."""
    every = list(held)
    return tuple(_line(standing, each, every, sight) for each in every)


def size_words(size: int) -> str:
    """Return a size as people read it: “340 kB”, “1.2 MB”."""
    if size < MEGABYTE:
        return f"{max(1, round(size / KILOBYTE)):,} kB"
    return f"{size / MEGABYTE:.1f} MB"


def _line(standing: Standing, held: Held, every: list[Held], sight: Sight) -> DocumentLine:
    row, entry = held.document, held.entry
    copied = row.holds_place and row.media_type in COPIED
    return DocumentLine(
        anchor=entry_anchor(entry.id),
        title=held.title,
        address=document_address(sight.ref, row.pk),
        about=f"{said(held.sort.words)}, {size_words(row.size)}",
        when=when_words(entry.happened_at),
        by=_by(held),
        for_members=held.for_members,
        holds_place=row.holds_place,
        placeless=document_address(sight.ref, row.pk, "case-document-placeless") if copied else "",
        supports=tuple(_supports(standing, held, sight)),
        same=tuple(_same(held, every)),
        searched=_searched(held),
        note=entry.body,
        name=row.name,
        sha256=row.sha256,
        correct=correction_page(sight.ref, entry.id) if sight.may_act else "",
    )


def _searched(held: Held) -> str:
    return {
        Outcome.BEGINNING: _("It is long: a search finds the words of its beginning alone"),
        Outcome.NOTHING: _("A search finds no words in it: it may be a scan"),
        Outcome.FAILED: _("A search finds no words in it: it could not be read"),
    }.get(Outcome(held.outcome or Outcome.READ), "")


def _by(held: Held) -> str:
    through = str(held.entry.data.get("through") or "")
    if through:
        return _("sent in by %(who)s") % {"who": through}
    row = held.document
    return row.kept_by.name if row.kept_by else str(row.body)


def _supports(standing: Standing, held: Held, sight: Sight) -> Iterator[tuple[str, str]]:
    for ref in held.entry.refers_to:
        found = standing.entry(ref)
        if found is not None:
            yield entry_name(standing, found), entry_place(sight.ref, ref)


def _same(held: Held, every: list[Held]) -> Iterator[str]:
    """Yield the titles of other documents of the case that are the same file."""
    for other in every:
        if other.document.sha256 == held.document.sha256 and other is not held:
            yield other.title
