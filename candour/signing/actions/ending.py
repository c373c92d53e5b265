"""Ending a request before everybody has signed: somebody declines, or it is withdrawn."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from candour.cases.actions import Recorded, Stale
from candour.cases.actions.drafts import named_id
from candour.cases.actions.recording import enter
from candour.cases.log import head_of
from candour.engine import Draft, Refusal
from candour.engine.vocabulary.signing import ENDED
from candour.people.actor import Actor
from candour.signing.actions.barring import barred, no_reason, no_such_request
from candour.signing.actions.signing import way_barred
from candour.signing.models import Event, What
from candour.signing.queries import Asked, request_of

SHORTEST_REASON = 3


@dataclass(frozen=True, slots=True)
class Declining:
    """Somebody who is asked to sign says no, and why. `link` is the one that they came by."""

    request_id: UUID
    signatory_id: int
    reason: str
    link: int | None = None


def decline(
    *, case_id: int, actor: Actor, declining: Declining, as_of: datetime
) -> Recorded | Refusal | Stale:
    """Record that a signatory will not sign, with their reason; that ends the request.

    They need not wait for their turn.
    """
    head_of(case_id, lock=True)
    asked = request_of(case_id, declining.request_id)
    if asked is None:
        return no_such_request()
    turn = asked.turn_of(declining.signatory_id)
    for bar in way_barred(asked, turn, declining.link, actor, as_of):
        return bar
    if len(declining.reason.strip()) < SHORTEST_REASON:
        return no_reason()
    ends = _Ends(What.DECLINED, turn.signatory.name, declining.reason.strip())
    outcome = _end(asked, actor, ends, as_of)
    if isinstance(outcome, Recorded):
        _keep(asked, ends, actor, as_of, signatory=turn.signatory.pk, link=declining.link)
    return outcome


def withdraw(
    *, case_id: int, actor: Actor, request_id: UUID, reason: str, as_of: datetime
) -> Recorded | Refusal | Stale:
    """Record that a request is taken back, and why; its links open nothing from then on."""
    head_of(case_id, lock=True)
    asked = request_of(case_id, request_id)
    if asked is None:
        return no_such_request()
    if asked.ended is not None or asked.complete:
        return barred(
            "Nobody is waited for here any more.", "Nid oes neb i aros amdano yma mwyach."
        )
    if len(reason.strip()) < SHORTEST_REASON:
        return no_reason()
    ends = _Ends(What.WITHDRAWN, actor.name, reason.strip())
    outcome = _end(asked, actor, ends, as_of)
    if isinstance(outcome, Recorded):
        _keep(asked, ends, actor, as_of)
    return outcome


@dataclass(frozen=True, slots=True)
class _Ends:
    what: What
    who: str
    why: str


def _end(asked: Asked, actor: Actor, ends: _Ends, as_of: datetime) -> Recorded | Refusal | Stale:
    return enter(
        case_id=asked.request.case_id,
        actor=actor,
        draft=Draft(
            id=_entry_of(asked),
            kind=ENDED,
            happened_at=as_of,
            author="",
            role="",
            data={"outcome": str(ends.what), "who": ends.who, "reason": ends.why},
            refers_to=(str(asked.request.pk),),
        ),
        expected_seq=None,
        as_of=as_of,
    )


def _entry_of(asked: Asked) -> str:
    return named_id(str(asked.request.pk), ENDED)


def _keep(
    asked: Asked,
    ends: _Ends,
    actor: Actor,
    as_of: datetime,
    *,
    signatory: int | None = None,
    link: int | None = None,
) -> None:
    Event.objects.create(
        request=asked.request,
        case_id=asked.request.case_id,
        signatory_id=signatory,
        link_id=link,
        what=ends.what,
        at=as_of,
        by_id=actor.user_id,
        name=ends.who,
        words=ends.why,
        entry=UUID(_entry_of(asked)),
    )
