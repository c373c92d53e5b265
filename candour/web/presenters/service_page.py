"""One service: who runs it, commissions, regulates, safeguards and scrutinises it, on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from candour.bodies.models import Function, ServedPeople, Service
from candour.bodies.routes import Routes
from candour.cases.models import Case
from candour.cases.queries.placing import Stood
from candour.directory.schemas import SCHEMAS
from candour.web import dates
from candour.web.day_question import DayAsked
from candour.web.presenters.addresses import of_case
from candour.web.presenters.body_page import Belongs, belongs, keep_address
from candour.web.presenters.directory import QUESTIONS, RATINGS, register_words
from candour.web.presenters.placing import restriction_title
from candour.web.presenters.who_is_who import (
    Part,
    area_address,
    body_address,
    people_words,
    reached,
)
from candour.web.spoken import spoken

ADULTS, CHILDREN, BOTH = ServedPeople.ADULTS, ServedPeople.CHILDREN, ServedPeople.BOTH
# Whom a page asks for: the functions that are read for it.
ASKED = (
    Function.SAFEGUARDING,
    Function.COMMISSIONER,
    Function.REGULATOR,
    Function.SCRUTINY,
    Function.PATIENT_VOICE,
)


@dataclass(frozen=True, slots=True)
class Rated:
    """The present ratings by one regulator: pairs of question and answer, and how old they are."""

    regulator: str
    answers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case about the service that the person may see, or a restriction that stands there."""

    words: str
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class ServicePage:
    """The page of a service."""

    name: str
    caption: str
    lead: str
    provider: str
    provider_address: str
    people: str
    parts: tuple[Part, ...]
    lies_in: tuple[tuple[str, str], ...]
    areas: tuple[Belongs, ...]
    groups: tuple[Belongs, ...]
    ratings: tuple[Rated, ...]
    restrictions: tuple[CaseLine, ...]
    cases: tuple[CaseLine, ...]
    experiences: int
    experiences_address: str


def parts_of(routes: Routes, asked: DayAsked, people: str) -> tuple[Part, ...]:
    """Return who is who, question by question; children's safeguarding only where there are some.

    Args:
        routes: what was read for the functions of `ASKED`.
        asked: the day asked about.
        people: for whom the service is, or both for an area.
    """
    questions: list[tuple[str, str, str]] = []
    if people in (ADULTS, BOTH):
        questions.append((_("Safeguards adults"), Function.SAFEGUARDING, ADULTS))
    if people in (CHILDREN, BOTH):
        questions.append((_("Safeguards children"), Function.SAFEGUARDING, CHILDREN))
    questions += [
        (_("Commissions services"), Function.COMMISSIONER, people),
        (_("Regulates services"), Function.REGULATOR, people),
        (_("Scrutinises"), Function.SCRUTINY, people),
        (_("Speaks for patients and the public"), Function.PATIENT_VOICE, people),
    ]
    now = asked.at if asked.is_today else None
    return tuple(
        Part(title, tuple(reached(one, now) for one in routes.who_answers(function, whom)))
        for title, function, whom in questions
    )


def service_page(
    service: Service,
    routes: Routes,
    asked: DayAsked,
    *,
    restrictions: Iterable[Stood],
    cases: Iterable[Case],
    felt: Mapping[int, int],
) -> ServicePage:
    """Return the page of a service, with what the person may see of cases and experiences.

    Args:
        service: the service, with its provider, areas, groups and ratings fetched.
        routes: who is who for it on the day asked about.
        asked: that day.
        restrictions: those that stand there, as far as the person may see.
        cases: those about it that the person may see, the newest first.
        felt: how many experiences of it there were in a year, by how they felt.
    """
    name = service.name_in(spoken())
    told = vars(service)
    return ServicePage(
        name=name,
        caption=service.kind,
        lead=", ".join(filter(None, (service.address, service.postcode))),
        provider=service.provider.name_in(spoken()),
        provider_address=body_address(service.provider),
        people=people_words(service.people),
        parts=parts_of(routes, asked, service.people),
        lies_in=tuple((area.name_in(spoken()), area_address(area)) for area in routes.areas),
        areas=tuple(_area(each) for each in told["kept_areas"]),
        groups=tuple(belongs(each) for each in told["kept_groups"]),
        ratings=_ratings(told["kept_ratings"]),
        restrictions=tuple(_restriction(each) for each in restrictions),
        cases=tuple(_case(case) for case in cases),
        experiences=sum(felt.values()),
        experiences_address=f"{reverse('experiences')}?{urlencode({'service': service.name})}",
    )


def _area(told: Mapping[str, Any]) -> Belongs:
    words = str((spoken() == "cy" and told["name_cy"]) or told["name"])
    address = reverse("directory-area", args=[told["code"]])
    return Belongs(words, "", address, keep_address("lies", told["row"]))


def _ratings(told: Sequence[Mapping[str, Any]]) -> tuple[Rated, ...]:
    found = []
    for schema in SCHEMAS.values():
        given = {each["question"]: each for each in told if each["schema"] == schema.name}
        answers = tuple(
            (
                str(QUESTIONS[question]),
                str(RATINGS[given[question]["rating"]]),
                _given(given[question]["given_on"]),
            )
            for question in schema.questions
            if question in given
        )
        if answers:
            found.append(Rated(register_words(schema.name), answers))
    return tuple(found)


def _given(written: str | None) -> str:
    return dates.day(date.fromisoformat(written)) if written else ""


def _restriction(stood: Stood) -> CaseLine:
    return CaseLine(
        restriction_title(stood.procedure, stood.restriction),
        of_case("case-restrictions", stood.ref),
        _("Since %(day)s") % {"day": dates.day(stood.begins)},
    )


def _case(case: Case) -> CaseLine:
    note = _("Opened %(day)s") % {"day": dates.day(case.opened_at)}
    if case.closed_at is not None:
        note = _("Closed %(day)s") % {"day": dates.day(case.closed_at)}
    return CaseLine(f"{case.ref}: {case.title}", of_case("case", case.ref), note)
