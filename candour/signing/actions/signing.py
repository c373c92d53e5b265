"""Signing: a name typed under a document as it was fixed, in the order that was asked for."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from candour.cases.actions import Recorded, Stale
from candour.cases.actions.drafts import named_id
from candour.cases.actions.recording import enter
from candour.cases.log import head_of
from candour.cases.standings import standing_at
from candour.documents import Signature
from candour.engine import Draft, Refusal, Standing
from candour.engine.london import local
from candour.engine.vocabulary.signing import AWAITS, DOCUMENT, SEAL, SIGNED
from candour.engine.words import Language
from candour.people.actor import Actor
from candour.signing.actions.barring import barred, no_such_request
from candour.signing.actions.links import call
from candour.signing.composing import changed
from candour.signing.fixing import content_of, drawn, intact, letterhead_of, used_by
from candour.signing.models import Event, SignedCopy, What
from candour.signing.names import same_name
from candour.signing.queries import Asked, Turn, request_of
from candour.signing.statements import INTENT
from candour.signing.wording import moment_words


@dataclass(frozen=True, slots=True)
class Signing:
    """One act of signing: of which request, by which signatory, with what name typed.

    Attributes:
        agreed: they said what `INTENT` says.
        link: the link that they came by; None for an account.
        language: the language in which they were shown the statement.
    """

    request_id: UUID
    signatory_id: int
    name: str
    agreed: bool
    language: Language
    link: int | None = None


def sign(
    *, case_id: int, actor: Actor, signing: Signing, as_of: datetime, site: str
) -> Recorded | Refusal | Stale:
    """Sign a document, record that in its case, and call on the next in order.

    Doing it again adds nothing. An outsider's signature is recorded by the system, whose actor is
    given then: the log says who signed, and by which way.

    Returns:
        As `candour.cases.actions.record` does, of the entry of the signature; or the refusal that
        says why the document cannot be signed (now, by them, or as it stands).
    """
    standing = standing_at(head_of(case_id, lock=True))
    asked = request_of(case_id, signing.request_id)
    if asked is None:
        return no_such_request()
    turn = asked.turn_of(signing.signatory_id)
    entry_id = named_id(str(signing.request_id), str(turn.signatory.place), What.SIGNED)
    if standing.entry(entry_id) is None:
        for bar in _bars(standing, asked, turn, signing, actor, as_of):
            return bar
    outcome = enter(
        case_id=case_id,
        actor=actor,
        draft=_draft(entry_id, asked, turn, signing, as_of),
        expected_seq=None,
        as_of=as_of,
    )
    if isinstance(outcome, Recorded) and not outcome.repeated:
        _keep(asked, turn, signing, actor, UUID(entry_id), as_of)
        _go_on(case_id, signing.request_id, actor, as_of, site)
    return outcome


def _bars(
    standing: Standing,
    asked: Asked,
    turn: Turn,
    signing: Signing,
    actor: Actor,
    as_of: datetime,
) -> Iterator[Refusal]:
    """Yield what keeps this person from signing this document now."""
    yield from way_barred(asked, turn, signing.link, actor, as_of)
    if asked.next is not None and asked.next.signatory.pk != turn.signatory.pk:
        first = asked.next.signatory.name
        yield barred(
            f"{first} signs before you. You will be told when it is your turn.",
            f"{first} sydd i lofnodi o’ch blaen. Cewch wybod pan ddaw eich tro.",
        )
    if not intact(asked.document):
        yield barred(
            "The stored document is not what its seal says. Do not sign it; tell whoever looks "
            "after Candour, and have it made anew.",
            "Nid yw’r ddogfen a gadwyd yn cyfateb i’w sêl. Peidiwch â’i llofnodi; rhowch wybod i "
            "bwy bynnag sy’n gofalu am Candour.",
        )
    if changed(standing, used_by(asked.document)):
        yield barred(
            "What this document sets out has been corrected in the case since. It cannot be signed "
            "as it stands: ask for signatures anew, on a new document.",
            "Mae’r hyn y mae’r ddogfen hon yn ei nodi wedi’i gywiro yn yr achos ers hynny. Ni "
            "ellir ei llofnodi fel y mae: gofynnwch am lofnodion eto, ar ddogfen newydd.",
        )
    if not signing.agreed:
        yield barred(
            "Tick the statement: without it your name is not a signature.",
            "Ticiwch y datganiad: hebddo nid yw eich enw yn llofnod.",
            "intent",
        )
    if not same_name(signing.name, turn.signatory.name):
        wanted = turn.signatory.name
        yield barred(
            f"Type your name as the document has it: {wanted}. If that is not you, or is spelt "
            "wrongly, do not sign: decline and say so.",
            f"Teipiwch eich enw fel y mae yn y ddogfen: {wanted}. Os nad chi yw hwnnw, neu os yw "
            "wedi’i sillafu’n anghywir, peidiwch â llofnodi: gwrthodwch a dywedwch hynny.",
            "name",
        )


def way_barred(
    asked: Asked, turn: Turn, link: int | None, actor: Actor, as_of: datetime
) -> Iterator[Refusal]:
    """Yield why this way does not lead to an answer of this signatory, or no longer does."""
    if asked.ended is not None:
        yield barred(
            "This request has ended: somebody declined, or it was withdrawn.",
            "Mae’r cais hwn wedi dod i ben: gwrthododd rhywun, neu fe’i tynnwyd yn ôl.",
        )
    if turn.answer is not None:
        yield barred("This was answered already.", "Atebwyd hyn eisoes.")
    mine = link is not None if turn.signatory.outside else turn.signatory.user_id == actor.user_id
    if not mine:
        yield barred(
            f"{turn.signatory.name} is asked to sign here, and nobody else.",
            f"{turn.signatory.name} a ofynnwyd i lofnodi yma, a neb arall.",
        )
    if turn.signatory.outside and not (
        turn.link is not None and turn.link.pk == link and turn.opens(as_of)
    ):
        yield barred(
            "This link opens nothing any more. Ask for a new one.",
            "Nid yw’r ddolen hon yn agor dim mwyach. Gofynnwch am un newydd.",
        )


def _draft(entry_id: str, asked: Asked, turn: Turn, signing: Signing, as_of: datetime) -> Draft:
    document = asked.document
    names = [each.signatory.name for each in asked.turns]
    place = turn.signatory.place
    data: dict[str, Any] = {
        **asked.request.data,
        "signed_by": names[:place],
        SEAL: document.seal,
        "place": place,
        "how": "link" if turn.signatory.outside else "signed_in",
        "intent": INTENT.text(signing.language),
    }
    if names[place:]:
        data[AWAITS] = names[place:]
    if document.record:
        data["record"] = document.record
    else:
        data["title"] = content_of(document).title
    return Draft(
        id=entry_id,
        kind=SIGNED if document.record else DOCUMENT,
        happened_at=as_of,
        author="",
        role="",
        data=data,
        refers_to=(str(asked.request.pk),),
    )


def _keep(
    asked: Asked, turn: Turn, signing: Signing, actor: Actor, entry: UUID, as_of: datetime
) -> None:
    Event.objects.create(
        request=asked.request,
        case_id=asked.request.case_id,
        signatory=turn.signatory,
        link_id=signing.link,
        what=What.SIGNED,
        at=as_of,
        by_id=actor.user_id,
        name=" ".join(signing.name.split()),
        words=INTENT.text(signing.language),
        entry=entry,
    )


def _go_on(case_id: int, request_id: UUID, actor: Actor, as_of: datetime, site: str) -> None:
    """Call on the next in order; once all have signed, keep the copy with every name under it."""
    asked = request_of(case_id, request_id)
    if asked is None:
        return
    if not asked.complete:
        call(asked, made_by=actor.user_id, as_of=as_of, site=site)
        return
    file = signed_file(asked, as_of, site)
    SignedCopy.objects.create(
        request=asked.request,
        case_id=case_id,
        pdf=file,
        pdf_hash=hashlib.sha256(file).hexdigest(),
        made_at=as_of,
    )


def signed_file(asked: Asked, made_at: datetime, site: str) -> bytes:
    """Return the document with the signatures so far under it, and the seal that it always had."""
    document = asked.document
    language: Language = "cy" if document.language == "cy" else "en"
    under = tuple(
        Signature(
            turn.answer.name,
            turn.signatory.post,
            moment_words(turn.answer.at, language),
        )
        for turn in asked.signed
        if turn.answer is not None
    )
    letterhead = letterhead_of(document.body, language, local(made_at).date(), under)
    return drawn(content_of(document), letterhead, document.seal, made_at, site)
