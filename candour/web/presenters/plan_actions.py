"""One action of a plan in words: how it stands, what it falls short of, what can be recorded."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from candour.engine import Entry, Standing
from candour.engine.london import local
from candour.engine.plans import Action as Planned
from candour.engine.plans import Shortfall
from candour.engine.rag import Because, Lane, because, done_on, facts_of, lane
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import entry_place
from candour.web.presenters.naming import role_title
from candour.web.presenters.plan_evidence import EvidenceLine, evidence_lines
from candour.web.presenters.plan_ways import ways
from candour.web.presenters.rag import Days, Rag, rag_words
from candour.web.presenters.sight import Sight


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action: what, whose, by when, how it stands, and what it falls short of.

    `first_way` is what most needs doing about it, `ways` what else can be recorded.
    """

    anchor: str
    number: str
    what: str
    outcome: str
    owner: str
    support: str
    due: str
    first_due: str
    why_later: tuple[str, ...]
    lane: Lane
    rag: Rag
    shortfalls: tuple[str, ...]
    said: tuple[str, str]
    evidence: tuple[EvidenceLine, ...]
    risk: str
    address: str
    first_way: Action | None
    ways: tuple[Action, ...]


def numbered(plan: str, number: int) -> str:
    """Return the number by which the picture and the lists name an action: “CAP 2”."""
    return f"{plan.upper()} {number}" if plan else _("Other %(n)s") % {"n": number}


def action_anchor(plan: str, number: int) -> str:
    """Return the id under which an action stands on the page of its case's plans."""
    return f"action-{plan or 'none'}-{number}"


def action_line(
    standing: Standing, plan: str, number: int, action: Planned, sight: Sight
) -> ActionLine:
    """Return one action as it stands; `number` counts within its plan."""
    data, today = action.entry.data, local(sight.moment).date()
    why = because(facts_of(action, today))
    first = date.fromisoformat(data["due_on"])
    found = ways(standing, action, why, sight)
    main = found[0] if found and why in _PRESSING else None
    return ActionLine(
        anchor=action_anchor(plan, number),
        number=numbered(plan, number),
        what=str(data["action"]).strip(),
        outcome=str(data["outcome"]),
        owner=str(data["owner"]),
        support=str(data.get("support") or ""),
        due=dates.day(action.due_on) if action.due_on else "",
        first_due=dates.day(first) if action.due_on != first else "",
        why_later=tuple(_later(standing, entry) for entry in action.extensions),
        lane=lane(why),
        rag=rag_of(action, today, why),
        shortfalls=tuple(shortfall_words(short) for short in action.shortfalls),
        said=_said(action),
        evidence=tuple(evidence_lines(standing, action.talk, sight.ref)),
        risk=str(action.completed.data["risk_review"]) if action.completed else "",
        address=entry_place(sight.ref, action.entry.id),
        first_way=main,
        ways=found[1:] if main else found,
    )


_PRESSING = (Because.SAID_DONE, Because.MORE_TIME_ASKED, Because.LATE, Because.CANNOT_COMPLY)


def rag_of(action: Planned, today: date, why: Because) -> Rag:
    """Return the colour of an action in words."""
    talk = action.talk
    asked = talk.asked.data.get("wanted_by") if talk.asked else None
    days = Days(
        today=today,
        due_on=action.due_on,
        said_done_on=local(talk.says_done.happened_at).date() if talk.says_done else None,
        asked_until=date.fromisoformat(asked) if asked else None,
        done_on=done_on(action),
    )
    return rag_words(why, days)


def _said(action: Planned) -> tuple[str, str]:
    """Return what somebody has to answer, and whose words it is: the provider’s, or ours to it."""
    talk = action.talk
    if talk.says_done:
        return _("The provider says:"), str(talk.says_done.data.get("progress") or "")
    if talk.asked:
        day = dates.day(date.fromisoformat(str(talk.asked.data["wanted_by"])))
        words = _("More time is asked for, until %(day)s:") % {"day": day}
        return words, str(talk.asked.data.get("reason") or "")
    if talk.sent_back:
        return _("Still missing:"), str(talk.sent_back.data.get("missing") or "")
    if talk.unable:
        return _("The provider says:"), str(talk.unable.data.get("progress") or "")
    return "", ""


def shortfall_words(short: Shortfall) -> str:
    """Return what an action falls short of, as something to put right."""
    return {
        Shortfall.NOT_SPECIFIC: _("Specific: say in a sentence what is to be done."),
        Shortfall.NOT_MEASURABLE: _(
            "Measurable: say by what number or amount it is seen to be done."
        ),
        Shortfall.NOT_ONE_OWNER: _("Owned: name one person, not several or a team."),
        Shortfall.NOT_IN_TIME: _(
            "Timed: its date lies before it was added, or after the plan ends."
        ),
        Shortfall.NO_SUPPORT: _("Achievable: say what support is given, or that none is needed."),
    }[short]


def _later(standing: Standing, entry: Entry) -> str:
    facts = {
        "reason": str(entry.data["reason"]),
        "who": role_title(standing.procedure, str(entry.data.get("endorsed_by") or entry.role)),
    }
    return _("%(reason)s Endorsed by: %(who)s.") % facts
