"""Recipients in words: basis, state, and dates, the same in a case, in the register, in a file."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from candour.engine.recipients import RecipientState
from candour.web import dates


def basis_words(basis: str) -> str:
    """Return on what basis an answer is expected."""
    return {
        "statutory": _("Statutory"),
        "contractual": _("Contractual"),
        "voluntary": _("Voluntary"),
    }.get(basis, "")


def look(state: str, late_from: datetime | None, moment: datetime, *, late: bool) -> str:
    """Return the status (see `candour.web.status`) of a recipient; `late` if it answered late."""
    waits = state in (RecipientState.WAITED_FOR, RecipientState.NOT_RESPONSIBLE)
    if waits and late_from is not None and late_from <= moment:
        return "late"
    if waits:
        return "open" if late_from is not None else "paused"
    if state == RecipientState.ANSWERED:
        return "attention" if late else "met"
    return {
        RecipientState.UNANSWERED.value: "attention",
        RecipientState.NO_TIME.value: "open",
    }.get(state, "cancelled")


def state_words(state: str, look: str, *, late: bool) -> str:
    """Return how it stands with a recipient, in a few words."""
    if look == "late":
        return _("Late")
    if state == RecipientState.ANSWERED:
        return _("Answered late") if late else _("Answered")
    return {
        RecipientState.WAITED_FOR.value: _("Waiting"),
        RecipientState.NOT_RESPONSIBLE.value: _("To pass it on"),
        RecipientState.LED.value: _("Another answers"),
        RecipientState.PASSED_ON.value: _("Passed on"),
        RecipientState.UNANSWERED.value: _("Not answered"),
        RecipientState.NO_TIME.value: _("No time set"),
    }[state]


def acknowledged_words(on: date | None, by: date | None, moment: date) -> str:
    """Return whether receipt was acknowledged and when, or by when it should be."""
    if on is not None:
        return dates.day(on)
    if by is None:
        return _("Not asked for")
    day = dates.day(by)
    return (
        _("Late: was due %(day)s") % {"day": day} if by < moment else _("By %(day)s") % {"day": day}
    )
