"""Refusals in words: why not, by which clause, and what would help."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    """Return what to say of an entry just recorded: what is due now, what followed by itself."""
    procedure = standing.procedure
    words = [_("Recorded: %(what)s.") % {"what": entry_title(procedure, entry)}]
    new = [owed for owed in standing.owed() if owed.trigger == entry.id]
    if new:
        due = "; ".join(_due_of(owed) for owed in _soonest_first(new))
        words.append(_("Due because of it: %(due)s.") % {"due": due})
    met = [owed for owed in standing.duties.values() if entry.id in owed.met_by and owed.met_at]
    if met:
        names = ngettext("It meets: %(what)s.", "It meets: %(what)s.", len(met))
        words.append(names % {"what": "; ".join(said(owed.duty.title) for owed in met)})
    if followed:
        done = "; ".join(entry_title(procedure, own) for own in followed)
        words.append(_("The procedure then did this by itself: %(done)s.") % {"done": done})
    return " ".join(words)


def _soonest_first(owed: Sequence[OpenDuty]) -> list[OpenDuty]:
    return sorted(owed, key=lambda one: (one.due.on is None, one.due.on, one.key))


def _due_of(owed: OpenDuty) -> str:
    return f"{said(owed.duty.title)}, {due_words(owed.due)}"
