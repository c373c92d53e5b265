"""What a draft would change, counted over many cases: each process keeps one, and they add up.

Everything in it is plain values, so that it goes from process to process and into JSON.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from candour.engine import Comparison, DutyAt, OpenDuty, Snapshot
from candour.engine.clocks import LONDON
from candour.engine.procedure import Procedure
from candour.whatif.reasons import why

MOST = 10  # cases named as changing most
DISTINCT = 500  # things that do not fit, kept apart by what they say
OVERDUE, LATER, PAUSED = "overdue", "later", "paused"
HAPPENINGS = ("appear", "go", "later", "sooner", "turn_late", "no_longer_late")


@dataclass(frozen=True, slots=True)
class Subject:
    """A case as it is named in the result: by its ref, what it is about, and who leads it."""

    ref: str
    title: str
    body: str


@dataclass(order=True, slots=True)
class Changed:
    """A case that would change, by how much, and why: sentences in English and Welsh."""

    changes: int
    ref: str
    title: str
    body: str
    why: list[tuple[str, str]] = field(compare=False)


@dataclass(slots=True)
class Tally:
    """Counts over the cases looked at, at one moment, with the weeks from then on.

    `duties` counts (duty, what happens); `late` counts (role, body, turns late or no longer);
    `weeks_before` and `weeks_after` count duties owed by the Monday of the week, or one of
    `overdue`, `later`, `paused`; `misfits` counts (kind, field, what is wrong) by case. `named` has
    the titles in both languages, and the owner, of the duties and moves that are counted.
    """

    as_of: datetime
    weeks: int
    cases: int = 0
    changed: int = 0
    duties: Counter[tuple[str, str]] = field(default_factory=Counter)
    late: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    suggests: Counter[str] = field(default_factory=Counter)
    steps: Counter[tuple[str, str]] = field(default_factory=Counter)
    weeks_before: Counter[str] = field(default_factory=Counter)
    weeks_after: Counter[str] = field(default_factory=Counter)
    misfits: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    example: dict[tuple[str, str, str], str] = field(default_factory=dict)
    named: dict[tuple[str, str], tuple[str, str, str]] = field(default_factory=dict)
    uncounted: list[tuple[str, str]] = field(default_factory=list)
    most: list[Changed] = field(default_factory=list)
    ends: date = field(init=False)

    def __post_init__(self) -> None:
        """Work out once where the weeks that are counted one by one end."""
        first = monday(self.as_of.astimezone(LONDON).date())
        self.ends = first + timedelta(weeks=self.weeks)

    def take(self, subject: Subject, found: Comparison) -> None:
        """Count one case."""
        self.cases += 1
        self._weeks(self.weeks_before, found.before)
        self._weeks(self.weeks_after, found.after)
        changes = found.changes
        if not changes:
            return
        self.changed += 1
        self._duties(subject, found)
        self._misfits(subject, found)
        for moves, what in ((found.opens, "opens"), (found.shuts, "shuts")):
            for move in moves:
                self.moves[move.id, what] += 1
                self.named["move", move.id] = (move.title.en, move.title.text("cy"), "")
        self.suggests.update(auto.id for auto in found.suggests)
        if found.elsewhere:
            self.steps[found.before.step.id, found.after.step.id] += 1
        named = (changes, subject.ref, subject.title, subject.body)
        if len(self.most) < MOST or named > _rank(self.most[-1]):
            self._rank_in([Changed(*named, why(found))])

    def cannot(self, subject: Subject, reason: str) -> None:
        """Note a case that cannot be counted under the draft, or not even as it is."""
        self.cases += 1
        self.uncounted.append((subject.ref, reason))

    def add(self, other: "Tally") -> None:
        """Add what another process counted."""
        self.cases += other.cases
        self.changed += other.changed
        for name in (
            *("duties", "late", "moves", "suggests", "steps", "weeks_before", "weeks_after"),
            "misfits",
        ):
            getattr(self, name).update(getattr(other, name))
        self.example = {**other.example, **self.example}
        self.named |= other.named
        self.uncounted += other.uncounted
        self._rank_in(other.most)

    def _rank_in(self, more: Iterable[Changed]) -> None:
        self.most = sorted([*self.most, *more], key=_rank, reverse=True)[:MOST]

    def _duties(self, subject: Subject, found: Comparison) -> None:
        happened: list[tuple[OpenDuty, str]] = []
        happened += [(owed, "appear") for owed in found.appear]
        happened += [(owed, "go") for owed in found.go]
        happened += [(pair.after, direction(pair.before, pair.after)) for pair in found.move]
        for lates, what in (
            (found.turn_late, HAPPENINGS[4]),
            (found.no_longer_late, HAPPENINGS[5]),
        ):
            happened += [(owed, what) for owed in lates]
            self.late.update((owed.duty.owner, subject.body, what) for owed in lates)
        for owed, what in happened:
            title = owed.duty.title
            self.duties[owed.duty.id, what] += 1
            self.named["duty", owed.duty.id] = (title.en, title.text("cy"), owed.duty.owner)

    def _misfits(self, subject: Subject, found: Comparison) -> None:
        said = {(m.entry.kind, m.problem.field, m.problem.message) for m in found.misfits}
        for key in said:
            known = key in self.misfits or len(self.misfits) < DISTINCT
            counted = key if known else (key[0], key[1], "…")
            self.misfits[counted] += 1
            self.example.setdefault(counted, subject.ref)

    def _weeks(self, counts: Counter[str], snapshot: Snapshot) -> None:
        counts.update(self.week_of(at) for at in snapshot.duties)

    def week_of(self, at: DutyAt) -> str:
        """Return the Monday of the week in which a duty is due, or where it stands otherwise."""
        if at.owed.due.late_from is None or at.owed.due.on is None:
            return PAUSED
        if at.owed.due.late_from <= self.as_of:
            return OVERDUE
        week = monday(at.owed.due.on)
        return week.isoformat() if week < self.ends else LATER

    def mondays(self) -> list[date]:
        """Return the first days of the weeks that are counted one by one."""
        return [self.ends - timedelta(weeks=number) for number in range(self.weeks, 0, -1)]


def _rank(changed: Changed) -> tuple[int, str, str, str]:
    return changed.changes, changed.ref, changed.title, changed.body


def direction(before: OpenDuty, after: OpenDuty) -> str:
    """Return whether a duty is due later or sooner than it was; later where nobody can date it."""
    was, now = before.due.late_from, after.due.late_from
    return "sooner" if was is None or (now is not None and now < was) else "later"


def monday(day: date) -> date:
    """Return the Monday of the week that a day lies in."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked into: a draft, in place of which procedure, at a moment, for some weeks."""

    draft: Procedure
    instead_of: str
    as_of: datetime
    weeks: int

    def tally(self) -> Tally:
        """Return a tally of no cases yet."""
        return Tally(self.as_of, self.weeks)
