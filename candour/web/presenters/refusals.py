"""Refusals in words: why not, by which clause, and what would help."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.engine import Entry, OpenDuty, Procedure, Refusal, Standing
from candour.web.presenters.dues import due_words
from candour.web.presenters.naming import entry_title
from candour.web.presenters.rules import Rule, rules
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Why something was not recorded, with the clauses that say so."""

    words: str
    rules: tuple[Rule, ...]


def reason_lines(procedure: Procedure, refusal: Refusal) -> tuple[ReasonLine, ...]:
    """Return each reason of a refusal, once."""
    found = (
        ReasonLine(said(reason.text), rules(procedure, reason.clauses))
        for reason in refusal.reasons
    )
    return tuple(dict.fromkeys(found))


def recorded_words(standing: Standing, entry: Entry, followed: Sequence[Entry]) -> str:
    """Return what to say of an entry just recorded, a line for each thing that came of it."""
    procedure = standing.procedure
    lines = [_("Recorded: %(what)s.") % {"what": entry_title(procedure, entry)}]
    lines += [_due_of(owed) for owed in _soonest_first(standing, entry)]
    lines += [
        _("Done with it: %(what)s") % {"what": said(owed.title)}
        for owed in standing.duties.values()
        if entry.id in owed.met_by and owed.met_at
    ]
    lines += [
        _("The procedure then did this by itself: %(what)s") % {"what": entry_title(procedure, own)}
        for own in followed
    ]
    return "\n".join(lines)


def _soonest_first(standing: Standing, entry: Entry) -> list[OpenDuty]:
    """Return what is owed because of an entry, in the order of its dates."""
    new = [owed for owed in standing.owed() if owed.trigger == entry.id]
    return sorted(new, key=lambda owed: (owed.due.on is None, owed.due.on, owed.key))


def _due_of(owed: OpenDuty) -> str:
    return _("Now due %(when)s: %(what)s") % {
        "when": due_words(owed.due),
        "what": said(owed.title),
    }
