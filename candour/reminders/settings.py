"""What a person chose, read and changed."""

from datetime import datetime

from candour.people.models import User
from candour.reminders.choices import Choices
from candour.reminders.models import ReminderChoice, ReminderDigest
from candour.reminders.telling import choices_of


def choices_for(person: User) -> Choices:
    """Return what a person chose, or the usual. Needs a transaction that acts for the person."""
    chosen = ReminderChoice.objects.filter(person=person).first()
    return choices_of(chosen) if chosen else Choices()


def choose(person: User, choices: Choices, as_of: datetime) -> None:
    """Have a person reminded so from now on; they are looked at again at once."""
    ReminderChoice.objects.update_or_create(
        person=person,
        defaults={
            "how": choices.how.value,
            "days_before": choices.days_before,
            "morning": choices.morning,
            "quiet_from": choices.quiet_from,
            "quiet_until": choices.quiet_until,
            "look_at": as_of,
        },
    )


def last_told(person: User) -> datetime | None:
    """Return when a person was last reminded, or None."""
    latest = ReminderDigest.objects.filter(person=person).order_by("-said_at").first()
    return latest.said_at if latest else None
