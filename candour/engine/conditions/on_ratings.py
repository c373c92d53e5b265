"""Conditions on ratings of risk: none milder than the middle one, none stale, none copied."""

from dataclasses import dataclass

from candour.engine.conditions.base import Situation, Timeless
from candour.engine.entries import SYSTEM
from candour.engine.fields import as_values
from candour.engine.patterns import Pattern
from candour.engine.rated import latest_each, ratings_for, stale_since, stands_aside
from candour.engine.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMilder(Timeless):
    """The rating proposed is no milder than the median of the members' own.

    Those count that fit `pattern` and were made at, or brought to, the latest meeting that matches
    `meeting`; of each member, named by `by_field`, the latest, unless they stand aside for a
    conflict of interest, declared before they rated or after. With none there is no median.
    """

    row_field: str
    column_field: str
    outcome_field: str
    pattern: Pattern
    by_field: str
    meeting: Pattern | None = None

    @property
    def about_draft(self) -> bool:
        """It is about the rating proposed."""
        return True

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names the cell in the middle."""
        draft, standing = situation.draft, situation.standing
        matrix = standing.procedure.matrix
        if draft is None or matrix is None:
            return ()
        meeting = standing.latest(self.meeting) if self.meeting else None
        rated = latest_each(ratings_for(standing, self.pattern, meeting), self.by_field)
        median = matrix.median(
            (each.data.get(self.row_field, ""), each.data.get(self.column_field, ""))
            for member, each in rated.items()
            if not stands_aside(standing, member)
        )
        if median is None:
            return ()
        cell = (draft.data.get(self.row_field, ""), draft.data.get(self.column_field, ""))
        outcome = str(draft.data.get(self.outcome_field))
        return self.answer(
            holds=not matrix.milder(cell, outcome, median),
            otherwise=f"This is milder than the median of the members’ own ratings, {median}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotStale(Timeless):
    """The latest entry that matches is not stale; where there is none, there is nothing stale."""

    pattern: Pattern

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        rating = situation.standing.latest(self.pattern)
        fresh = rating is None or stale_since(situation.standing, rating) is None
        return self.answer(
            holds=fresh, otherwise=f"What came in after the latest {self.pattern} makes it stale."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCopied(Timeless):
    """A text field of the entry proposed is not word for word that of an earlier entry."""

    field: str
    of: tuple[Pattern, ...]

    @property
    def about_draft(self) -> bool:
        """It is about the words proposed."""
        return True

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; spaces and capitals make no words of one's own."""
        draft = situation.draft
        words = _plain(draft.data.get(self.field)) if draft else ""
        if draft is None or not words:
            return ()
        earlier = (
            entry
            for pattern in self.of
            for entry in situation.standing.matching(pattern)
            if entry.id != draft.id
        )
        copied = any(_plain(entry.data.get(self.field)) == words for entry in earlier)
        return self.answer(
            holds=not copied, otherwise=f"The {self.field} is copied from an earlier entry."
        )


def _plain(text: object) -> str:
    return " ".join(str(text or "").casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneForMember(Timeless):
    """No entry that matches names the member that the entry proposed is made for.

    What the system shows of an opened round is barred by nothing that came after the sealing: it
    is what was sealed, and to hold one back would spoil the proof that all are shown.
    """

    pattern: Pattern
    by_field: str

    @property
    def about_draft(self) -> bool:
        """It is about the member named in the draft."""
        return True

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        if situation.draft is None or situation.draft.role == SYSTEM:
            return ()
        member = situation.draft.data.get(self.by_field)
        found = situation.standing.matching(self.pattern)
        named = {name for entry in found for name in as_values(entry.data.get(self.by_field))}
        return self.answer(
            holds=member not in named, otherwise=f"{self.pattern} is on record for {member}."
        )
