"""Asking for signatures: the document is fixed, and those who sign are called in order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from candour.bodies.models import Body
from candour.cases.actions import Recorded, Stale
from candour.cases.actions.drafts import named_id
from candour.cases.actions.recording import enter
from candour.cases.log import head_of
from candour.cases.models import Case
from candour.cases.standings import standing_at
from candour.engine import Draft, Refusal, Standing, propose
from candour.engine.london import local
from candour.engine.templates import Audience
from candour.engine.vocabulary.signing import ASKED, SEAL, SIGNED
from candour.letters.directory import directory_of
from candour.people.actor import Actor
from candour.signing.actions.barring import barred
from candour.signing.actions.links import call
from candour.signing.composing import Composed
from candour.signing.fixing import Making, Sort, fixed
from candour.signing.models import FixedDocument, Request, Signatory
from candour.signing.queries import request_of

MOST = 8  # signatories
OUTSIDE = "outside"  # the role in which an outsider is held to what a procedure asks of a signature


@dataclass(frozen=True, slots=True)
class Signer:
    """One who is to sign: an account in a role, or an outsider by their address."""

    name: str
    post: str = ""
    user_id: int | None = None
    role: str = ""
    email: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Asking:
    """A request for signatures.

    Attributes:
        id: its number, made with the form; the entry and the request carry it.
        sort: what the document is.
        data: what the entries of the signatures will say besides who signs.
        signers: who signs, in order.
        expected_seq: where the log ended when the person last read it, or None not to ask.
    """

    id: str
    body: Body
    ref: str
    sort: Sort
    composed: Composed
    data: Mapping[str, Any]
    signers: tuple[Signer, ...]
    expected_seq: int | None = None


def ask(
    *, case_id: int, actor: Actor, asking: Asking, as_of: datetime, site: str
) -> Recorded | Refusal | Stale:
    """Fix a document and ask for the signatures on it; the first in order is called at once.

    Args:
        case_id: the case.
        actor: who asks.
        asking: the document and who signs it.
        as_of: the present instant.
        site: the address of the site, for the links to it.

    Returns:
        As `candour.cases.actions.record` does, of the entry `signatures_asked`. What a procedure
        asks of the signed record is asked beforehand, of whoever signs last.
    """
    if actor.user_id is None:
        return barred("Somebody has to ask.", "Rhaid i rywun ofyn.")
    standing = standing_at(head_of(case_id, lock=True))
    known = standing.entry(asking.id) is not None
    bar = None if known else _bar(standing, asking, case_id, as_of)
    if bar is not None:
        return bar
    number = UUID(named_id(asking.id, "document"))
    making = Making(number, case_id, asking.ref, asking.body, actor.user_id, as_of, site)
    document = fixed(making, asking.sort, asking.composed, asking.data)
    outcome = enter(
        case_id=case_id,
        actor=actor,
        draft=_draft(asking, document, as_of),
        expected_seq=asking.expected_seq,
        as_of=as_of,
    )
    if isinstance(outcome, Recorded) and not outcome.repeated:
        _keep(asking, document, case_id, actor.user_id, as_of)
        asked = request_of(case_id, UUID(outcome.entry.id))
        if asked is not None:
            call(asked, made_by=actor.user_id, as_of=as_of, site=site)
    return outcome


def _draft(asking: Asking, document: FixedDocument, as_of: datetime) -> Draft:
    return Draft(
        id=asking.id,
        kind=ASKED,
        happened_at=as_of,
        author="",
        role="",
        data={
            "title": asking.composed.content.title,
            SEAL: document.seal,
            "signatories": [_shown(signer) for signer in asking.signers],
        },
    )


def _shown(signer: Signer) -> str:
    return f"{signer.name}, {signer.post}" if signer.post else signer.name


def _bar(standing: Standing, asking: Asking, case_id: int, as_of: datetime) -> Refusal | None:
    for problem in _problems(asking, case_id, as_of):
        return problem
    if not asking.sort.record:
        return None
    draft = _as_signed(asking, as_of)
    if not asking.signers[-1].email:
        answer = propose(standing, draft, as_of)
        return answer if isinstance(answer, Refusal) else None
    # Somebody outside has no role here; what the procedure asks of a signature holds all the same.
    problems = standing.procedure.kind(SIGNED).problems(draft.data)
    if problems:
        return Refusal(problems=tuple(problems))
    gates = (gate for gate in standing.procedure.gates if gate.on.matches(draft))
    found = [reason for gate in gates for reason in standing.reasons(gate, as_of, draft)]
    return Refusal(reasons=tuple(found)) if found else None


def _as_signed(asking: Asking, as_of: datetime) -> Draft:
    """Return the entry of the last signature as far as it is known beforehand."""
    return Draft(
        id=asking.id,
        kind=SIGNED,
        happened_at=as_of,
        author="asked",
        role=asking.signers[-1].role or OUTSIDE,
        data={
            **asking.data,
            "record": asking.sort.record,
            "signed_by": [signer.name for signer in asking.signers],
        },
    )


def _problems(asking: Asking, case_id: int, as_of: datetime) -> Iterator[Refusal]:
    if not 0 < len(asking.signers) <= MOST:
        yield barred(
            f"Name at least one signatory, and no more than {MOST}.",
            f"Enwch o leiaf un llofnodwr, a dim mwy na {MOST}.",
            "signers",
        )
    keys = [signer.email.casefold() or f"{signer.user_id}" for signer in asking.signers]
    if len(set(keys)) < len(keys):
        yield barred(
            "Somebody is named twice. Each signatory signs once.",
            "Mae rhywun wedi’i enwi ddwywaith. Unwaith y mae pob un yn llofnodi.",
            "signers",
        )
    outside = {signer.email.casefold() for signer in asking.signers if signer.email}
    if asking.sort.audience == Audience.MEMBERS and outside:
        yield barred(
            "This is for the members of the case alone: nobody outside signs it.",
            "I aelodau’r achos yn unig y mae hyn: nid oes neb o’r tu allan yn ei lofnodi.",
            "signers",
        )
    if asking.sort.audience == Audience.PARTNERS and outside & _providers(case_id, as_of):
        yield barred(
            "This is for partner bodies: nobody at the provider signs it.",
            "I gyrff partner y mae hyn: nid oes neb yn y darparwr yn ei lofnodi.",
            "signers",
        )


def _providers(case_id: int, as_of: datetime) -> frozenset[str]:
    """Return every address that there ever was at the provider whose service a case is about."""
    found = Case.objects.select_related("body", "service__provider").get(pk=case_id)
    return directory_of(found, (), local(as_of).date()).provider_people


def _keep(
    asking: Asking, document: FixedDocument, case_id: int, asked_by: int, as_of: datetime
) -> None:
    document.save(force_insert=True)
    request = Request.objects.create(
        id=UUID(asking.id),
        document=document,
        case_id=case_id,
        data=dict(asking.data),
        asked_at=as_of,
        asked_by_id=asked_by,
    )
    Signatory.objects.bulk_create(
        Signatory(
            request=request,
            case_id=case_id,
            place=place,
            name=signer.name,
            post=signer.post,
            user_id=signer.user_id,
            role=signer.role,
            email=signer.email,
            language=signer.language,
        )
        for place, signer in enumerate(asking.signers, 1)
    )
