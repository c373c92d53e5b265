"""The documents of a case, as its log names them: letters sent, papers signed, minutes, files.

Nothing is asked of the database: an entry and what it left behind carry the same id.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from candour.engine import Entry, Standing
from candour.engine.audiences import kept_from_provider
from candour.engine.minutes import CIRCULATED
from candour.engine.vocabulary.filing import FILED, TITLE
from candour.engine.vocabulary.signing import ASKED, ENDED, SEAL
from candour.web.presenters.addresses import entry_place
from candour.web.presenters.letter_links import sent_place
from candour.web.presenters.naming import entry_title, when_words
from candour.web.presenters.sight import Sight
from candour.web.spoken import told as _

LETTER = "letter"  # the field that holds the seal of a letter that was sent from here


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: its entry, what it is, of which sort, when it came to be, where it is read."""

    entry: str
    title: str
    sort: str
    when: str
    address: str
    kept: bool


def papers(standing: Standing, sight: Sight) -> tuple[Paper, ...]:
    """Return the documents of a case, newest first."""
    found = [paper for entry in standing.chronicle for paper in _paper(standing, entry, sight)]
    return tuple(reversed(found))


def made_here(standing: Standing, sight: Sight) -> tuple[Paper, ...]:
    """Return the documents that came of the case itself: all but the files that were filed."""
    filed = {entry.id for entry in standing.by_kind.get(FILED, ())}
    return tuple(paper for paper in papers(standing, sight) if paper.entry not in filed)


def _paper(standing: Standing, entry: Entry, sight: Sight) -> Iterator[Paper]:
    told = _sort(standing, entry, sight)
    if told is None:
        return
    sort, address = told
    named = entry.kind in (ASKED, FILED)
    title = str(entry.data.get(TITLE) or "") if named else ""
    yield Paper(
        entry=entry.id,
        title=title or entry_title(standing.procedure_of(entry.id), entry),
        sort=sort,
        when=when_words(entry.happened_at),
        address=address,
        kept=kept_from_provider(entry),
    )


def _sort(standing: Standing, entry: Entry, sight: Sight) -> tuple[str, str] | None:
    """Return what sort of document an entry left behind, and where that is; None for none."""
    if entry.data.get(LETTER):
        return _("Letter sent"), sent_place(sight.ref, UUID(entry.id))
    if entry.kind == ASKED:
        return _signing(standing, entry), reverse("case-signature", args=[sight.ref, entry.id])
    if entry.kind == CIRCULATED:
        return _("Minutes"), entry_place(sight.ref, entry.id)
    if entry.kind == FILED:
        return _("Filed"), reverse("case-document", args=[sight.ref, entry.id])
    return None


def _signing(standing: Standing, asked: Entry) -> str:
    """Return how far a paper to be signed has come."""
    about = [e for e in standing.chronicle if asked.id in e.refers_to]
    if any(entry.kind == ENDED for entry in about):
        return _("Not signed")
    signed = [entry for entry in about if entry.data.get(SEAL)]
    whole = any(not entry.data.get("awaits") for entry in signed)
    return _("Signed") if whole else _("To be signed")
