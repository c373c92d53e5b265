"""Waking a case: what the passing of time alone brings about."""

from datetime import datetime

from django.db import transaction

from candour.cases.actions.turn import Turn


def wake(case_id: int, as_of: datetime) -> int:
    """Let the procedure do, at each instant since the case was last looked at, what is its own.

    Safe to do twice, and twice at once: the second finds nothing left to do.

    Returns:
        How many entries were added.

    Raises:
        NoSuchCase: there is none that the bodies acted for may see.
    """
    with transaction.atomic(savepoint=False):
        turn = Turn.at(case_id)
        due = turn.head.next_change
        if due is None or due > as_of:
            return 0
        turn.catch_up(as_of)
        turn.keep(as_of)
        return len(turn.added)
