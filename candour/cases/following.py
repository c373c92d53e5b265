"""What other rooms do at once when a log has grown: they say so here, as this room knows none.

A follower runs in the transaction of the entries, so that what it does is kept with them or not at
all. It is asked after every entry, and has to say quickly that it is not concerned.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from candour.cases.log import Head
from candour.engine import Entry, Standing

Follower = Callable[[Head, Standing, Sequence[Entry], datetime], None]
_followers: list[Follower] = []


def follow_with(follower: Follower) -> None:
    """Let a room follow every log, once however often it says so."""
    if follower not in _followers:
        _followers.append(follower)


def followed(head: Head, standing: Standing, added: Sequence[Entry], as_of: datetime) -> None:
    """Let the rooms that follow do what they do about entries that were just added."""
    for follower in _followers:
        follower(head, standing, added, as_of)
