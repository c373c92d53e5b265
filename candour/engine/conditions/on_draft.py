"""Conditions on the entry proposed: what it says, what it refers to, whom it names."""

from dataclasses import dataclass

from candour.engine.conditions.base import Situation, Timeless
from candour.engine.fields import as_values
from candour.engine.patterns import Pattern, Where
from candour.engine.words import Words, same


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(Timeless):
    """The proposed entry itself has these values, made in one of these roles (any if empty)."""

    has: tuple[Where, ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def about_draft(self) -> bool:
        """It is about nothing else."""
        return True

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """Hold while there is no draft yet, so that no move looks blocked before it is tried."""
        if situation.draft is None:
            return ()
        holds = all(where.holds(situation.draft.data) for where in self.has)
        holds = holds and (not self.roles or situation.draft.role in self.roles)
        wanted = [str(Pattern("this entry", self.has))] if self.has else []
        roles = situation.standing.procedure.roles
        titles = " or ".join(roles[role].title.en for role in self.roles)
        wanted += [f"to be recorded by {titles}"] if titles else []
        return self.answer(holds=holds, otherwise=f"Needs {' '.join(wanted)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FitsMatrix(Timeless):
    """The outcome in the proposed entry is one that the procedure's matrix gives for its cell."""

    row_field: str
    column_field: str
    outcome_field: str

    @property
    def about_draft(self) -> bool:
        """It is about nothing else."""
        return True

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names the outcomes that the cell supports."""
        draft, matrix = situation.draft, situation.standing.procedure.matrix
        if draft is None or matrix is None:
            return ()
        cell = (draft.data.get(self.row_field, ""), draft.data.get(self.column_field, ""))
        supported = matrix.cells.get(cell, ())
        return self.answer(
            holds=draft.data.get(self.outcome_field) in supported,
            otherwise=f"For this rating the matrix supports: {', '.join(supported) or 'nothing'}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RefersTo(Timeless):
    """The proposed entry refers to at least one entry of these kinds."""

    kinds: tuple[str, ...]

    @property
    def about_draft(self) -> bool:
        """It is about nothing else."""
        return True

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        if situation.draft is None:
            return ()
        kinds = situation.standing.procedure
        held = (situation.standing.entry(ref) for ref in situation.draft.refers_to)
        titles = " or ".join(kinds.kind(name).title.en.lower() for name in self.kinds)
        return self.answer(
            holds=any(entry is not None and entry.kind in self.kinds for entry in held),
            otherwise=f"Say which entry it rests on: {titles}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Among(Timeless):
    """What a field of the proposed entry names stands in a list of an entry recorded before."""

    field: str
    pattern: Pattern
    listed_in: str

    @property
    def about_draft(self) -> bool:
        """It is about nothing else."""
        return True

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason says who is not listed."""
        if situation.draft is None:
            return ()
        listed = {
            same(name)
            for entry in situation.standing.matching(self.pattern)
            for name in as_values(entry.data.get(self.listed_in))
        }
        named = as_values(situation.draft.data.get(self.field))
        strays = ", ".join(str(name) for name in named if same(name) not in listed)
        if not strays:
            return ()
        own = self.says if self.says.en else Words(f"Not listed in {self.pattern}:")
        return (Words(f"{own.en} {strays}.", f"{own.text('cy')} {strays}."),)
