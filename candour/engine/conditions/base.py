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

    def flips(self, standing: "Standing") -> Iterator[datetime]:
        """Yield the instants at which time alone may change the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeless:
    """A condition that time alone never changes."""

    says: Words = UNSAID

    def flips(self, standing: "Standing") -> Iterator[datetime]:  # noqa: ARG002 - the protocol's
        yield from ()

    def answer(self, *, holds: bool, otherwise: str) -> tuple[Words, ...]:
        if holds:
            return ()
        return (self.says if self.says.en else Words(otherwise),)
