"""What a procedure lays down for one kind of meeting: who comes, when it may decide, its agenda."""

from dataclasses import dataclass, field
from enum import StrEnum

from candour.engine.words import Words


class Part(StrEnum):
    """The parts of a meeting: members only, or with the provider there."""

    MEMBERS = "members"
    WITH_PROVIDER = "with_provider"


class Brings(StrEnum):
    """What a heading of an agenda brings up by itself, from what is open in the case."""

    LAST_ACTIONS = "last_actions"
    MINUTES = "minutes"
    NEW_EVIDENCE = "new_evidence"
    PLANS_DUE = "plans_due"
    RESTRICTIONS = "restrictions"
    SUGGESTIONS = "suggestions"
    DUTIES = "duties"


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many agencies must be there, and which, before a meeting may decide."""

    at_least: int = 1
    agencies: tuple[str, ...] = ()
    note: Words = field(default_factory=lambda: Words(""))


@dataclass(frozen=True, slots=True)
class Heading:
    """One standing heading of an agenda, in which part it comes, and what it brings up."""

    id: str
    title: Words
    part: Part | None = None
    brings: tuple[Brings, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """One kind of meeting.

    `always` are the agencies without whose invitation it may not be called, `usually` those that
    are proposed beside them. Where some are in the `second_part_only` it has two parts, and what is
    recorded in the first is kept from them.
    """

    id: str
    always: tuple[str, ...] = ()
    usually: tuple[str, ...] = ()
    second_part_only: tuple[str, ...] = ()
    quorum: Quorum | None = None
    agenda: tuple[Heading, ...] = ()
    clauses: tuple[str, ...] = ()

    @property
    def in_parts(self) -> bool:
        """Whether it is held in two parts, with the provider in the second only."""
        return bool(self.second_part_only)
