"""Conditions: the closed vocabulary of what may have to hold, and why it does not.

A condition looks at a standing, at a moment, and (for gates) at the draft that somebody proposes.
It returns the reasons why it does not hold; no reasons means that it holds. Nothing is evaluated
from text: a pack can only combine what is here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

from candour.engine.calendars import Calendar
from candour.engine.clocks import Clock
from candour.engine.entries import Entry
from candour.engine.fields import as_values
from candour.engine.patterns import Pattern, Recordable, Where
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
class _Timeless:
    """A condition that time alone never changes."""

    says: Words = UNSAID

    def flips(self, standing: "Standing") -> Iterator[datetime]:  # noqa: ARG002 - the protocol's
        yield from ()

    def _answer(self, *, holds: bool, otherwise: str) -> tuple[Words, ...]:
        if holds:
            return ()
        return (self.says if self.says.en else Words(otherwise),)


def _since(standing: "Standing", pattern: Pattern, since: Pattern | None) -> list[Entry]:
    """Return entries that match, from the latest entry matching `since` on (none without it)."""
    found = standing.matching(pattern)
    if since is None:
        return found
    start = standing.latest(since)
    return [] if start is None else [e for e in found if e.happened_at >= start.happened_at]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(_Timeless):
    """At least `at_least` entries match (since the latest entry that matches `since`)."""

    pattern: Pattern
    at_least: int = 1
    since: Pattern | None = None

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        count = len(_since(situation.standing, self.pattern, self.since))
        needed = f"{self.at_least} × " if self.at_least > 1 else ""
        return self._answer(
            holds=count >= self.at_least,
            otherwise=f"Needs {needed}{self.pattern} on record; there are {count}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest(_Timeless):
    """The latest entry that matches `pattern` also has the values in `has`; none means not held."""

    pattern: Pattern
    has: tuple[Where, ...]

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        latest = situation.standing.latest(self.pattern)
        holds = latest is not None and all(where.holds(latest.data) for where in self.has)
        wanted = Pattern(self.pattern.kind, self.has)
        return self._answer(holds=holds, otherwise=f"The latest must be {wanted}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStep(_Timeless):
    """The case is at one of these steps."""

    steps: tuple[str, ...]

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        return self._answer(
            holds=situation.standing.step in self.steps,
            otherwise=f"The case must be at {' or '.join(self.steps)}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(_Timeless):
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
        return self._answer(holds=holds, otherwise=f"Needs {' '.join(wanted)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePerMember(_Timeless):
    """Every member named in the latest entry of `members` has an entry of `pattern` since then."""

    pattern: Pattern
    by_field: str
    members: Pattern
    members_field: str

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names the members still missing."""
        meeting = situation.standing.latest(self.members)
        if meeting is None:
            return self._answer(holds=False, otherwise=f"Needs {self.members} on record first.")
        have = {
            e.data.get(self.by_field)
            for e in _since(situation.standing, self.pattern, self.members)
        }
        missing = [m for m in as_values(meeting.data.get(self.members_field)) if m not in have]
        if not missing:
            return ()
        said = self.says if self.says.en else Words(f"Needs {self.pattern} from every member.")
        names = ", ".join(str(member) for member in missing)
        return (
            Words(f"{said.en} Still missing: {names}.", f"{said.text('cy')} Ar goll: {names}."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionInForce(_Timeless):
    """A restriction of one of these kinds (any if empty) is in force."""

    kinds: tuple[str, ...] = ()

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        held = any(
            not self.kinds or r.restriction in self.kinds for r in situation.standing.restrictions
        )
        return self._answer(holds=held, otherwise="Needs a restriction in force; there is none.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesMet(_Timeless):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Elapsed:
    """The whole of a clock's time has run since the first (or latest) entry that matches."""

    clock: Clock
    calendar: Calendar
    pattern: Pattern
    which: Literal["first", "latest"] = "first"
    since: Pattern | None = None
    says: Words = UNSAID

    def _late_from(self, standing: "Standing") -> datetime | None:
        found = _since(standing, self.pattern, self.since)
        if not found:
            return None
        start = found[0] if self.which == "first" else found[-1]
        return self.clock.due(start.happened_at, self.calendar).late_from

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        ends = self._late_from(situation.standing)
        if ends is not None and situation.moment >= ends:
            return ()
        said = f"Needs the end of the time “{self.clock}” {self.pattern}."
        return (self.says if self.says.en else Words(said),)

    def flips(self, standing: "Standing") -> Iterator[datetime]:
        """Yield the one instant at which the time has run."""
        ends = self._late_from(standing)
        if ends is not None:
            yield ends


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]
    says: Words = UNSAID

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
    says: Words = field(default=UNSAID)

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        if self.part.unmet(situation):
            return ()
        return (self.says if self.says.en else Words(f"Must not hold: {_said(self.part)}"),)

    def flips(self, standing: "Standing") -> Iterator[datetime]:
        """Yield the part's instants."""
        yield from self.part.flips(standing)


def _said(condition: Condition) -> str:
    """Return a condition's own words, or a plain rendering of it."""
    return (
        condition.says.en
        or f"{type(condition).__name__.lower()} {getattr(condition, 'pattern', '')}"
    )
