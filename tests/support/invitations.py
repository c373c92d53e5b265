"""Meetings called in a case, with people to invite, and what was then put in the outbox."""

from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Event

from candour.bodies.models import Contact
from candour.calendars.keeping import keep_calendar
from candour.calendars.tasks import waiting_cases
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.mail.models import MailMessage
from tests.support.casework import Town, add, london, open_at

CALL: dict[str, Any] = {
    "meeting": "ppm",
    "meets_on": "2026-03-30",
    "starts_at": "13:00",
    "ends_at": "16:30",
    "provider_from": "14:30",
    "place": "County Hall, room 3",
    "invited": [
        "Contracts team: Gwen Lloyd <gwen@cardiff.example>",
        "Health board: Idris Vaughan <idris@uhb.example>",
        "Responsible individual: Rhodri Bevan <rhodri@derwen.example>",
    ],
    "responsible_individual_invited": True,
    "ciw_invited": True,
}


def case_at_ppm(town: Town, day: str = "2026-03-10") -> Case:
    """Return a case at its PPM, the provider met and nothing called yet."""
    case = open_at(town, f"{day}T09:00")
    concern = {
        "criteria": ["repeated_failure"],
        "results": ["provider_willing_and_able"],
        "seriousness": "significant",
        "what_happened": "Three falls in one week.",
    }
    add(town, case, "concern_raised", f"{day}T09:30", concern)
    reason = {"decision": "ppm_without_waiting", "reason": "Waiting would add to the risk."}
    add(town, case, "decision_made", f"{day}T10:00", reason)
    move = {"move": "skip_to_ppm", "step": "ppm", "rationale": "Falls go on and cannot wait."}
    add(town, case, "step_entered", f"{day}T10:30", move)
    briefing = {"purpose": "provider_briefing", "with_whom": "Registered manager"}
    add(town, case, "contact_made", f"{day}T11:00", briefing)
    return case


def call(town: Town, case: Case, when: str = "2026-03-12T10:00", **other: object) -> str:
    """Call the PPM, and return the id of the call."""
    return add(town, case, "meeting_called", when, {**CALL, **other}).entry.id


def put_right(town: Town, case: Case, entry: str, when: str, **changes: object) -> str:
    """Correct an entry; `withdraws` takes it back."""
    data: dict[str, Any] = {"why": "It was wrong."}
    if changes.pop("withdraws", False):
        data["withdraws"] = True
    else:
        data["changes"] = changes
    return add(town, case, "correction_made", when, data, refers_to=(entry,)).entry.id


def look(town: Town, when: str) -> int:
    """Let the worker look at whatever waits, and return how many messages it put in the outbox."""
    return sum(keep_calendar(case, body, london(when)) for case, body in waiting_cases())


def outbox(town: Town) -> list[MailMessage]:
    """Return every message of the council's, in order."""
    with acting_for([town.council.pk]):
        return list(MailMessage.objects.order_by("pk"))


def event(message: MailMessage) -> Event:
    """Return the one event in a message, read back as a calendar program reads it."""
    calendar = Calendar.from_ical(message.calendar)
    assert str(calendar["METHOD"]) == message.calendar_method
    (found,) = calendar.walk("VEVENT")
    assert isinstance(found, Event)
    return found


def begins(message: MailMessage) -> datetime:
    """Return the UTC instant at which the event in a message begins."""
    start = event(message).start
    assert isinstance(start, datetime)
    return start.astimezone(UTC)


def provider_contact(town: Town, **facts: str) -> Contact:
    """Put somebody of the provider's in the directory."""
    return Contact.objects.create(body=town.service.provider, **facts)
