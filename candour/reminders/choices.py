"""How somebody wants to be told what is due from them."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

USUAL_AHEAD = 3
LONGEST_AHEAD = 30
USUAL_MORNING = time(8)
USUAL_QUIET_FROM = time(18)
USUAL_QUIET_UNTIL = time(7, 30)


class How(StrEnum):
    """By which mail, if any."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Choices:
    """What one person chose.

    Attributes:
        days_before: how many days before its date a duty is told of first; 0 is on its day.
        morning: the London clock time from which a digest goes out, on working days.
        quiet_from, quiet_until: nothing is sent between these clock times; equal means never quiet.
    """

    how: How = How.DIGEST
    days_before: int = USUAL_AHEAD
    morning: time = USUAL_MORNING
    quiet_from: time = USUAL_QUIET_FROM
    quiet_until: time = USUAL_QUIET_UNTIL

    def is_quiet(self, clock: time) -> bool:
        """Return whether nothing is sent at this London clock time."""
        if self.quiet_from == self.quiet_until:
            return False
        if self.quiet_from < self.quiet_until:
            return self.quiet_from <= clock < self.quiet_until
        return clock >= self.quiet_from or clock < self.quiet_until
