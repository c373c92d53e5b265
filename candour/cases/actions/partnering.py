"""Letting another body into a case, and ending it: entries that its rows then follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from candour.bodies.models import Body, Function
from candour.bodies.queries import bodies_that_may_lead, functions_of
from candour.cases import log, standings
from candour.cases.actions.recording import enter
from candour.cases.actions.results import Recorded, Stale, barred, refused
from candour.cases.log import Head
from candour.cases.models import Case
from candour.engine import Draft, Refusal, Standing
from candour.engine.london import local
from candour.engine.partners import ENDED, MEMBERS, SHARED, Share, shares
from candour.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Sharing:
    """With whom a case is shared, and why.

    Attributes:
        id: its number, made with the form; the entry carries it.
        body: the number of the body that is let in; None where none was chosen.
        seen_as: `members` (it takes part) or `partners` (it is told what partners may be told).
        until: the last London day on which it sees the case, or None.
    """

    id: str
    body: int | None
    seen_as: str
    purpose: str
    legal_basis: str
    until: date | None = None


def may_be_shared_with(case: Case, standing: Standing, as_of: datetime) -> list[Body]:
    """Return the bodies that a case can be shared with now, by name: agencies that exist today.

    Neither those that see it already, nor whoever runs the service: that one is written to, or
    asked by a link.
    """
    there = bodies_that_may_lead(local(as_of).date())
    gone = {case.body_id, *case.shared_with, *_let_in(standing, as_of)}
    if case.service is not None:
        gone.add(case.service.provider_id)
    return list(there.exclude(pk__in=gone).order_by("name"))


def share_case(
    *,
    case_id: int,
    actor: Actor,
    sharing: Sharing,
    expected_seq: int | None,
    as_of: datetime,
) -> Recorded | Refusal | Stale:
    """Let another body into a case. Sent twice, by its number, it is done once.

    Raises:
        NoSuchCase: there is none that the bodies acted for may see.
    """
    head = log.head_of(case_id, lock=True)
    standing = standings.standing_at(head)
    body = None if sharing.body is None else Body.objects.filter(pk=sharing.body).first()
    if standing.entry(sharing.id) is None:
        for bar in _bars(head, standing, actor, sharing, body, as_of):
            return bar
    data = {
        "with_body": body.name if body else "",
        "with_body_number": sharing.body,
        "seen_as": sharing.seen_as,
        "purpose": sharing.purpose,
        "legal_basis": sharing.legal_basis,
        **({"until": sharing.until.isoformat()} if sharing.until else {}),
    }
    draft = Draft(sharing.id, SHARED, as_of, author="", role="", data=data)
    return enter(case_id=case_id, actor=actor, draft=draft, expected_seq=expected_seq, as_of=as_of)


def end_share(
    *, case_id: int, actor: Actor, share: str, reason: str, draft_id: str, as_of: datetime
) -> Recorded | Refusal | Stale:
    """End a sharing, so that its body sees the case no more. Sent twice, it is done once.

    Raises:
        NoSuchCase: there is none that the bodies acted for may see.
    """
    head = log.head_of(case_id, lock=True)
    standing = standings.standing_at(head)
    if bar := _not_leading(head, actor):
        return bar
    known = next((each for each in shares(standing.by_kind) if each.entry.id == share), None)
    again = standing.entry(draft_id) is not None
    if not again and (known is None or not known.stands(as_of)):
        return refused(
            "This sharing has ended already. Look at the page of the case’s sharings again.",
            "Mae’r rhannu hwn eisoes wedi dod i ben. Edrychwch ar dudalen rhannu’r achos eto.",
        )
    draft = Draft(
        draft_id, ENDED, as_of, author="", role="", data={"reason": reason}, refers_to=(share,)
    )
    return enter(case_id=case_id, actor=actor, draft=draft, expected_seq=None, as_of=as_of)


def _bars(
    head: Head,
    standing: Standing,
    actor: Actor,
    sharing: Sharing,
    body: Body | None,
    as_of: datetime,
) -> Iterator[Refusal]:
    if bar := _not_leading(head, actor):
        yield bar
    today = local(as_of).date()
    if body is None:
        yield barred(
            "Choose the body that the case is shared with.",
            "Dewiswch y corff y rhennir yr achos ag ef.",
            "with_body_number",
        )
        return
    if body.pk == head.body_id or body.pk in (*head.shared_with, *_let_in(standing, as_of)):
        yield barred(
            f"{body} sees {head.ref} already.",
            f"Mae {body.name_in('cy')} eisoes yn gweld {head.ref}.",
            "with_body_number",
        )
    yield from _body_bars(head, sharing, body, today)
    if sharing.until is not None and sharing.until < today:
        yield barred(
            "This day is over. Give today or a later day, or none.",
            "Mae’r diwrnod hwn wedi bod. Rhowch heddiw neu ddiwrnod diweddarach, neu ddim un.",
            "until",
        )


def _body_bars(head: Head, sharing: Sharing, body: Body, today: date) -> Iterator[Refusal]:
    """Yield what bars a body itself: it is no more, or it provides services."""
    if body.to_date is not None and body.to_date < today:
        yield barred(
            f"{body} came to an end on {body.to_date.isoformat()}.",
            f"Daeth {body.name_in('cy')} i ben ar {body.to_date.isoformat()}.",
            "with_body_number",
        )
    functions = set(functions_of(body, today))
    if not functions - {Function.PROVIDER} or _runs_the_service(head, body):
        yield barred(
            f"{body} is no agency that takes part in cases. Write to it, or ask it by a link: then "
            "it sees what it may be told, and can answer.",
            f"Nid yw {body.name_in('cy')} yn asiantaeth sy’n cymryd rhan mewn achosion. "
            "Ysgrifennwch ato, neu gofynnwch iddo drwy ddolen: yna mae’n gweld yr hyn y caniateir "
            "ei ddweud wrtho, a gall ateb.",
            "with_body_number",
        )
    elif sharing.seen_as == MEMBERS and Function.PROVIDER in functions:
        yield barred(
            f"{body} also provides services, so it may only be told what partners may be told.",
            f"Mae {body.name_in('cy')} hefyd yn darparu gwasanaethau, felly dim ond yr hyn y "
            "caniateir ei ddweud wrth bartneriaid y gellir ei ddweud wrtho.",
            "seen_as",
        )


def _not_leading(head: Head, actor: Actor) -> Refusal | None:
    if actor.body_id == head.body_id:
        return None
    return refused(
        f"Only the body that leads {head.ref} decides who else sees it.",
        f"Dim ond y corff sy’n arwain {head.ref} sy’n penderfynu pwy arall sy’n ei weld.",
    )


def _let_in(standing: Standing, as_of: datetime) -> set[int]:
    return {share.with_body for share in _standing_ones(standing, as_of)}


def _standing_ones(standing: Standing, as_of: datetime) -> Iterator[Share]:
    return (share for share in shares(standing.by_kind) if share.stands(as_of))


def _runs_the_service(head: Head, body: Body) -> bool:
    return Case.objects.filter(pk=head.case_id, service__provider=body).exists()
