"""One action of a plan in words: how it stands, what it falls short of, what can be recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from candour.engine import Entry, OpenDuty, Standing
from candour.engine.london import local
from candour.engine.plans import Action as Planned
from candour.engine.plans import ActionState, Shortfall
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import (
    OWED,
    REFERS,
    correction_page,
    entry_place,
    recording_page,
)
from candour.web.presenters.dues import EXTENDING
from candour.web.presenters.naming import role_title
from candour.web.presenters.sight import Sight

SOON = 7  # days before its date from which an action is amber


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action: what, whose, by when, how it stands, and what it falls short of."""

    anchor: str
    number: str
    what: str
    outcome: str
    owner: str
    support: str
    due: str
    first_due: str
    why_later: tuple[str, ...]
    status: str
    rag: str
    state: str
    shortfalls: tuple[str, ...]
    evidence: str
    address: str
    actions: tuple[Action, ...]


def numbered(plan: str, number: int) -> str:
    """Return the number by which the picture and the lists name an action: “CAP 2”."""
    return f"{plan.upper()} {number}" if plan else _("Other %(n)s") % {"n": number}


def action_line(
    standing: Standing, plan: str, number: int, action: Planned, sight: Sight
) -> ActionLine:
    """Return one action as it stands; `number` counts within its plan."""
    data, today = action.entry.data, local(sight.moment).date()
    status, rag, words = state_words(action, today)
    first = date.fromisoformat(data["due_on"])
    return ActionLine(
        anchor=f"action-{plan or 'none'}-{number}",
        number=numbered(plan, number),
        what=str(data["action"]).strip(),
        outcome=str(data["outcome"]),
        owner=str(data["owner"]),
        support=str(data.get("support") or ""),
        due=dates.day(action.due_on) if action.due_on else "",
        first_due=dates.day(first) if action.due_on != first else "",
        why_later=tuple(_later(standing, entry) for entry in action.extensions),
        status=status,
        rag=rag,
        state=words,
        shortfalls=tuple(shortfall_words(short) for short in action.shortfalls),
        evidence=str(action.completed.data["risk_review"]) if action.completed else "",
        address=entry_place(sight.ref, action.entry.id),
        actions=tuple(_ways(standing, action, sight)),
    )


def state_words(action: Planned, today: date) -> tuple[str, str, str]:
    """Return how an action stands: the status that gives its shape, its colour’s name, its words.

    Green is done in time or on course; amber is due within a week, or later than first agreed; red
    is late, or was done late.
    """
    near = action.due_on is not None and (action.due_on - today).days <= SOON
    match action.state:
        case ActionState.DONE:
            return "met", _("Green"), _("Done")
        case ActionState.DONE_LATE:
            return "attention", _("Red"), _("Done late")
        case ActionState.LATE:
            return "late", _("Red"), _("Late")
        case ActionState.ENDED:
            return "cancelled", "", _("Ended before it was done")
        case ActionState.EXTENDED:
            return "attention", _("Amber"), _("Extended")
        case _:
            return ("week", _("Amber"), _("Due soon")) if near else ("later", _("Green"), _("Due"))


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


def _ways(standing: Standing, action: Planned, sight: Sight) -> Iterator[Action]:
    """Yield what can be recorded about an action that is not done."""
    if action.completed is not None or not sight.may_act or standing.closed:
        return
    about = {REFERS: action.entry.id}
    plan = str(action.entry.data.get("plan") or "")
    if action.shortfalls:
        yield Action(_("Put it right"), correction_page(sight.ref, action.entry.id))
    owed = _owed(standing, action)
    yield Action(
        _("Progress"),
        recording_page(sight.ref, "action_progressed", extra={**about, "plan": plan}),
    )
    yield Action(_("Done"), recording_page(sight.ref, "action_completed", extra=about))
    if owed is not None and owed.duty.extension is not None:
        extra = {"duty": owed.duty.id, OWED: owed.key}
        yield Action(_("More time"), recording_page(sight.ref, EXTENDING, extra=extra))
    if action.state is ActionState.LATE and "default_notice_issued" in standing.procedure.kinds:
        page = recording_page(sight.ref, "default_notice_issued", extra=about)
        yield Action(_("Default notice"), page)


def _owed(standing: Standing, action: Planned) -> OpenDuty | None:
    return next((owed for owed in standing.owed() if owed.trigger == action.entry.id), None)
