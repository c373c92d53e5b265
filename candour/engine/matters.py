"""Matters: recipients of one and the same thing, and what that makes of each one's time.

The same report can go to several bodies. Each has its own entry, and its own time of a duty; but
how long it has may hang on the others (are there more than one?), and one may answer for all.
The starting entries of a duty that refer to one another, directly or through others, are a matter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from candour.engine.clocks import Clock
from candour.engine.entries import Entry
from candour.engine.patterns import Pattern, Where
from candour.engine.words import Words

if TYPE_CHECKING:
    from candour.engine.procedure import Duty

ByKind = Mapping[str, Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Matter:
    """One starting entry among those of its matter, and the entries that speak of them."""

    itself: Entry
    members: tuple[Entry, ...]
    by_kind: ByKind

    def told(self, pattern: Pattern, of: Entry) -> bool:
        """Say whether an entry that fits `pattern` refers to the member `of`."""
        found = self.by_kind.get(pattern.kind, ())
        return any(of.id in entry.refers_to and pattern.matches(entry) for entry in found)

    def latest_told(self, pattern: Pattern) -> Entry | None:
        """Return the last entry that fits `pattern` and refers to any member, or None."""
        ids = {member.id for member in self.members}
        found = reversed(self.by_kind.get(pattern.kind, ()))
        spoken = (e for e in found if ids.intersection(e.refers_to) and pattern.matches(e))
        return next(spoken, None)


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What may hold of a starting entry and its matter; every part that is given must.

    `itself`: it has these values. `said_of_it`: an entry that fits refers to it. `said_of_another`:
    the latest entry of the matter that fits refers to another member and not to it. `several`: at
    least `at_least` members fit any of the patterns, counted by what they have in `differing_in`,
    leaving out those of which something in `not_counting` is said.
    """

    itself: tuple[Where, ...] = ()
    said_of_it: Pattern | None = None
    said_of_another: Pattern | None = None
    several: tuple[Pattern, ...] = ()
    differing_in: str = ""
    at_least: int = 2
    not_counting: tuple[Pattern, ...] = ()

    def holds(self, matter: Matter) -> bool:
        """Say whether all of it holds."""
        return (
            all(where.holds(matter.itself.data) for where in self.itself)
            and (self.said_of_it is None or matter.told(self.said_of_it, matter.itself))
            and (self.said_of_another is None or _of_another(matter, self.said_of_another))
            and (not self.several or self._count(matter) >= self.at_least)
        )

    def _count(self, matter: Matter) -> int:
        """Return how many different members count."""
        return len(
            {
                self._called(member)
                for member in matter.members
                if any(pattern.matches(member) for pattern in self.several)
                and not any(matter.told(pattern, member) for pattern in self.not_counting)
            }
        )

    def _called(self, member: Entry) -> str:
        """Return what tells a member from the others: a name, however it is spaced, or its id."""
        name = str(member.data.get(self.differing_in) or "") if self.differing_in else ""
        return " ".join(name.casefold().split()) or member.id

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """Every pattern in it."""
        said = (p for p in (self.said_of_it, self.said_of_another) if p is not None)
        return (*said, *self.several, *self.not_counting)


def _of_another(matter: Matter, pattern: Pattern) -> bool:
    latest = matter.latest_told(pattern)
    return latest is not None and matter.itself.id not in latest.refers_to


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another clock for a duty, where every circumstance in `when` holds, and why.

    With `counted_from` “latest_start” it runs from when time last began for a member of the matter
    that starts the duty, and no longer from the starting entry’s own.
    """

    clock: Clock
    when: tuple[Circumstance, ...]
    because: Words
    counted_from: Literal["itself", "latest_start"] = "itself"


def matter_of(duty: "Duty", itself: Entry, by_kind: ByKind) -> Matter:
    """Return the matter of a starting entry, its members in order of happening."""
    kinds = {pattern.kind for pattern in duty.starts}
    others = [entry for kind in kinds for entry in by_kind.get(kind, ())]
    joined = {itself.id: itself}
    while True:
        linked = [
            entry
            for entry in others
            if entry.id not in joined
            and any(entry.id in m.refers_to or m.id in entry.refers_to for m in joined.values())
        ]
        if not linked:
            break
        joined.update((entry.id, entry) for entry in linked)
    found = {entry.id: entry for entry in others if entry.id in joined}
    members = sorted(found.values(), key=lambda entry: entry.happened_at)
    return Matter(itself, tuple(members), by_kind)
