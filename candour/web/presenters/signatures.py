"""Requests for signatures in words: who has signed, whose turn it is, what can be done."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.documents import Content
from candour.documents.codes import code_of
from candour.signing.fixing import content_of
from candour.signing.models import What
from candour.signing.queries import Asked, Turn
from candour.web import dates
from candour.web.spoken import spoken


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One signatory: who, for whom, how they stand, and what can be done about their link."""

    place: int
    number: int
    name: str
    post: str
    look: str
    state: str
    note: str
    may_send: bool
    may_revoke: bool


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request: what, by whom, how it stands, who signs."""

    address: str
    title: str
    asked: str
    look: str
    state: str
    why: str
    turns: tuple[TurnLine, ...]
    waiting: bool


@dataclass(frozen=True, slots=True)
class RequestPage:
    """Everything that the page of a request says; `mine` is the reader's own turn, if it is now."""

    line: RequestLine
    sort: str
    language: str
    content: Content
    code: str
    mine: int
    may_decline: int
    complete: bool


def request_line(asked: Asked, ref: str, moment: datetime, *, title: str = "") -> RequestLine:
    """Return a request as a list shows it."""
    look, state = _state(asked)
    document = asked.document
    facts = {
        "name": asked.request.asked_by.name,
        "when": dates.moment(asked.request.asked_at),
    }
    return RequestLine(
        address=reverse("case-signature", args=[ref, asked.request.pk]),
        title=title or (document.sort_cy if spoken() == "cy" else document.sort),
        asked=_("Asked by %(name)s, %(when)s") % facts,
        look=look,
        state=state,
        why=_why(asked),
        turns=tuple(_turn(asked, turn, moment) for turn in asked.turns),
        waiting=asked.next is not None,
    )


def request_page(asked: Asked, ref: str, moment: datetime, user_id: int | None) -> RequestPage:
    """Return the page of a request as this person reads it."""
    document, content = asked.document, content_of(asked.document)
    turn = asked.next
    own = [each for each in asked.turns if user_id and each.signatory.user_id == user_id]
    open_own = [each for each in own if each.answer is None and asked.ended is None]
    mine = turn is not None and turn in open_own
    return RequestPage(
        line=request_line(asked, ref, moment, title=content.title),
        sort=document.sort_cy if spoken() == "cy" else document.sort,
        language=content.language,
        content=content,
        code=code_of(document.seal),
        mine=turn.signatory.pk if turn is not None and mine else 0,
        may_decline=open_own[0].signatory.pk if open_own else 0,
        complete=asked.complete,
    )


def _state(asked: Asked) -> tuple[str, str]:
    if asked.ended is not None:
        declined = asked.ended.what == What.DECLINED
        return "cancelled", _("Declined") if declined else _("Withdrawn")
    if asked.complete:
        return "met", _("Signed by all")
    facts = {"number": len(asked.signed), "of": len(asked.turns)}
    return "open", _("%(number)s of %(of)s have signed") % facts


def _why(asked: Asked) -> str:
    if asked.ended is None:
        return ""
    return f"{asked.ended.name}: {asked.ended.words}"


def _turn(asked: Asked, turn: Turn, moment: datetime) -> TurnLine:
    now = asked.next is not None and asked.next.signatory.pk == turn.signatory.pk
    look, state, note = _turn_state(asked, turn, moment, now=now)
    outside_now = turn.signatory.outside and now
    return TurnLine(
        place=turn.signatory.place,
        number=turn.signatory.pk,
        name=turn.signatory.name,
        post=turn.signatory.post,
        look=look,
        state=state,
        note=note,
        may_send=outside_now,
        may_revoke=outside_now and turn.opens(moment),
    )


def _turn_state(asked: Asked, turn: Turn, moment: datetime, *, now: bool) -> tuple[str, str, str]:
    if turn.answer is not None and turn.signed:
        return "met", _("Signed"), dates.moment(turn.answer.at)
    if turn.answer is not None:
        return "cancelled", _("Declined"), dates.moment(turn.answer.at)
    if asked.ended is not None:
        return "cancelled", _("Not asked any more"), ""
    if not now:
        return "later", _("Waits for those before"), ""
    return "open", _("To sign now"), _link_note(turn, moment)


def _link_note(turn: Turn, moment: datetime) -> str:
    if not turn.signatory.outside or turn.link is None:
        return ""
    facts = {
        "address": turn.signatory.email,
        "sent": dates.moment(turn.link.made_at),
        "until": dates.moment(turn.link.expires_at),
    }
    if turn.revoked:
        return _("The link sent to %(address)s was revoked.") % facts
    if moment >= turn.link.expires_at:
        return _("The link sent to %(address)s on %(sent)s has expired.") % facts
    return _("Link sent to %(address)s on %(sent)s; it opens until %(until)s.") % facts
