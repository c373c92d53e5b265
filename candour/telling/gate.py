"""Who may send something just now: counted in memory, before anything else is asked or read.

The web processes of a machine count together (`candour.telling.counts`). Nothing is written down
that leads to a sender. When far more comes than people write, everybody is asked for a little work
first (`candour.telling.puzzles`): nobody is turned away for good.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from candour.telling.counts import Counts

SLOT: Final = 5.0  # seconds that are looked at together
PAGE: Final = 0.1  # of a form: it has some ten pages


class Verdict(StrEnum):
    """What is to be done with something sent."""

    PASS = "pass"  # noqa: S105  # a verdict, no secret
    PROVE = "prove"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is usual.

    Attributes:
        a_minute: forms or pages of forms sent by one sender; a surgery's waiting room may be one.
        reads_a_minute: pages asked for by one sender.
        pages_a_minute: pages sent by one browser that go for pages of a form begun here.
        site_a_second: forms sent by all; more is an attack.
        bad: as how many a form counts that a machine must have sent.
        calm_after: seconds without an excess until nobody is asked for work any more.
        posts_for_work: forms that one piece of work lets somebody send.
        work_lasts: seconds that it does so.
    """

    a_minute: float = 300
    reads_a_minute: float = 1_200
    pages_a_minute: float = 60
    site_a_second: float = 150
    bad: float = 4
    calm_after: float = 60
    posts_for_work: int = 40
    work_lasts: float = 1_200


@dataclass(slots=True)
class Gate:
    """Counts what is sent. Instants are seconds of a clock that only measures."""

    limits: Limits = field(default_factory=Limits)
    counts: Counts = field(default_factory=Counts)

    def sends(self, sender: str, browser: str, at: float, *, begun: bool = False) -> Verdict:
        """Count a form or a page sent, and say what is to be done with it.

        Args:
            sender: what stands for the address; empty where it says nothing.
            browser: what stands for a draft; empty where there is none yet.
            at: now.
            begun: the draft is one that was begun here, so that this is a page of a form.
        """
        page = begun and self.counts.take(f"browser {browser}", at, self.limits.pages_a_minute)
        self._weigh(PAGE if page else 1, at)
        if sender and not self.counts.take(f"sends {sender}", at, self.limits.a_minute):
            return Verdict.WAIT
        if not self.attacked(at) or self._has_worked(browser or sender, at):
            return Verdict.PASS
        return Verdict.PROVE

    def reads(self, sender: str, at: float) -> Verdict:
        """Count a page asked for, and say what is to be done with it."""
        if sender and not self.counts.take(f"reads {sender}", at, self.limits.reads_a_minute):
            return Verdict.WAIT
        return Verdict.PASS

    def was_bad(self, at: float) -> None:
        """Count that what was sent must have come from a machine."""
        self._weigh(self.limits.bad - 1, at)

    def worked(self, puzzle: str, whose: str, at: float) -> bool:
        """Take a piece of work; False where this one was taken before."""
        if not self.counts.once(f"puzzle {puzzle}", at):
            return False
        if whose:
            until = at + self.limits.work_lasts
            self.counts.lend(f"work {whose}", self.limits.posts_for_work, until)
        return True

    def attacked(self, at: float) -> bool:
        """Say whether far more is sent than people write."""
        _slot, _weight, until = self.counts.numbers()
        return at < until <= at + self.limits.calm_after

    def _weigh(self, weight: float, at: float) -> None:
        def weighed(slot: float, sent: float, until: float) -> tuple[float, float, float]:
            if not 0 <= at - slot < SLOT:
                slot, sent = at, 0.0
            sent += weight
            too_much = sent > self.limits.site_a_second * SLOT
            return slot, sent, at + self.limits.calm_after if too_much else until

        self.counts.change(weighed)

    def _has_worked(self, whose: str, at: float) -> bool:
        return bool(whose) and self.counts.use(f"work {whose}", at)
