"""The desks of bodies on a day: which one is meant, and who takes over while it is closed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from candour.bodies.effective import is_effective
from candour.bodies.hours import UNKNOWN, Hours
from candour.bodies.hours_words import HoursError, read_hours
from candour.bodies.lines import Desk
from candour.bodies.models import Body, Closure, Contact, Function, Nation, ServedPeople

HOLIDAYS_OF: Mapping[str, str] = {
    Nation.ENGLAND: "england",
    Nation.WALES: "wales",
    Nation.UK: "uk-any",
}
# Whom a body's rows mean for a function where they name no desk: the first of these that there is.
DESKS: Mapping[str, tuple[str, ...]] = {
    Function.SAFEGUARDING: ("safeguarding", "duty_desk", "enquiries"),
    Function.COMMISSIONER: ("commissioning", "contracts_team", "quality", "enquiries"),
    Function.REGULATOR: ("regulator", "notifications", "enquiries"),
    Function.SCRUTINY: ("scrutiny", "enquiries"),
    Function.PATIENT_VOICE: ("enquiries",),
    Function.NATIONAL_VOICE: ("concerns", "enquiries"),
    Function.PROVIDER: ("provider", "registered_manager", "manager", "enquiries"),
}
SHUT = "shut_days"  # put on a desk by the query
OF_PEOPLE = {
    ServedPeople.ADULTS: "safeguarding_adults",
    ServedPeople.CHILDREN: "safeguarding_children",
}


def hours_of(contact: Contact, nation: str) -> Hours:
    """Return the hours of a contact; unknown where its words cannot be read.

    Args:
        contact: the desk.
        nation: that of its body, whose bank holidays are meant where the words do not say.
    """
    try:
        return read_hours(contact.hours, holidays_of=HOLIDAYS_OF.get(nation, "england"))
    except HoursError:
        return UNKNOWN


class Desks:
    """The desks of some bodies as they are on one day, with the days on which they are shut."""

    def __init__(self, contacts: Iterable[Contact], day: date) -> None:
        self._all = {contact.pk: contact for contact in contacts}
        self._first = {pk: self._root(contact) for pk, contact in self._all.items()}
        self._now = {
            self._first[pk]: contact
            for pk, contact in sorted(self._all.items())
            if is_effective(day, contact.from_date, contact.to_date)
        }

    @classmethod
    def of(cls, bodies: Iterable[int], day: date) -> Self:
        """Return the desks of bodies, and those of others that take over from them.

        One query, and one more for each body that takes over from one which does so itself.
        """
        wanted, contacts = set(bodies), dict[int, Contact]()
        while wanted:
            contacts |= {contact.pk: contact for contact in _contacts(wanted, day)}
            missing = {each.taken_over_by_id or 0 for each in contacts.values()} - {0, *contacts}
            others = Contact.objects.filter(pk__in=missing).values_list("body", flat=True)
            wanted = set(others) if missing else set()
        return cls(contacts.values(), day)

    def _root(self, contact: Contact) -> int:
        seen = {contact.pk}
        while contact.replaces_id in self._all and contact.replaces_id not in seen:
            seen.add(contact.replaces_id)
            contact = self._all[contact.replaces_id]
        return contact.pk

    def of_body(self, body: Body) -> list[Contact]:
        """Return the desks of a body on the day."""
        return [contact for contact in self._now.values() if contact.body_id == body.pk]

    def in_force(self, contact: int | None) -> Contact | None:
        """Return what a desk is on the day, whatever row of it was named; None where it is gone."""
        return self._now.get(self._first.get(contact or 0, 0))

    def for_function(self, body: Body, function: str, people: str) -> Contact | None:
        """Return the desk of a body that is meant for a function."""
        roles: Sequence[str] = DESKS.get(function, ("enquiries",))
        if function == Function.SAFEGUARDING and people in OF_PEOPLE:
            roles = (OF_PEOPLE[ServedPeople(people)], *roles)
        there = self.of_body(body)
        meant = [desk for role in roles for desk in there if desk.role == role]
        return next(iter(meant), None)

    def line(self, contact: Contact) -> list[Contact]:
        """Return a desk and those that take over from it in turn, each once."""
        found: list[Contact] = []
        at: Contact | None = contact
        while at is not None and at not in found:
            found.append(at)
            at = self.in_force(at.taken_over_by_id)
        return found

    def places(self, line: Iterable[Contact]) -> Iterator[Desk]:
        """Yield the places of a line as `candour.bodies.lines` takes them."""
        for contact in line:
            yield Desk(hours_of(contact, contact.body.nation), _shut(contact))


def _contacts(bodies: set[int], day: date) -> Iterator[Contact]:
    """Yield the desks of bodies and of those whose desks take over from them."""
    behind = Contact.objects.filter(stands_in_for__body__in=bodies).values("body")
    shut = Closure.objects.filter(body=OuterRef("body"), to_date__gte=day)
    days = shut.values(days=JSONObject(first="from_date", last="to_date"))
    found = Contact.objects.filter(Q(body__in=bodies) | Q(body__in=behind)).select_related("body")
    yield from found.annotate(**{SHUT: ArraySubquery(days)})


def _shut(contact: Contact) -> frozenset[date]:
    """Return the days to come on which the body of a desk is closed, as fetched with it."""
    found: set[date] = set()
    for told in getattr(contact, SHUT):
        first, last = (date.fromisoformat(told[end]) for end in ("first", "last"))
        found |= {first + timedelta(number) for number in range((last - first).days + 1)}
    return frozenset(found)
