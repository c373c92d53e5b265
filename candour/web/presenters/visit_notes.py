"""What was noted down on a visit, in words: each note, and how much of it is good or a worry."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.engine import Standing
from candour.engine.fields import Field
from candour.engine.visits import Visit
from candour.engine.vocabulary.visits import NOTED
from candour.web import dates
from candour.web.presenters.naming import value_lines

_IMPRESSIONS: Final = {"good": "met", "neither": "later", "worrying": "attention"}


@dataclass(frozen=True, slots=True)
class NoteLine:
    """Something noted down: about what, how known, good or a worry, by whom."""

    area: str
    words: str
    known_by: str
    look: str
    impression: str
    when: str
    late: bool


def note_lines(standing: Standing, visit: Visit) -> Iterator[NoteLine]:
    """Yield what was noted down on a visit, in order of writing."""
    late = {note.id for note in visit.noted_late}
    kind = standing.procedure.kind(NOTED)
    for note in visit.notes:
        words = {
            name: _option(kind.field(name), note.data[name]) for name in ("known_by", "impression")
        }
        yield NoteLine(
            area=note.data["area"],
            words=note.data["observed"],
            known_by=words["known_by"],
            look=_IMPRESSIONS[note.data["impression"]],
            impression=words["impression"],
            when=dates.moment(note.happened_at),
            late=note.id in late,
        )


def _option(known: Field | None, value: str) -> str:
    return value_lines(known, value)[0] if known else value


def tally(visit: Visit) -> str:
    """Return how much was noted down, and how much of it is good or a worry."""
    found = [note.data["impression"] for note in visit.notes]
    if not found:
        return ""
    words = ngettext("%(count)s note", "%(count)s notes", len(found)) % {"count": len(found)}
    good, bad = found.count("good"), found.count("worrying")
    return _("%(notes)s: %(good)s good, %(bad)s a worry") % {
        "notes": words,
        "good": good,
        "bad": bad,
    }
