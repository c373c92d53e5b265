"""An invitation as calendars exchange it: iTIP (RFC 5546) in an iCalendar object (RFC 5545).

Each person invited gets an object of their own, in which they are the only attendee: nobody learns
another's address, and each has the part of the meeting that they attend.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

from candour.calendars.london_zone import NAME, zone
from candour.calendars.sittings import Times
from candour.engine.london import LONDON
from candour.engine.words import Language

PRODID = "-//Candour//Meetings//EN"
DAY = timedelta(days=1)


class Method(StrEnum):
    """What an invitation asks of a calendar."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in an invitation."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Organizer:
    """Who calls a meeting.

    Attributes:
        name: the body's.
        email: where answers go.
        sent_by: the address that the mail comes from. Where it is another, the object says so, as
            programs mistrust an organizer who is not the sender (RFC 6047, section 3).
    """

    name: str
    email: str
    sent_by: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """What one person is to have in their calendar.

    Attributes:
        uid: what it is known by in every calendar; the same for as long as the meeting lives.
        guest: whose calendar it is for.
        times: when they are to be there.
        summary, description, place: in `languages`, one after the other.
    """

    uid: str
    guest: Person
    times: Times
    summary: str
    place: str
    description: str = field(repr=False)
    languages: tuple[Language, ...] = ("en",)


def itip(
    invitation: Invitation,
    *,
    method: Method,
    sequence: int,
    organizer: Organizer,
    as_of: datetime,
) -> str:
    """Return the iTIP object that asks a calendar to have, change or drop an invitation.

    Args:
        invitation: what the person is to have; of a cancellation, what they had.
        method: ask for it, or take it back.
        sequence: how many objects about it this person was sent before.
        organizer: who calls the meeting, and where the answer goes.
        as_of: the present instant.
    """
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", str(method))
    if invitation.times.begins is not None:
        calendar.add_component(zone())
    calendar.add_component(_event(invitation, method, sequence, organizer, as_of))
    written: bytes = calendar.to_ical()
    return written.decode()


def _event(
    invitation: Invitation, method: Method, sequence: int, organizer: Organizer, as_of: datetime
) -> Event:
    event = Event()
    event.add("UID", invitation.uid)
    event.add("SEQUENCE", sequence)
    event.add("DTSTAMP", as_of)
    _add_times(event, invitation.times)
    event.add("ORGANIZER", _organizer(organizer))
    event.add("ATTENDEE", _attendee(invitation.guest, method))
    for name, words in (
        ("SUMMARY", invitation.summary),
        ("LOCATION", invitation.place),
        ("DESCRIPTION", invitation.description),
    ):
        if words:
            event.add(name, vText(words), parameters={"LANGUAGE": invitation.languages[0]})
    event.add("STATUS", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    event.add("TRANSP", "OPAQUE")
    event.add("CLASS", "PRIVATE")
    return event


def _add_times(event: Event, times: Times) -> None:
    if times.begins is None or times.ends is None:
        event.add("DTSTART", times.day)
        event.add("DTEND", times.day + DAY)  # of a whole day, the first that is not in it
        return
    event.add("DTSTART", times.begins.astimezone(LONDON), parameters={"TZID": NAME})
    event.add("DTEND", times.ends.astimezone(LONDON), parameters={"TZID": NAME})


def _organizer(organizer: Organizer) -> vCalAddress:
    address = _address(Person(organizer.name, organizer.email))
    if organizer.sent_by != organizer.email:
        address.params["SENT-BY"] = vText(f"mailto:{organizer.sent_by}")
    return address


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    if person.name:
        address.params["CN"] = vText(_plain(person.name))
    return address


def _attendee(guest: Person, method: Method) -> vCalAddress:
    address = _address(guest)
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    if method is Method.REQUEST:
        address.params["PARTSTAT"] = vText("NEEDS-ACTION")
        address.params["RSVP"] = vText("TRUE")
    return address


def _plain(name: str) -> str:
    """Return a name as a parameter can carry it: RFC 5545 has no way to write these in one."""
    return " ".join("".join(c for c in name if c.isprintable()).replace('"', "’").split())
