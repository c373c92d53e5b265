"""Opening several things that are sealed for one purpose and one reason: each is in the log.

A custodian who checks what was taken out of twenty texts says once why, and the log says twenty
times that a text was opened.
"""

from collections.abc import Iterable
from datetime import datetime

from candour.people.actor import Actor
from candour.sealing.data_keys import key_to_open
from candour.sealing.errors import DoesNotOpen
from candour.sealing.keeping import bound, opened
from candour.sealing.models import Purpose, SealedEvent, SealedIdentity, What
from candour.sealing.opening import check


def open_many(
    purpose: Purpose, contexts: Iterable[str], *, actor: Actor, reason: str, as_of: datetime
) -> dict[str, bytes]:
    """Return what is sealed for the actor's body under these contexts, and log each opening.

    What is not there, or was changed, is left out. Queries: five, and one for each key in use.

    Raises:
        NotCustodian: the actor is none of that body.
        NoReason: the reason says nothing.
        KeyNotHere: a key is not on this machine.
    """
    check(actor.body_id, actor, reason)
    rows = SealedIdentity.objects.filter(
        body_id=actor.body_id, purpose=purpose, context__in=list(contexts)
    )
    ciphers, found = {}, dict[str, bytes]()
    for row in rows.only("key_id", "sealed", "context"):
        if row.key_id not in ciphers:
            ciphers[row.key_id] = key_to_open(row.key_id)
        bound_to = bound(actor.body_id, purpose, row.context)
        try:
            found[row.context] = opened(ciphers[row.key_id], bytes(row.sealed), bound_to)
        except DoesNotOpen:
            continue
    SealedEvent.objects.bulk_create(
        SealedEvent(
            body_id=actor.body_id,
            what=What.OPENED,
            purpose=purpose,
            context=context,
            at=as_of,
            by_id=actor.user_id,
            role=actor.role,
            reason=" ".join(reason.split()),
        )
        for context in found
    )
    return found
