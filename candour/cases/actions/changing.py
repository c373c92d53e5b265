"""A case goes on under another procedure or version, or is led by another body: an entry too."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from candour.bodies.models import Body
from candour.cases import log, standings
from candour.cases.actions.drafts import by_actor
from candour.cases.actions.recording import record
from candour.cases.actions.results import Recorded, Stale
from candour.engine import Comparison, Draft, Refusal, Standing, preview
from candour.engine.vocabulary import CHANGED
from candour.people.actor import Actor

UNSENT = "00000000-0000-4000-8000-000000000000"  # the id of a draft that is only looked at


@dataclass(frozen=True, slots=True)
class Change:
    """Where a case is to go on.

    Attributes:
        procedure: the name of the procedure.
        version: its version.
        reason: why, in writing.
        goes_on_at: the step where it goes on; empty for the one it is at.
        body: the body that leads it from then on; None for the one that does.
        former_body_sees: whether the body that led it until then still sees it.
    """

    procedure: str
    version: str
    reason: str
    goes_on_at: str = ""
    body: Body | None = None
    former_body_sees: bool = True

    def draft(self, standing: Standing, draft_id: str, at: datetime) -> Draft:
        """Return the draft of the entry that makes the change."""
        data: dict[str, Any] = {
            "from_procedure": standing.procedure.name,
            "from_version": standing.procedure.version,
            "procedure": self.procedure,
            "version": self.version,
            "reason": self.reason,
        }
        if self.goes_on_at:
            data["goes_on_at"] = self.goes_on_at
        if self.body is not None:
            data |= {"to_body": self.body.name, "to_body_number": self.body.pk}
            data["former_body_sees"] = self.former_body_sees
        return Draft(draft_id, CHANGED, at, author="", role="", data=data)


def preview_change(
    standing: Standing, change: Change, actor: Actor, as_of: datetime
) -> Comparison | Refusal:
    """Return what a change would bring about, or why it may not be; nothing is written."""
    made = by_actor(change.draft(standing, UNSENT, as_of), actor)
    return made if isinstance(made, Refusal) else preview(standing, made, as_of)


def change_procedure(
    *,
    case_id: int,
    actor: Actor,
    change: Change,
    draft_id: str,
    expected_seq: int | None,
    as_of: datetime,
) -> Recorded | Refusal | Stale:
    """Let a case go on under another procedure or body. Sent twice, by its id, it is done once.

    Raises:
        NoSuchCase: there is none that the bodies acted for may see.
    """
    standing = standings.standing_at(log.head_of(case_id))
    earlier = standing.entry(draft_id)
    at = earlier.happened_at if earlier else as_of
    draft = change.draft(standing, draft_id, at)
    return record(case_id=case_id, actor=actor, draft=draft, expected_seq=expected_seq, as_of=as_of)
