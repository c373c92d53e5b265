"""Linking people's experiences to the case that rests on them."""

from collections.abc import Sequence
from datetime import datetime

from candour.cases.actions.recording import record
from candour.cases.actions.results import Recorded, Stale
from candour.engine import Draft, Refusal
from candour.people.actor import Actor


def link_experiences(
    *,
    case_id: int,
    actor: Actor,
    experiences: Sequence[int],
    draft_id: str,
    as_of: datetime,
    why: str = "",
    expected_seq: int | None = None,
) -> Recorded | Refusal | Stale:
    """Record that a case rests on these experiences, by their numbers.

    Returns:
        As `record` does; a refusal names the numbers that are not of experiences the body holds.
    """
    data: dict[str, object] = {"experiences": [str(number) for number in experiences]}
    if why:
        data["why"] = why
    draft = Draft(
        id=draft_id,
        kind="experience_linked",
        happened_at=as_of,
        author="",
        role=actor.role,
        data=data,
    )
    return record(case_id=case_id, actor=actor, draft=draft, expected_seq=expected_seq, as_of=as_of)
