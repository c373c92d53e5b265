"""What somebody outside says, as the entry that it becomes: it names them and says how it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.engine import Draft, Entry, Standing
from candour.engine.kinds import Kind
from candour.engine.vocabulary.outside import (
    ANSWERS,
    CONFIRMED,
    DISPUTED,
    LINK,
    REPLIED,
    SAID_BY,
    THROUGH,
)
from candour.engine.vocabulary.responses import PUT_TO
from candour.portal.models import Invitation
from candour.portal.seeing import Way

ACKNOWLEDGED, RESPONDED, REPORTED, ASKED_TIME = ANSWERS
CARRIED = ("tier", "plan")
RESPONSE_TO = (*PUT_TO, "information_requested")
_BECOMES: Mapping[Way, str] = {
    Way.ACKNOWLEDGE: CONFIRMED,
    Way.ANSWER: REPLIED,
    Way.DISPUTE: DISPUTED,
    Way.REPORT: REPORTED,
    Way.MORE_TIME: ASKED_TIME,
}


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody outside says about one entry.

    Attributes:
        id: its number, made with the form: sent twice, it is recorded once.
        entry: the id of the entry that it is about.
        text: what they say; may be empty where they only acknowledge.
        right: of disputed facts, what is right.
        responsible: of a recommendation, whether they are the ones to answer; None: not said.
        intends: of an answer, one of the vocabulary's words for it, or empty.
        done, cannot: of an action, that it is done, or that they cannot do it.
        new_date: until when more time is asked for.
    """

    id: str
    way: Way
    entry: str
    text: str = ""
    right: str = ""
    responsible: bool | None = None
    intends: str = ""
    done: bool = False
    cannot: bool = False
    new_date: date | None = None


def kind_of(standing: Standing, way: Way, about: Entry | None) -> str:
    """Return the kind of entry that something said about an entry becomes.

    What answers a recommendation is an answer as any other, where the procedure has such. Neither
    kind is taken once the case is closed; what anybody says then is a reply all the same.
    """
    offered = () if standing.closed else standing.procedure.kinds
    kind = about.kind if about else ""
    if way is Way.ACKNOWLEDGE and kind in PUT_TO and ACKNOWLEDGED in offered:
        return ACKNOWLEDGED
    if way is Way.ANSWER and kind in RESPONSE_TO and RESPONDED in offered:
        return RESPONDED
    return _BECOMES[way]


def draft_of(standing: Standing, invitation: Invitation, given: Given, as_of: datetime) -> Draft:
    """Return the draft of what somebody invited says."""
    about = standing.entry(given.entry)
    kind = kind_of(standing, given.way, about)
    known = standing.procedure.kind(kind)
    said = {name: value for name, value in _said(kind, invitation, given).items() if value != ""}
    return Draft(
        id=given.id,
        kind=kind,
        happened_at=as_of,
        author="",
        role="",
        data={**said, **_carried(known, about), THROUGH: LINK},
        refers_to=(given.entry, str(invitation.pk)),
    )


def _said(kind: str, invitation: Invitation, given: Given) -> dict[str, Any]:
    text = given.text.strip()
    if kind == ACKNOWLEDGED:
        responsible = "" if given.responsible is None else given.responsible
        return {"responsible": responsible, "notes": text, SAID_BY: invitation.who}
    if kind == RESPONDED:
        return {
            "from_whom": invitation.organisation,
            "intends": given.intends,
            "response": text,
            SAID_BY: invitation.who,
        }
    if kind == REPORTED:
        return {
            "progress": text,
            "says_done": given.done,
            "cannot_comply": given.cannot,
            SAID_BY: invitation.who,
        }
    if kind == ASKED_TIME:
        wanted = given.new_date.isoformat() if given.new_date else ""
        return {"wanted_by": wanted, "reason": text, SAID_BY: invitation.who}
    more: Mapping[str, dict[str, Any]] = {
        CONFIRMED: {"notes": text},
        REPLIED: {"reply": text},
        DISPUTED: {"what_is_wrong": text, "what_is_right": given.right.strip()},
    }
    return {"who": invitation.who, **more[kind]}


def _carried(known: Kind, about: Entry | None) -> dict[str, Any]:
    """Return what it takes over from what it is about, where both have it: the tier, the plan."""
    if about is None:
        return {}
    names = (name for name in CARRIED if known.field(name) is not None)
    return {name: about.data[name] for name in names if about.data.get(name)}
