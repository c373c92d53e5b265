"""Decisions as a register tells them: which are public, and when each was published or is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from candour.engine.duties import OpenDuty
from candour.engine.entries import Entry
from candour.engine.patterns import Pattern
from candour.engine.procedure import Procedure
from candour.engine.standing import Standing

DECISION: Final = "decision_made"
NOTICE: Final = "decision_published"  # the notice by which a procedure has decisions published
OPEN: Final = "case"  # the audience of entries that are not for the members of a meeting alone

# The nine kinds of decision that a local Healthwatch takes and publishes by its published procedure
# (SI 2012/3094, regulation 40; HD-01), in a case as well as in the year’s programme.
RELEVANT: Final = frozenset(
    {
        "activities",
        "services_covered",
        "resources",
        "request_information",
        "report_or_recommendation",
        "enter_and_view",
        "refer_to_scrutiny",
        "report_to_another",
        "subcontracting",
    }
)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a case.

    Attributes:
        entry: what was recorded.
        public: whether it belongs in a register that anybody may read.
        owed: the duty to publish it, where the procedure sets a time for that.
    """

    entry: Entry
    public: bool
    owed: OpenDuty | None = None

    @property
    def published_at(self) -> datetime | None:
        """When it was published, as the log has it."""
        return self.owed.met_at if self.owed else None


def decisions(standing: Standing) -> tuple[Decision, ...]:
    """Return every decision of a case as it holds now, in the order in which they were made.

    Public are those of the nine relevant kinds, and those that the procedure waits to have
    published; what is for the members of a meeting alone never is.
    """
    made = standing.by_kind.get(DECISION, ())
    if not made:
        return ()
    waited_for = public_decisions(standing.procedure)
    publishing = {duty for duty, _ in waited_for}
    owed = {one.trigger: one for one in standing.duties.values() if one.duty.id in publishing}
    return tuple(
        Decision(
            entry,
            public=entry.audience == OPEN
            and (
                entry.data.get("decision") in RELEVANT
                or any(pattern.matches(entry) for _, pattern in waited_for)
            ),
            owed=owed.get(entry.id),
        )
        for entry in made
    )


def public_decisions(procedure: Procedure) -> tuple[tuple[str, Pattern], ...]:
    """Return the duties by which decisions are published, with the decisions that start each."""
    return procedure.started_where_met_by(NOTICE)
