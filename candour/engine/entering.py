"""Entering: from a draft to the standing that has it, or to the refusal that says why not."""

from datetime import datetime

from candour.engine.conditions import Reason
from candour.engine.entries import Draft
from candour.engine.errors import EngineError, UnknownKind
from candour.engine.fields import Problem
from candour.engine.fold import fold
from candour.engine.propose import Refusal, propose
from candour.engine.standing import Standing
from candour.engine.words import Words


def entered(standing: Standing, draft: Draft, as_of: datetime) -> Standing | Refusal:
    """Return the standing with the draft as its last entry recorded, or why it may not be.

    What cannot be folded is refused too (a date beyond the calendar, say): an entry is never
    recorded that would make its case unreadable, at once or by the passing of time.
    """
    try:
        entry = propose(standing, draft, as_of)
        if isinstance(entry, Refusal):
            return entry
        after = fold(standing.procedure, [entry], onto=standing)
        for condition in after.procedure.timed_conditions:
            list(condition.flips(after))  # what a page, or the passing of time, asks later
    except UnknownKind as error:
        return Refusal(problems=(Problem("kind", str(error)),))
    except EngineError as error:
        return Refusal(reasons=(Reason(Words(str(error))),))
    return after
