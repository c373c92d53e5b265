"""Who may send something just now: counted in memory, before anything else is asked or read.

Each web process counts for itself; nothing is written down, and whatever stands for a sender is
forgotten with the process or the day. When far more comes than people write, everybody is asked
for a little work first (`candour.telling.puzzles`): nobody is turned away for good.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

_Kept = TypeVar("_Kept")
KEPT: Final = 50_000  # senders remembered
SLOT: Final = 5.0  # seconds that are looked at together


class Verdict(StrEnum):
    """What is to be done with something sent."""

    PASS = "pass"  # noqa: S105  # a verdict, no secret
    PROVE = "prove"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is usual.

    Attributes:
        a_minute: forms sent by one sender.
        reads_a_minute: pages asked for by one sender.
        site_a_second: forms sent to one process by all; more is an attack.
        bad: as how many a form counts that a machine must have sent.
        calm_after: seconds without an excess until nobody is asked for work any more.
        posts_for_work: forms that one piece of work lets somebody send.
        work_lasts: seconds that it does so.
    """

    a_minute: float = 120
    reads_a_minute: float = 600
    site_a_second: float = 80
    bad: float = 4
    calm_after: float = 60
    posts_for_work: int = 40
    work_lasts: float = 1_200


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float

    def takes(self, at: float, a_second: float, most: float) -> bool:
        self.left = min(most, self.left + (at - self.at) * a_second)
        self.at = at
        if self.left < 1:
            return False
        self.left -= 1
        return True


@dataclass(slots=True)
class Gate:
    """Counts what is sent to one process. Instants are seconds of a clock that only measures."""

    limits: Limits = field(default_factory=Limits)
    _sent: OrderedDict[str, _Bucket] = field(default_factory=OrderedDict)
    _read: OrderedDict[str, _Bucket] = field(default_factory=OrderedDict)
    _worked: OrderedDict[str, tuple[int, float]] = field(default_factory=OrderedDict)
    _used: OrderedDict[str, float] = field(default_factory=OrderedDict)
    _slot: float = 0.0
    _weight: float = 0.0
    _attack_until: float = float("-inf")

    def sends(self, sender: str, browser: str, at: float) -> Verdict:
        """Count a form sent, and say what is to be done with it.

        Args:
            sender: what stands for the address; empty where it says nothing.
            browser: what stands for a draft; empty where there is none yet.
            at: now.
        """
        self._weigh(1, at)
        if sender and not _takes(self._sent, sender, at, self.limits.a_minute):
            return Verdict.WAIT
        if not self.attacked(at) or self._has_worked(browser or sender, at):
            return Verdict.PASS
        return Verdict.PROVE

    def reads(self, sender: str, at: float) -> Verdict:
        """Count a page asked for, and say what is to be done with it."""
        if sender and not _takes(self._read, sender, at, self.limits.reads_a_minute):
            return Verdict.WAIT
        return Verdict.PASS

    def was_bad(self, at: float) -> None:
        """Count that what was sent must have come from a machine."""
        self._weigh(self.limits.bad - 1, at)

    def worked(self, puzzle: str, whose: str, at: float) -> bool:
        """Take a piece of work; False where this one was taken before."""
        if puzzle in self._used:
            return False
        _put(self._used, puzzle, at)
        if whose:
            lasts = at + self.limits.work_lasts
            _put(self._worked, whose, (self.limits.posts_for_work, lasts))
        return True

    def attacked(self, at: float) -> bool:
        """Say whether far more is sent than people write."""
        return at < self._attack_until

    def _weigh(self, weight: float, at: float) -> None:
        if at - self._slot >= SLOT:
            self._slot, self._weight = at, 0.0
        self._weight += weight
        if self._weight > self.limits.site_a_second * SLOT:
            self._attack_until = at + self.limits.calm_after

    def _has_worked(self, whose: str, at: float) -> bool:
        left, until = self._worked.get(whose, (0, 0.0)) if whose else (0, 0.0)
        if left <= 0 or at >= until:
            return False
        self._worked[whose] = (left - 1, until)
        return True


def _takes(buckets: OrderedDict[str, _Bucket], who: str, at: float, a_minute: float) -> bool:
    bucket = buckets.get(who)
    if bucket is None:
        bucket = _put(buckets, who, _Bucket(a_minute, at))
    return bucket.takes(at, a_minute / 60, a_minute)


def _put(kept: "OrderedDict[str, _Kept]", name: str, value: _Kept) -> _Kept:
    kept[name] = value
    kept.move_to_end(name)
    while len(kept) > KEPT:
        kept.popitem(last=False)
    return value
