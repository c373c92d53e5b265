"""The evidence of an action: what was reported, added and seen, each with where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.engine import Entry, Standing
from candour.engine.plan_talk import Talk
from candour.web import dates
from candour.web.presenters.addresses import entry_place
from candour.web.spoken import said

_WORDS = ("evidence", "progress", "what_it_shows", "title", "missing", "reason")


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One thing that was said or shown of an action."""

    what: str
    when: str
    words: str
    address: str


def evidence_lines(standing: Standing, talk: Talk, ref: str) -> Iterator[EvidenceLine]:
    """Yield what was said and shown of an action, in the order of happening."""
    spoken = (talk.sent_back, talk.asked, talk.refused, talk.completed)
    entries = {e.id: e for e in (*talk.progress, *talk.evidence, *spoken) if e is not None}
    for entry in sorted(entries.values(), key=lambda each: each.happened_at):
        yield EvidenceLine(
            what=_title(standing, entry),
            when=dates.day(entry.happened_at),
            words=next((str(entry.data[n]) for n in _WORDS if entry.data.get(n)), ""),
            address=entry_place(ref, entry.id),
        )


def _title(standing: Standing, entry: Entry) -> str:
    title = said(standing.procedure_of(entry.id).kind(entry.kind).title)
    if entry.data.get("says_done"):
        return _("%(what)s: said to be done") % {"what": title}
    if entry.data.get("cannot_comply"):
        return _("%(what)s: cannot comply") % {"what": title}
    return title
