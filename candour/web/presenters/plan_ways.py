"""What can be recorded about an action of a plan, the most pressing first, nothing typed twice."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from candour.engine import OpenDuty, Standing
from candour.engine.plan_talk import ASKED, COMPLETED, PROGRESSED, REFUSED, SENT_BACK
from candour.engine.plans import Action as Planned
from candour.engine.rag import Because
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import (
    BACK_TO,
    OWED,
    REFERS,
    correction_page,
    filing_page,
    recording_page,
)
from candour.web.presenters.dues import EXTENDING
from candour.web.presenters.sight import Sight

ROOM = "plan"  # where a form opened from here leads back to


def ways(standing: Standing, action: Planned, why: Because, sight: Sight) -> tuple[Action, ...]:
    """Return what can be recorded about an action that is not done, the most pressing first."""
    if not action.is_open or not sight.may_act or standing.closed:
        return ()
    found = [*answers_to_provider(standing, action, sight), *_always(standing, action, why, sight)]
    return tuple({way.words: way for way in found}.values())


def answers_to_provider(standing: Standing, action: Planned, sight: Sight) -> Iterator[Action]:
    """Yield what answers the provider: its word that an action is done, its wish for more time."""
    talk = action.talk
    about = {REFERS: action.entry.id}
    if talk.says_done and _known(standing, COMPLETED):
        yield Action(_("Verify: it is done"), _form(sight, COMPLETED, about))
        if _known(standing, SENT_BACK):
            yield Action(_("Send it back"), _form(sight, SENT_BACK, about))
    if talk.asked is not None:
        yield from _more_time(standing, action, sight, _("Give more time"))
        if _known(standing, REFUSED):
            refers = {REFERS: talk.asked.id}
            yield Action(_("Refuse more time"), _form(sight, REFUSED, refers))


def _always(standing: Standing, action: Planned, why: Because, sight: Sight) -> Iterator[Action]:
    about = {REFERS: action.entry.id}
    if why in (Because.LATE, Because.CANNOT_COMPLY):
        if action.talk.asked is None:
            yield from _more_time(standing, action, sight, _("Give more time"))
        if _known(standing, "default_notice_issued"):
            yield Action(_("Default notice"), _form(sight, "default_notice_issued", about))
    if action.shortfalls:
        yield Action(_("Put it right"), correction_page(sight.ref, action.entry.id))
    if _known(standing, PROGRESSED):
        plan = str(action.entry.data.get("plan") or "")
        yield Action(_("Report progress"), _form(sight, PROGRESSED, {**about, "plan": plan}))
    if _known(standing, "document_filed"):
        yield Action(_("File a document"), filing_page(sight.ref, action.entry.id))
    if not action.talk.says_done and _known(standing, COMPLETED):
        yield Action(_("Record it as done"), _form(sight, COMPLETED, about))
    if action.talk.asked is None:
        yield from _more_time(standing, action, sight, _("Give more time"))
        if _known(standing, ASKED):
            yield Action(_("The provider asks for more time"), _form(sight, ASKED, about))


def _more_time(standing: Standing, action: Planned, sight: Sight, words: str) -> Iterator[Action]:
    """Yield the form that gives more time, filled in with what was asked for."""
    owed = _owed(standing, action)
    if owed is None or owed.duty.extension is None:
        return
    extra = {"duty": owed.duty.id, OWED: owed.key}
    if action.talk.asked is not None:
        year, month, day = str(action.talk.asked.data["wanted_by"]).split("-")
        extra |= {"new_date-day": day, "new_date-month": month, "new_date-year": year}
        extra["reason"] = str(action.talk.asked.data["reason"])
    yield Action(words, _form(sight, EXTENDING, extra))


def _form(sight: Sight, kind: str, extra: dict[str, str]) -> str:
    given = {name: value for name, value in extra.items() if value}
    return recording_page(sight.ref, kind, extra={**given, BACK_TO: ROOM})


def _known(standing: Standing, kind: str) -> bool:
    return kind in standing.procedure.kinds


def _owed(standing: Standing, action: Planned) -> OpenDuty | None:
    return next((owed for owed in standing.owed() if owed.trigger == action.entry.id), None)
