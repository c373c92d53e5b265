"""The register of restrictions: a line for each service, with the answer to a question."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.bodies.models import Service
from candour.cases.queries.placing import RestrictedPage, RestrictedService, Stood
from candour.engine.london import local
from candour.web import dates
from candour.web.placing_question import PlacingQuestion
from candour.web.presenters.addresses import of_case
from candour.web.presenters.placing import Answered, answered_by, limits, restriction_title
from candour.web.spoken import spoken

WIDTH = 440
NARROWEST = 4


@dataclass(frozen=True, slots=True)
class Held:
    """One restriction as a line; `bar` is how long it has been, drawn (of `WIDTH`)."""

    title: str
    scope: str
    limits: list[str]
    ref: str
    address: str
    led_by: str
    since: str
    long: str
    reviewed: str
    bar: int


@dataclass(frozen=True, slots=True)
class Line:
    """One service with its restrictions, and whether somebody may be placed there."""

    service: str
    address: str
    held: tuple[Held, ...]
    answer: Answered


@dataclass(frozen=True, slots=True)
class Free:
    """A service that the words found, with nothing on record against it."""

    service: str
    about: str
    address: str


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The register; `when` is the day asked about, `ahead` whether it is yet to come."""

    lines: tuple[Line, ...]
    free: tuple[Free, ...]
    longest: str
    when: str
    ahead: bool
    following: str


def register_page(
    found: RestrictedPage,
    services: Sequence[Service],
    question: PlacingQuestion,
    moment: datetime,
) -> RegisterPage:
    """Return the page.

    Args:
        found: the services with restrictions then.
        services: those of the directory that the words of the question found.
        question: what was asked.
        moment: the present instant.
    """
    until = _until(question, moment)
    spans = [(until - each.restriction.since).days for s in found.services for each in s.stood]
    longest = max(spans, default=0)
    restricted = {each.service_id for each in found.services}
    more = question.query(q=question.words, after=found.next)
    return RegisterPage(
        lines=tuple(_line(each, question, until, longest) for each in found.services),
        free=tuple(_free(each, question) for each in services if each.pk not in restricted),
        longest=days_long(longest),
        when=when_words(question),
        ahead=is_ahead(question, moment),
        following=reverse("restrictions") + more if found.next else "",
    )


def when_words(question: PlacingQuestion) -> str:
    """Return the day asked about."""
    return dates.day(question.day) if question.day else _("today")


def is_ahead(question: PlacingQuestion, moment: datetime) -> bool:
    """Say whether the day asked about is yet to come."""
    return question.day is not None and question.day > local(moment).date()


def days_long(days: int) -> str:
    """Return how long something has been, in words."""
    if days <= 0:
        return _("since today")
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def _until(question: PlacingQuestion, moment: datetime) -> datetime:
    """Return the instant up to which lengths are told: the day asked about, never the future."""
    if question.day is None or question.day >= local(moment).date():
        return moment
    there = local(moment)
    return there.replace(
        year=question.day.year, month=question.day.month, day=question.day.day, fold=0
    )


def _line(
    found: RestrictedService, question: PlacingQuestion, until: datetime, longest: int
) -> Line:
    name = (spoken() == "cy" and found.name_cy) or found.name
    address = (
        reverse("place-at", args=[found.service_id]) + question.query()
        if found.service_id
        else of_case("case-restrictions", found.stood[0].ref)
    )
    return Line(
        service=name,
        address=address,
        held=tuple(_held(each, until, longest) for each in found.stood),
        answer=answered_by(found.stood, question.placement),
    )


def _held(each: Stood, until: datetime, longest: int) -> Held:
    held, days = each.restriction, (until - each.restriction.since).days
    return Held(
        title=restriction_title(each.procedure, held),
        scope=held.scope,
        limits=limits(each.procedure, held),
        ref=each.ref,
        address=of_case("case-restrictions", each.ref),
        led_by=(spoken() == "cy" and each.body_cy) or each.body,
        since=dates.day(held.since),
        long=days_long(days),
        reviewed=dates.day(held.reviewed_at) if held.reviewed_at else "",
        bar=max(NARROWEST, round(WIDTH * days / max(longest, 1))),
    )


def _free(service: Service, question: PlacingQuestion) -> Free:
    return Free(
        service=service.name_in(spoken()),
        about=", ".join(filter(None, (service.provider.name_in(spoken()), service.postcode))),
        address=reverse("place-at", args=[service.pk]) + question.query(),
    )


def file_rows(
    services: Iterable[RestrictedService], question: PlacingQuestion
) -> Iterator[list[object]]:
    """Yield the rows of the register as a file, its headings first: a row for each restriction."""
    yield [
        *(_("Service"), _("May we place?"), _("Restriction"), _("Scope"), _("What it keeps out")),
        *(_("Case"), _("Led by"), _("Since"), _("Reviewed")),
    ]
    for found in services:
        name = (spoken() == "cy" and found.name_cy) or found.name
        answer = answered_by(found.stood, question.placement)
        for each in found.stood:
            held = each.restriction
            yield [
                name,
                answer.words,
                restriction_title(each.procedure, held),
                held.scope,
                "; ".join(limits(each.procedure, held)),
                each.ref,
                (spoken() == "cy" and each.body_cy) or each.body,
                local(held.since).date(),
                local(held.reviewed_at).date() if held.reviewed_at else None,
            ]
