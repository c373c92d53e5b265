"""Calling on whoever's turn it is: outsiders by a one-time link, others by a note."""

from datetime import datetime

from candour.database.row_security import acting_for
from candour.engine.words import Language
from candour.mail.one_time import PLACE, new_link
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, Outgoing
from candour.signing.letters import Call, call_letter
from candour.signing.models import Event, Link, What
from candour.signing.queries import Asked, Turn
from candour.signing.tokens import KEY, LIFETIME


def call(asked: Asked, *, made_by: int | None, as_of: datetime, site: str) -> None:
    """Tell whoever's turn it is, if it is anybody's, that they are asked to sign."""
    turn = asked.next
    if turn is None:
        return
    if turn.signatory.outside:
        send_link(asked, turn, made_by=made_by, as_of=as_of, site=site)
    elif email_of(turn):
        ref = asked.request.case.ref
        address = f"{site}/cases/{ref}/signatures/{asked.request.pk}/"
        _send(asked, turn, f"signing/turn/{turn.signatory.pk}", address, None, as_of)


def send_link(asked: Asked, turn: Turn, *, made_by: int | None, as_of: datetime, site: str) -> Link:
    """Make a link for an outsider and send it; every earlier one of theirs opens nothing now."""
    kept = new_link()
    link = Link.objects.create(
        signatory=turn.signatory,
        case_id=asked.request.case_id,
        body_id=asked.document.body_id,
        nonce=kept.nonce,
        token_hash=kept.token_hash,
        made_at=as_of,
        made_by_id=made_by,
        expires_at=as_of + LIFETIME,
    )
    _send(asked, turn, f"{KEY}{link.pk}", f"{site}/sign/{PLACE}/", link.expires_at, as_of)
    return link


def revoke_link(asked: Asked, turn: Turn, *, by: int, name: str, as_of: datetime) -> bool:
    """Let an outsider's link open nothing any more; False when none did."""
    if turn.link is None or not turn.opens(as_of):
        return False
    Event.objects.create(
        request=asked.request,
        case_id=asked.request.case_id,
        signatory=turn.signatory,
        link=turn.link,
        what=What.REVOKED,
        at=as_of,
        by_id=by,
        name=name,
    )
    return True


def email_of(turn: Turn) -> str:
    """Return where a signatory is written to, or nothing where no address of theirs is known."""
    who = turn.signatory
    return who.email if who.outside else who.user.email


def _send(
    asked: Asked,
    turn: Turn,
    key: str,
    address: str,
    until: datetime | None,
    as_of: datetime,
) -> None:
    who = turn.signatory
    language: Language = "cy" if who.language == "cy" else "en"
    document = asked.document
    sort = document.sort_cy if language == "cy" else document.sort
    letter = call_letter(
        Call(who.name, document.body.name_in(language), sort, address, until), language
    )
    mail = Outgoing(
        key=key,
        body_id=document.body_id,
        case_id=asked.request.case_id,
        entry_id=asked.request.pk,
        to=Addressee(who.name, email_of(turn)),
        subject=letter.subject,
        text=letter.text,
        language=language,
        reply_ref=asked.request.case_id,
    )
    # Whoever leads the case writes, also where somebody at a body that shares it signed before.
    with acting_for([document.body_id]):
        enqueue(mail, as_of=as_of)
