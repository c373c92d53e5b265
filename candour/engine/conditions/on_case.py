"""Conditions on where the case stands: its step, its restrictions, its duties."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from candour.engine.conditions.base import UNSAID, Situation, Timeless
from candour.engine.entries import Entry
from candour.engine.words import Language, Words

if TYPE_CHECKING:
    from candour.engine.duties import OpenDuty
    from candour.engine.standing import Standing

TO_DO_FIRST = Words("Still to be done first:", "I’w wneud yn gyntaf:")
MOST_NAMED = 5  # of those for whom a duty is still owed, in one reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStep(Timeless):
    """The case is at one of these steps."""

    steps: tuple[str, ...]

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        if situation.standing.step in self.steps:
            return ()
        steps = situation.standing.procedure.steps
        titles = " or ".join(steps[step].title.en for step in self.steps)
        return self.answer(
            holds=False,
            otherwise=f"The case must be at {titles}.",
        )


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
class ProcessRunning(Timeless):
    """A process of one of these kinds (any if empty) runs beside the case."""

    kinds: tuple[str, ...] = ()

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        held = any(
            not self.kinds or started.data["process"] in self.kinds
            for started in processes_running(situation.standing)
        )
        return self.answer(holds=held, otherwise="Needs a process beside this case; none runs.")


def processes_running(standing: "Standing") -> list[Entry]:
    """Return the entries of processes that run beside a case and have not ended, oldest first."""
    ended = {ref for entry in standing.by_kind.get("process_ended", ()) for ref in entry.refers_to}
    return [e for e in standing.by_kind.get("process_started", ()) if e.id not in ended]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesMet(Timeless):
    """None of these duties is open; or, with `or_late`, none whose time has not yet passed."""

    duties: tuple[str, ...]
    or_late: bool = False

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names the duties still open."""
        standing = situation.standing
        found = [
            (standing.procedure.duties[duty].title, [owed.about for owed in waiting])
            for duty in self.duties
            if (waiting := self._waiting(duty, situation))
        ]
        if not found:
            return ()
        en = "; ".join(f"{title.en}{_whom(about, 'en')}" for title, about in found)
        cy = "; ".join(f"{title.text('cy')}{_whom(about, 'cy')}" for title, about in found)
        own = self.says if self.says.en else TO_DO_FIRST
        return (Words(f"{own.en} {en}.", f"{own.text('cy')} {cy}."),)

    def _waiting(self, duty: str, situation: Situation) -> list["OpenDuty"]:
        owed = [situation.standing.duties[key] for key in situation.standing.open_keys(duty)]
        return [each for each in owed if not (self.or_late and each.due.is_late(situation.moment))]


def _whom(about: list[Words], language: Language) -> str:
    """Return for whom a duty is still owed, the first few by name, where it is owed for each."""
    named = [words.text(language) for words in about if words.en]
    if not named:
        return ""
    left = len(named) - MOST_NAMED
    more = {"en": f" and {left} more", "cy": f" a {left} arall"}[language] if left > 0 else ""
    return f" ({', '.join(named[:MOST_NAMED])}{more})"


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePassed:
    """The time by which each of these duties was owed has run out, whether it was met or not."""

    duties: tuple[str, ...]
    says: Words = UNSAID

    @property
    def about_draft(self) -> bool:
        """It is about the record."""
        return False

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; holds too where none was ever owed."""
        if all(end <= situation.moment for end in self.flips(situation.standing)):
            return ()
        titles = "; ".join(situation.standing.procedure.duties[d].title.en for d in self.duties)
        return (self.says if self.says.en else Words(f"Time still runs: {titles}."),)

    def flips(self, standing: "Standing") -> Iterator[datetime]:
        """Yield when each time of the duties that still counts runs out."""
        for owed in standing.duties.values():
            if owed.duty.id in self.duties and not owed.ended_by and owed.due.late_from:
                yield owed.due.late_from
