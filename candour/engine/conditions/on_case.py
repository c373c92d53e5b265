"""Conditions on where the case stands, and on the entry proposed."""

from dataclasses import dataclass

from candour.engine.conditions.base import Situation, Timeless
from candour.engine.patterns import Pattern, Where
from candour.engine.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStep(Timeless):
    """The case is at one of these steps."""

    steps: tuple[str, ...]

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        return self.answer(
            holds=situation.standing.step in self.steps,
            otherwise=f"The case must be at {' or '.join(self.steps)}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(Timeless):
    """The proposed entry itself has these values, made in one of these roles (any if empty)."""

    has: tuple[Where, ...] = ()
    roles: tuple[str, ...] = ()

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """Hold while there is no draft yet, so that no move looks blocked before it is tried."""
        if situation.draft is None:
            return ()
        holds = all(where.holds(situation.draft.data) for where in self.has)
        holds = holds and (not self.roles or situation.draft.role in self.roles)
        wanted = [str(Pattern("this entry", self.has))] if self.has else []
        wanted += [f"by {' or '.join(self.roles)}"] if self.roles else []
        return self.answer(holds=holds, otherwise=f"Needs {' '.join(wanted)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionInForce(Timeless):
    """A restriction of one of these kinds (any if empty) is in force."""

    kinds: tuple[str, ...] = ()

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        held = any(
            not self.kinds or r.restriction in self.kinds for r in situation.standing.restrictions
        )
        return self.answer(holds=held, otherwise="Needs a restriction in force; there is none.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesMet(Timeless):
    """None of these duties is open."""

    duties: tuple[str, ...]

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names the duties still open."""
        titles = [
            situation.standing.procedure.duties[d].title
            for d in self.duties
            if situation.standing.open_keys(d)
        ]
        if not titles:
            return ()
        en, cy = "; ".join(t.en for t in titles), "; ".join(t.text("cy") for t in titles)
        return (Words(f"Still to be done first: {en}.", f"I’w wneud yn gyntaf: {cy}."),)
