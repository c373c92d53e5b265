"""From a draft to a standing that has it, or to the refusal that says why not."""

from datetime import datetime

from candour.cases.actions.results import faulty, refused
from candour.engine import Draft, EngineError, Refusal, Standing, UnknownKind, fold, propose


def entered(standing: Standing, draft: Draft, as_of: datetime) -> Standing | Refusal:
    """Return the standing with the draft as its last entry recorded, or why it may not be.

    What cannot be folded is refused too (a date beyond the calendar, say): an entry is never
    recorded that would make its case unreadable.
    """
    try:
        entry = propose(standing, draft, as_of)
        if isinstance(entry, Refusal):
            return entry
        after = fold(standing.procedure, [entry], onto=standing)
        for condition in standing.procedure.timed_conditions:
            list(condition.flips(after))  # what a page, or the passing of time, asks later
    except UnknownKind as error:
        return faulty("kind", str(error))
    except EngineError as error:
        return refused(str(error), str(error))
    return after
