"""Functions, hours, desks and answers of the directory in words for people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candour.bodies.hours import MIDNIGHT, Hours, Sort, Stretch
from candour.bodies.models import Area, Body, BodyFunction, Contact, Function, ServedPeople
from candour.bodies.routes import Answer
from candour.engine.london import local
from candour.web import dates
from candour.web.spoken import said, spoken

FUNCTIONS = {
    Function.PATIENT_VOICE: gettext_lazy("Speaks for patients and the public"),
    Function.COMMISSIONER: gettext_lazy("Commissions services"),
    Function.REGULATOR: gettext_lazy("Regulates services"),
    Function.SCRUTINY: gettext_lazy("Scrutinises"),
    Function.SAFEGUARDING: gettext_lazy("Safeguards"),
    Function.PROVIDER: gettext_lazy("Provides services"),
    Function.NATIONAL_VOICE: gettext_lazy("Speaks for patients nationally"),
}
PEOPLE = {
    ServedPeople.ADULTS: gettext_lazy("Adults"),
    ServedPeople.CHILDREN: gettext_lazy("Children"),
    ServedPeople.BOTH: gettext_lazy("Adults and children"),
}
KINDS = {
    "local_authority": gettext_lazy("Local authority"),
    "health_board": gettext_lazy("Health board"),
    "icb": gettext_lazy("Integrated care board"),
    "region": gettext_lazy("Region"),
    "nation": gettext_lazy("Nation"),
    "other": gettext_lazy("Another area"),
}
NATIONS = {
    "england": gettext_lazy("England"),
    "wales": gettext_lazy("Wales"),
    "uk": gettext_lazy("United Kingdom"),
}
ROLES = {
    "safeguarding": gettext_lazy("Safeguarding"),
    "safeguarding_adults": gettext_lazy("Safeguarding of adults"),
    "safeguarding_children": gettext_lazy("Safeguarding of children"),
    "out_of_hours": gettext_lazy("Out of hours"),
    "duty_desk": gettext_lazy("Duty desk"),
    "commissioning": gettext_lazy("Commissioning"),
    "contracts_team": gettext_lazy("Contracts"),
    "quality": gettext_lazy("Quality of services"),
    "notifications": gettext_lazy("Notifications to the regulator"),
    "scrutiny": gettext_lazy("Scrutiny"),
    "concerns": gettext_lazy("Concerns"),
    "enquiries": gettext_lazy("Enquiries"),
    "meetings": gettext_lazy("Meetings"),
    "provider": gettext_lazy("The provider itself"),
    "responsible_individual": gettext_lazy("Responsible individual"),
    "registered_manager": gettext_lazy("Registered manager"),
    "regional_manager": gettext_lazy("Regional manager"),
}
_ON_HOLIDAYS: Mapping[str, tuple[object, object, object]] = {
    "england": (
        gettext_lazy("Closed on bank holidays in England"),
        gettext_lazy("Open on bank holidays in England"),
        gettext_lazy("Bank holidays in England: %(times)s"),
    ),
    "wales": (
        gettext_lazy("Closed on bank holidays in Wales"),
        gettext_lazy("Open on bank holidays in Wales"),
        gettext_lazy("Bank holidays in Wales: %(times)s"),
    ),
    "uk-any": (
        gettext_lazy("Closed on bank holidays anywhere in the UK"),
        gettext_lazy("Open on bank holidays"),
        gettext_lazy("Bank holidays anywhere in the UK: %(times)s"),
    ),
}


def function_words(function: str) -> str:
    """Return what a body does, in words."""
    return str(FUNCTIONS.get(Function(function), function))


def people_words(people: str) -> str:
    """Return for whom, in words."""
    return str(PEOPLE.get(ServedPeople(people), people))


def role_words(role: str) -> str:
    """Return what a desk is for, in words; a role of a body's own as it is written."""
    return str(ROLES.get(role, role.replace("_", " ").capitalize()))


def span_words(first: date | None, last: date | None) -> str:
    """Return from when to when something holds: “1 Apr 2026 – 31 Mar 2027”; open ends say so."""
    if first is None and last is None:
        return _("Since before records began")
    begun = dates.day(first) if first else "…"
    return f"{begun} – {dates.day(last)}" if last else _("Since %(day)s") % {"day": begun}


def hours_lines(hours: Hours) -> tuple[str, ...]:
    """Return hours in words, a line for the days that are alike, and one for bank holidays."""
    if hours.sort is not Sort.KEPT:
        words = {
            Sort.ALWAYS: _("At every hour, every day"),
            Sort.OTHERWISE: _("Whenever the others are closed"),
            Sort.UNKNOWN: _("Hours not known"),
        }
        return (words[hours.sort],)
    alike: dict[tuple[Stretch, ...], list[int]] = {}
    for day, stretches in enumerate(hours.week):
        alike.setdefault(stretches, []).append(day)
    lines = [
        _("%(days)s: %(times)s") % {"days": dates.weekdays(days), "times": _times(kept)}
        for kept, days in alike.items()
        if kept
    ]
    closed, opened, special = _ON_HOLIDAYS[hours.holidays_of]
    if hours.on_holidays is None:
        return (*lines, str(opened))
    if not hours.on_holidays:
        return (*lines, str(closed))
    return (*lines, str(special) % {"times": _times(hours.on_holidays)})


