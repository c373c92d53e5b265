"""Which room takes what somebody who told something writes by mail: that in which it is read.

Mail stands below the rooms that talk with the public, so they say that they listen. Without them
what came waits in the tray.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody wrote who told an experience.

    Attributes:
        experience: its number.
        key: the same for the same message, however often it is read.
        words: their own, clean; empty where they sent files alone.
    """

    experience: int
    key: UUID
    words: str = field(repr=False)
    at: datetime


Hear = Callable[[Heard], bool]
_hearing: list[Hear] = []


def register(hear: Hear) -> None:
    """Have `hear` take what comes, in a transaction that acts for the body; whether it took it."""
    if hear not in _hearing:
        _hearing.append(hear)


def is_heard(heard: Heard) -> bool:
    """Hand over what came; return whether a room took it."""
    return any(hear(heard) for hear in _hearing)
