"""Opening what is sealed: by a custodian, with a reason, and always in the log.

The line in the log is written in the transaction that the words are read in. A page shows them only
once that is committed, so nothing is seen that is not logged.
"""

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from candour.people.actor import Actor
from candour.sealing.custody import is_custodian
from candour.sealing.details import PersonDetails
from candour.sealing.errors import NoReason, NotCustodian
from candour.sealing.keeping import unsealed
from candour.sealing.models import Purpose, SealedEvent, What

SHORTEST_REASON: Final = 10  # letters: “check” says nothing to whoever reads the log later


class Place(NamedTuple):
    """Where something is sealed: at which body, for what, belonging to what."""

    body_id: int
    purpose: Purpose
    context: str


def open_sealed(
    body_id: int, purpose: Purpose, context: str, *, actor: Actor, reason: str, as_of: datetime
) -> bytes:
    """Return what is sealed, and log that it was opened, by whom and why.

    Args:
        body_id: the body that holds it.
        purpose: who somebody is, or the words as given.
        context: what it belongs to, such as `candour.sealing.keeping.of_experience` gives.
        actor: a custodian of that body, in the post named as one.
        reason: why, in their own words.
        as_of: the present instant.

    Raises:
        NotCustodian: the actor is none of that body.
        NoReason: the reason says nothing.
        NothingSealed: nothing is there.
        KeyNotHere: the key is not on this machine.
        DoesNotOpen: what is stored is not what was sealed there.
    """
    check(body_id, actor, reason)
    found = unsealed(body_id, purpose, context)
    place = Place(body_id, purpose, context)
    log(What.OPENED, place, actor=actor, reason=reason, as_of=as_of)
    return found


def open_person(
    body_id: int, context: str, *, actor: Actor, reason: str, as_of: datetime
) -> PersonDetails:
    """Return who somebody is, as `open_sealed` does, which raises what it raises."""
    found = open_sealed(body_id, Purpose.PERSON, context, actor=actor, reason=reason, as_of=as_of)
    return PersonDetails.from_bytes(found)


def check(body_id: int, actor: Actor, reason: str) -> None:
    """Let a custodian with a reason pass.

    Raises:
        NotCustodian: the actor is none of that body.
        NoReason: the reason says nothing.
    """
    if actor.body_id != body_id or not is_custodian(actor):
        raise NotCustodian(
            "Only a custodian opens what is sealed. The head of the organisation names who is one."
        )
    if sum(letter.isalpha() for letter in reason) < SHORTEST_REASON:
        raise NoReason(
            "Say why it has to be opened, so that somebody who reads the log in a year understands."
        )


def log(
    what: What,
    place: Place,
    *,
    actor: Actor | None,
    reason: str,
    as_of: datetime,
    given_to: str = "",
    entry: UUID | None = None,
) -> None:
    """Write down what was done with something sealed; no actor means that nobody saw it."""
    SealedEvent.objects.create(
        body_id=place.body_id,
        what=what,
        purpose=place.purpose,
        context=place.context,
        at=as_of,
        by_id=actor.user_id if actor else None,
        role=actor.role if actor else "",
        reason=" ".join(reason.split()),
        given_to=given_to,
        entry=entry,
    )
