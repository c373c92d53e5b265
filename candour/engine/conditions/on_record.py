"""Conditions on what the log holds: recorded, latest, one for each member, time elapsed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from candour.engine.calendars import Calendar
from candour.engine.clocks import Clock
from candour.engine.conditions.base import UNSAID, Situation, Timeless
from candour.engine.entries import Entry
from candour.engine.fields import as_values
from candour.engine.patterns import Pattern, Where
from candour.engine.rated import ratings_for
from candour.engine.words import Words

if TYPE_CHECKING:
    from candour.engine.standing import Standing


def since_latest(standing: "Standing", pattern: Pattern, since: Pattern | None) -> list[Entry]:
    """Return entries that match, from the latest entry matching `since` on (none without it)."""
    found = standing.matching(pattern)
    if since is None:
        return found
    start = standing.latest(since)
    return [] if start is None else [e for e in found if e.happened_at >= start.happened_at]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Timeless):
    """At least `at_least` entries match (since the latest entry that matches `since`)."""

    pattern: Pattern
    at_least: int = 1
    since: Pattern | None = None

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        count = len(since_latest(situation.standing, self.pattern, self.since))
        if count >= self.at_least:
            return ()
        if self.says.en:  # asked for every move at every look, so no words are made up for nothing
            return (self.says,)
        needed = f"{self.at_least} × " if self.at_least > 1 else ""
        return self.answer(
            holds=False,
            otherwise=f"Needs {needed}{self.pattern} on record; there are {count}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest(Timeless):
    """The latest entry that matches `pattern` also has the values in `has`; none means not held.

    With `since`, one from before the latest entry that matches that is none.
    """

    pattern: Pattern
    has: tuple[Where, ...]
    since: Pattern | None = None

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        latest = situation.standing.latest(self.pattern)
        if (
            latest is not None
            and all(where.holds(latest.data) for where in self.has)
            and self._is_since(situation.standing, latest)
        ):
            return ()
        if self.says.en:
            return (self.says,)
        wanted = Pattern(self.pattern.kind, self.has)
        return self.answer(holds=False, otherwise=f"The latest must be {wanted}.")

    def _is_since(self, standing: "Standing", latest: Entry) -> bool:
        start = standing.latest(self.since) if self.since is not None else latest
        return start is not None and latest.happened_at >= start.happened_at


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePerMember(Timeless):
    """Every member named in the latest entry of `members` has an entry of `pattern` since then.

    A rating under seal counts, too, that was called for the meeting in question. Members whom an
    entry that matches `excused` names need none.
    """

    pattern: Pattern
    by_field: str
    members: Pattern
    members_field: str
    excused: Pattern | None = None

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names the members still missing."""
        meeting = situation.standing.latest(self.members)
        if meeting is None:
            return self.answer(holds=False, otherwise=f"Needs {self.members} on record first.")
        have = {
            e.data.get(self.by_field)
            for e in ratings_for(situation.standing, self.pattern, meeting)
        }
        if self.excused is not None:
            found = situation.standing.matching(self.excused)
            have |= {e.data.get(self.by_field) for e in found}
        missing = [m for m in as_values(meeting.data.get(self.members_field)) if m not in have]
        if not missing:
            return ()
        said = self.says if self.says.en else Words(f"Needs {self.pattern} from every member.")
        names = ", ".join(str(member) for member in missing)
        return (
            Words(f"{said.en} Still missing: {names}.", f"{said.text('cy')} Ar goll: {names}."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Elapsed:
    """The whole of a clock's time has run since the first (or latest) entry that matches."""

    clock: Clock
    calendar: Calendar
    pattern: Pattern
    which: Literal["first", "latest"] = "first"
    since: Pattern | None = None
    says: Words = UNSAID

    @property
    def about_draft(self) -> bool:
        """It is about the record."""
        return False

    def _late_from(self, standing: "Standing") -> datetime | None:
        found = since_latest(standing, self.pattern, self.since)
        if not found:
            return None
        start = found[0] if self.which == "first" else found[-1]
        return self.clock.due(start.happened_at, self.calendar).late_from

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        ends = self._late_from(situation.standing)
        if ends is not None and situation.moment >= ends:
            return ()
        if self.says.en:
            return (self.says,)
        return (Words(f"Needs the end of the time “{self.clock}” {self.pattern}."),)

    def flips(self, standing: "Standing") -> Iterator[datetime]:
        """Yield the one instant at which the time has run."""
        ends = self._late_from(standing)
        if ends is not None:
            yield ends
