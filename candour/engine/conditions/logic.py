"""Conditions made of conditions: all, any, not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from candour.engine.conditions.base import UNSAID, Condition, Situation, Timeless
from candour.engine.words import Words

if TYPE_CHECKING:
    from candour.engine.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]
    says: Words = UNSAID

    @property
    def about_draft(self) -> bool:
        """Whether any part is."""
        return any(part.about_draft for part in self.parts)

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; its own words, or every part's reasons."""
        found = tuple(w for part in self.parts for w in part.unmet(situation))
        return (self.says,) if found and self.says.en else found

    def flips(self, standing: "Standing") -> Iterator[datetime]:
        """Yield every part's instants."""
        for part in self.parts:
            yield from part.flips(standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]
    says: Words = UNSAID

    @property
    def about_draft(self) -> bool:
        """Whether any part is."""
        return any(part.about_draft for part in self.parts)

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; its own words, or the parts' reasons joined by “or”."""
        answers = [part.unmet(situation) for part in self.parts]
        if any(not answer for answer in answers):
            return ()
        if self.says.en:
            return (self.says,)
        ways = [answer[0] for answer in answers]
        return (Words(" Or: ".join(w.en for w in ways), " Neu: ".join(w.text("cy") for w in ways)),)

    def flips(self, standing: "Standing") -> Iterator[datetime]:
        """Yield every part's instants."""
        for part in self.parts:
            yield from part.flips(standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The part does not hold."""

    part: Condition
    says: Words = UNSAID

    @property
    def about_draft(self) -> bool:
        """Whether its part is."""
        return self.part.about_draft

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; what is about the draft is not refused before there is one."""
        if (situation.draft is None and self.about_draft) or self.part.unmet(situation):
            return ()
        return (self.says if self.says.en else Words(f"Must not hold: {_said(self.part)}"),)

    def flips(self, standing: "Standing") -> Iterator[datetime]:
        """Yield the part's instants."""
        yield from self.part.flips(standing)


def is_timed(condition: Condition) -> bool:
    """Say whether time alone may change the answer: not where every part of it is timeless."""
    if isinstance(condition, AllOf | AnyOf):
        return any(is_timed(part) for part in condition.parts)
    if isinstance(condition, Not):
        return is_timed(condition.part)
    return not isinstance(condition, Timeless)


def _said(condition: Condition) -> str:
    """Return a condition's own words, or a plain rendering of it."""
    return (
        condition.says.en
        or f"{type(condition).__name__.lower()} {getattr(condition, 'pattern', '')}"
    )
