"""Who answers now, and everybody whom a procedure knows how to reach, in words for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from candour.engine import DutyAt, Procedure
from candour.engine.contacts import Answering, Contact, Hours, answering
from candour.engine.london import local
from candour.engine.patterns import Pattern
from candour.web.dates import clock_time, on_the_clock, weekdays
from candour.web.spoken import said

REFERRAL = "referral_made"


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact: its name, how it is reached, and until when it answers (empty: always)."""

    name: str
    phones: tuple[str, ...]
    email: str
    until: str
    note: str


@dataclass(frozen=True, slots=True)
class WhoAnswers:
    """Who answers now for one or more referrals, in the order in which to try them."""

    referrals: str
    lines: tuple[ContactLine, ...]


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A contact of the procedure with what it is for, its hours in words, and whether it answers.

    `answers` is None where it has no number, or nobody knows its hours.
    """

    line: ContactLine
    referrals: str
    hours: tuple[str, ...]
    answers: bool | None


def who_answers(
    procedure: Procedure, referrals: Iterable[str], moment: datetime
) -> tuple[WhoAnswers, ...]:
    """Return who answers at `moment`, referrals with the same answer together.

    A referral for which nobody has a number or address is left out, and so is one that adds nobody
    to those who stand above it.
    """
    together: dict[tuple[ContactLine, ...], list[str]] = {}
    for referral in referrals:
        found = answering(procedure.contacts.values(), referral, moment, procedure.calendar)
        lines = tuple(_line(one) for one in found if one.contact.phone or one.contact.email)
        if lines in together:
            together[lines].append(_referral(procedure, referral))
        elif lines and not any(set(lines) <= set(above) for above in together):
            together[lines] = [_referral(procedure, referral)]
    return tuple(WhoAnswers("; ".join(names), lines) for lines, names in together.items())


def all_referrals(procedure: Procedure) -> tuple[str, ...]:
    """Return every referral that the procedure offers, in its own order."""
    return tuple(option.id for option in procedure.options.get("referrals", ()))


def owed_referrals(owed: Iterable[DutyAt]) -> tuple[str, ...]:
    """Return the referrals that duties still owed ask for."""
    duties = (at.owed.duty for at in owed)
    return referrals_of(pattern for duty in duties for pattern in duty.met_by)


def referrals_of(patterns: Iterable[Pattern]) -> tuple[str, ...]:
    """Return the referrals that these patterns name, each once."""
    wanted = (
        value
        for pattern in patterns
        if pattern.kind == REFERRAL
        for where in pattern.where
        if where.field == "referral"
        for value in where.values
    )
    return tuple(dict.fromkeys(value for value in wanted if isinstance(value, str)))


def known_contacts(procedure: Procedure, moment: datetime) -> tuple[KnownContact, ...]:
    """Return the contacts in force at `moment`: first who answers, then who has a number at all."""
    day = local(moment).date()
    known = (
        _known(procedure, contact, moment)
        for contact in procedure.contacts.values()
        if contact.in_force(day)
    )
    return tuple(sorted(known, key=lambda one: (not one.answers, not one.line.phones)))


def _known(procedure: Procedure, contact: Contact, moment: datetime) -> KnownContact:
    now = [
        one
        for referral in contact.serves
        for one in answering(procedure.contacts.values(), referral, moment, procedure.calendar)
        if one.contact.id == contact.id
    ]
    hours = tuple(_hours(span) for span in contact.hours)
    if contact.hours and contact.on_holidays == "closed":
        hours += (_("Closed on bank holidays"),)
    if contact.otherwise:
        hours += (_("Whenever the others are closed"),)
    if not contact.hours_known:
        hours += (_("Hours not known"),)
    names = "; ".join(_referral(procedure, referral) for referral in contact.serves)
    line = _line(now[0] if now else Answering(contact))
    told = bool(line.phones) and contact.hours_known
    return KnownContact(line, names, hours, bool(now) if told else None)


def _hours(span: Hours) -> str:
    return _("%(days)s: %(opens)s to %(closes)s") % {
        "days": weekdays(span.days),
        "opens": on_the_clock(span.opens),
        "closes": on_the_clock(span.closes),
    }


def _line(one: Answering) -> ContactLine:
    contact = one.contact
    phones = tuple(part.strip() for part in contact.phone.split(",") if part.strip())
    until = _("until %(time)s") % {"time": clock_time(one.until)} if one.until else ""
    if not contact.hours_known:
        until = _("hours not known")
    return ContactLine(said(contact.title), phones, contact.email, until, said(contact.note))


def _referral(procedure: Procedure, referral: str) -> str:
    options = procedure.options.get("referrals", ())
    return next((said(option.label) for option in options if option.id == referral), referral)
