"""What can be done about people outside. Each verb is one transaction: all of it, or nothing.

    invite(case_id=, actor=, inviting=, as_of=, site=)      -> Recorded | Refusal | Stale
    send_link(invited, made_by=, as_of=, site=)             -> whether one was sent
    open_link(invited, link_id, as_of=)                     -> the browser's secret, or None
    leave(visit_id, case_id, as_of=)
    answer(invited, given, as_of=)                          -> Recorded | Refusal | Stale
    revoke(case_id=, actor=, number=, reason=, as_of=)      -> Recorded | Refusal | Stale

All need a transaction that acts for bodies: `candour.database.row_security.acting_for`.
"""

from candour.portal.actions.answering import answer
from candour.portal.actions.inviting import Inviting, invite
from candour.portal.actions.links import send_link
from candour.portal.actions.opening import leave, open_link
from candour.portal.actions.revoking import revoke
from candour.portal.saying import Given

__all__ = [
    "Given",
    "Inviting",
    "answer",
    "invite",
    "leave",
    "open_link",
    "revoke",
    "send_link",
]
