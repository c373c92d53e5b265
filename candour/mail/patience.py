"""Patience: when a message that could not be sent is tried again, and when it is given up."""

from datetime import datetime, timedelta

WINDOW = timedelta(hours=24)
FEWEST_TRIES = 12  # a worker that was away for a day has not tried for a day
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30, 60))


def next_try(first_tried_at: datetime, tries: int, as_of: datetime) -> datetime | None:
    """Return when to try again after `tries` tries, the last of them at `as_of`; None to give up.

    A server that asks to come back (greylisting) mostly means five minutes, so the first waits are
    short; then it is every hour, with a last try when the 24 hours end.
    """
    ends = first_tried_at + WINDOW
    wait = WAITS[min(tries, len(WAITS)) - 1]
    if as_of < ends:
        return min(as_of + wait, ends)
    return as_of + wait if tries < FEWEST_TRIES else None