def _times(stretches: Iterable[Stretch]) -> str:
    return _(" and ").join(
        _("%(opens)s to %(closes)s") % {"opens": _clock(opens), "closes": _clock(closes)}
        for opens, closes in stretches
    )


def _clock(minute: int) -> str:
    if minute in (0, MIDNIGHT):
        return _("midnight")
    return dates.on_the_clock(time(minute // 60, minute % 60))


def state_words(is_open: bool | None, until: datetime | None, now: datetime) -> tuple[str, str]:  # noqa: FBT001  # what it says of it
    """Return whether somebody answers, as the kind of a status and its words."""
    if is_open is None:
        return "later", _("Hours not known")
    when = _when(until, now)
    if is_open:
        words = _("Answers now, until %(when)s") % {"when": when} if when else _("Answers now")
        return "open", words
    words = _("Closed now, opens %(when)s") % {"when": when} if when else _("Closed now")
    return "paused", words


def _when(until: datetime | None, now: datetime) -> str:
    if until is None:
        return ""
    days = (local(until).date() - local(now).date()).days
    at = dates.clock_time(until)
    if local(until).time() == time():
        at = _("midnight")
    if days == 0:
        return at
    if days == 1:
        return _("tomorrow at %(time)s") % {"time": at}
    return f"{dates.day(until)}, {at}"


@dataclass(frozen=True, slots=True)
class Reached:
    """One body that is there for a function, and how it is reached.

    `status` and `state` say whether it answers now; empty for another day. `notes` say from whom
    the function came, and for whom the desk stands in.
    """

    name: str
    body: str
    address: str
    phones: tuple[str, ...]
    email: str
    status: str
    state: str
    notes: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Part:
    """One question of who is who, and those who answer it."""

    title: str
    reached: tuple[Reached, ...]


def reached(answer: Answer, now: datetime | None) -> Reached:
    """Return an answer in words; `now` is the present instant, None where another day is meant."""
    body = answer.body
    status, state = state_words(answer.open_now, answer.until, now) if now else ("", "")
    name = said(answer.title)
    own = body.name_in(spoken()) if body else ""
    return Reached(
        name=name,
        body="" if own == name else own,
        address=body_address(body) if body else "",
        phones=numbers(answer.phone),
        email=answer.email,
        status=status if answer.contact or not body else "",
        state=state,
        notes=tuple(_notes(answer)),
        where=answer.area.name_in(spoken()) if answer.area else "",
    )


def _notes(answer: Answer) -> Iterable[str]:
    if answer.stands_in_for is not None and answer.stands_in_for.name:
        yield _("Stands in for %(desk)s, which is closed") % {"desk": answer.stands_in_for.name}
    if answer.came_after is not None:
        yield _("Took this over from %(body)s") % {"body": answer.came_after.name_in(spoken())}
    if answer.body is not None and answer.contact is None:
        yield _("No desk is kept for this")


def numbers(phone: str) -> tuple[str, ...]:
    """Return the telephone numbers of a text, one by one."""
    return tuple(part.strip() for part in phone.split(",") if part.strip())


def body_address(body: Body) -> str:
    """Return the address of a body's page."""
    return reverse("directory-body", args=[body.pk])


def area_address(area: Area) -> str:
    """Return the address of an area's page."""
    return reverse("directory-area", args=[area.code])


def where_words(row: BodyFunction) -> str:
    """Return where a function is held: for a service, an area, or as it was written."""
    if row.service is not None:
        return row.service.name_in(spoken())
    return row.place.name_in(spoken()) if row.place is not None else row.area


def desk_words(desk: Contact) -> str:
    """Return the name of a desk, or what it is for."""
    name = desk.name_cy if spoken() == "cy" and desk.name_cy else desk.name
    return name or role_words(desk.role)


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body in the list: its name, what sort it is, and what it does where."""

    name: str
    address: str
    kind: str
    done: tuple[str, ...]


def body_line(body: Body) -> BodyLine:
    """Return the line of a body; it comes with what `bodies_named` fetches."""
    done = dict.fromkeys(
        f"{function_words(told['of'])}: {told['area']}"
        if told["area"]
        else function_words(told["of"])
        for told in vars(body)["kept_held"]
    )
    kind = ", ".join(filter(None, (body.kind, str(NATIONS[body.nation]))))
    return BodyLine(body.name_in(spoken()), body_address(body), kind, tuple(done))
