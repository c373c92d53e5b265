"""What every condition is: reasons why it does not hold, and when time alone may change that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from candour.engine.patterns import Recordable
from candour.engine.words import Words

if TYPE_CHECKING:
    from candour.engine.standing import Standing

UNSAID = Words("")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something may not be done: in words, with the gate and the clauses it comes from."""

    text: Words
    clauses: tuple[str, ...] = ()
    gate: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a condition looks at: a standing, a moment, and the draft proposed then, if any."""

    standing: "Standing"
    moment: datetime
    draft: Recordable | None = None


class Condition(Protocol):
    """What every condition can do."""

    @property
    def says(self) -> Words:
        """What must hold, in a plain sentence; may be empty."""

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """Return why it does not hold at `moment`; empty when it holds."""

    @property
    def about_draft(self) -> bool:
        """Whether it can only be answered once there is a draft."""

    def flips(self, standing: "Standing") -> Iterator[datetime]:
        """Yield the instants at which time alone may change the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeless:
    """A condition that time alone never changes."""

    says: Words = UNSAID

    @property
    def about_draft(self) -> bool:
        """Whether it can only be answered once there is a draft: no, unless it says so."""
        return False

    def flips(self, standing: "Standing") -> Iterator[datetime]:  # noqa: ARG002 - the protocol's
        """Yield nothing."""
        yield from ()

    def answer(self, *, holds: bool, otherwise: str) -> tuple[Words, ...]:
        """Return no reasons when it holds, else its own words or those given."""
        if holds:
            return ()
        return (self.says if self.says.en else Words(otherwise),)
