"""The form on which somebody chooses how they are reminded."""

from dataclasses import dataclass, field
from datetime import time

from django.http import HttpRequest
from django.utils.translation import gettext as _

from candour.reminders.choices import LONGEST_AHEAD, Choices, How
from candour.web.forms.days import UnreadableError, read_time

CLOCKS = ("morning", "quiet_from", "quiet_until")


@dataclass(frozen=True, slots=True)
class ReminderForm:
    """What stands in the form, what is wrong with it, and what it comes to where nothing is."""

    typed: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)
    choices: Choices | None = None


def form_of(choices: Choices) -> ReminderForm:
    """Return the form as it stands for somebody who chose this."""
    typed = {
        "how": choices.how.value,
        "days_before": str(choices.days_before),
        **{name: f"{getattr(choices, name):%H:%M}" for name in CLOCKS},
    }
    return ReminderForm(typed, choices=choices)


def read_form(request: HttpRequest) -> ReminderForm:
    """Return what somebody sent, with what is wrong kept as they typed it."""
    names = ("how", "days_before", *CLOCKS)
    typed = {name: request.POST.get(name, "").strip() for name in names}
    faults: dict[str, str] = {}
    if typed["how"] not in set(How):
        faults["how"] = _("Choose how you want to be reminded")
    days = typed["days_before"]
    if not (days.isascii() and days.isdigit() and int(days) <= LONGEST_AHEAD):
        faults["days_before"] = _("Enter a number of days from 0 to %(most)s") % {
            "most": LONGEST_AHEAD
        }
    clocks = {name: at for name in CLOCKS if (at := _clock(typed[name], name, faults)) is not None}
    if faults:
        return ReminderForm(typed, faults)
    chosen = Choices(
        How(typed["how"]),
        int(days),
        clocks["morning"],
        clocks["quiet_from"],
        clocks["quiet_until"],
    )
    return ReminderForm(typed, choices=chosen)


def _clock(typed: str, name: str, faults: dict[str, str]) -> time | None:
    try:
        at = read_time(typed)
    except UnreadableError:
        at = None
    if at is None:
        faults[name] = _("Enter a time of day, like 8:30 or 17:00")
    return at
