"""Who answers now: a procedure's contacts, by what they are for, their hours and their dates.

Hours are London clock time, so eight in the morning is eight in winter and in summer. A body that
has gone is not called: a contact is in force from a day to a day, and its successor follows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from candour.engine.calendars import Calendar
from candour.engine.london import LONDON, local
from candour.engine.words import Words

# Where one of these falls on a weekend the official list has only its substitute, but offices are
# closed on the day itself too.
CLOSED_EACH_YEAR = ((1, 1), (12, 25), (12, 26))

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody answers: on these days (0 is Monday), from a time until just before another."""

    days: tuple[int, ...]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to for these referrals, by phone or email.

    Without `hours` it answers at all times, unless its hours are not known. `otherwise` means only
    while nobody else who keeps hours, and is there for the same referral, answers. Most are closed
    on bank holidays.
    """

    id: str
    title: Words
    serves: tuple[str, ...]
    phone: str = ""
    email: str = ""
    note: Words | None = None
    hours: tuple[Hours, ...] = ()
    hours_known: bool = True
    on_holidays: Literal["closed", "open"] = "closed"
    otherwise: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    clauses: tuple[str, ...] = ()

    def in_force(self, day: date) -> bool:
        """Return whether the contact is there on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    def open_until(self, moment: datetime, calendar: Calendar) -> datetime | None:
        """Return the end of the hours that `moment` falls in; None outside them.

        Raises:
            ClockError: the moment has no time zone.
        """
        at = local(moment)
        holiday = at.date() in calendar.holidays or (at.month, at.day) in CLOSED_EACH_YEAR
        if holiday and self.on_holidays == "closed":
            return None
        for span in self.hours:
            if at.weekday() in span.days and span.opens <= at.time() < span.closes:
                return datetime.combine(at.date(), span.closes, tzinfo=LONDON)
        return None


@dataclass(frozen=True, slots=True)
class Answering:
    """A contact that answers at the moment asked about; `until` when, where it keeps hours."""

    contact: Contact
    until: datetime | None = None


def answering(
    contacts: Iterable[Contact], referral: str, moment: datetime, calendar: Calendar
) -> tuple[Answering, ...]:
    """Return who answers at `moment` for a referral: first who keeps hours or stands in.

    Raises:
        ClockError: the moment has no time zone.
    """
    day = local(moment).date()
    there = [c for c in contacts if referral in c.serves and c.in_force(day)]
    timed = [Answering(c, until) for c in there if (until := c.open_until(moment, calendar))]
    always = [Answering(c) for c in there if not c.hours]
    if timed:
        return (*timed, *(one for one in always if not one.contact.otherwise))
    return tuple(sorted(always, key=lambda one: not one.contact.otherwise))
