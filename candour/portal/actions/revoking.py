"""Revoking an invitation: nothing of it opens from then on, and the log says why."""

from datetime import datetime
from uuid import UUID

from candour.cases.actions import Recorded, Stale
from candour.cases.actions.drafts import named_id
from candour.cases.actions.recording import enter
from candour.cases.log import head_of
from candour.engine import Draft, Refusal
from candour.engine.vocabulary.outside import ENDED
from candour.people.actor import Actor
from candour.portal.barring import barred
from candour.portal.models import Revocation
from candour.portal.queries import invitation_of

SHORTEST_REASON = 3


def revoke(
    *, case_id: int, actor: Actor, number: UUID, reason: str, as_of: datetime
) -> Recorded | Refusal | Stale:
    """Revoke an invitation, and record why."""
    head_of(case_id, lock=True)
    invited = invitation_of(case_id, number)
    if invited is None or actor.user_id is None:
        return barred(
            "There is no such invitation in this case.",
            "Nid oes gwahoddiad o’r fath yn yr achos hwn.",
        )
    if invited.revoked is not None:
        return barred("It was revoked already.", "Fe’i dirymwyd eisoes.")
    if len(reason.strip()) < SHORTEST_REASON:
        return barred(
            "Say why in a few words: it is kept in the case.",
            "Dywedwch pam mewn ychydig eiriau: fe’i cedwir yn yr achos.",
            "reason",
        )
    entry = named_id(str(number), ENDED)
    outcome = enter(
        case_id=case_id,
        actor=actor,
        draft=Draft(
            id=entry,
            kind=ENDED,
            happened_at=as_of,
            author="",
            role="",
            data={"who": invited.invitation.who, "reason": reason.strip()},
            refers_to=(str(number),),
        ),
        expected_seq=None,
        as_of=as_of,
    )
    if isinstance(outcome, Recorded):
        Revocation.objects.create(
            invitation_id=number,
            case_id=case_id,
            at=as_of,
            by_id=actor.user_id,
            reason=reason.strip(),
            entry=UUID(entry),
        )
    return outcome
