"""Reads of outreach: lists, who was heard in a time, and the population of the area."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet

from candour.bodies.models import Body
from candour.experiences.models import Import
from candour.outreach.census import ASKED_OF_AREA, asked_answers
from candour.outreach.heard import Heard, heard_against
from candour.outreach.models import Campaign, Census, Engagement, Former, Gathered, Population, Sort
from candour.telling.models import AboutPerson

LISTED: Final = 100


def campaigns_of(body: Body) -> list[Campaign]:
    """Return the campaigns of a body, the newest first. One query."""
    return list(Campaign.objects.filter(body=body).order_by("-begins", "-pk")[:LISTED])


def engagements_of(body: Body, campaign: Campaign | None = None) -> "QuerySet[Engagement]":
    """Return the engagements of a body, or of one campaign, the newest first, the latest 100.

    `experiences` of each counts those gathered there that are in use.
    """
    found = Engagement.objects.filter(body=body)
    if campaign is not None:
        found = found.filter(campaign=campaign)
    counted = found.select_related("campaign").annotate(
        experiences=Count("gathered", filter=Q(gathered__experience__out_since__isnull=True))
    )
    return counted.order_by("-day", "-pk")[:LISTED]


def gathered_at(engagement: Engagement) -> "QuerySet[Gathered]":
    """Return what was gathered at an engagement and is in use, the newest first."""
    held = Gathered.objects.filter(engagement=engagement, experience__out_since__isnull=True)
    return held.select_related("experience").order_by("-experience_id")


def files_of(body: Body) -> list[str]:
    """Return the names of the files that came in, the newest first, each once. One query."""
    names = Import.objects.filter(body=body, undone_at__isnull=True).order_by("-pk")
    return list(dict.fromkeys(names.values_list("file_name", flat=True)[:LISTED]))


def formers_of(numbers: Mapping[Sort, Sequence[int]]) -> list[Former]:
    """Return what was put right of these, as it was before, each one's in the order it happened.

    One query.
    """
    wanted = Q()
    for sort, each in numbers.items():
        wanted |= Q(sort=sort, number__in=each)
    held = Former.objects.filter(wanted).select_related("by")
    return list(held.order_by("sort", "number", "pk"))


@dataclass(frozen=True, slots=True)
class AreaPopulation:
    """Of one question: which census counts, and its people by answer in the form's order."""

    census: Census
    people: Mapping[str, int]


def populations_of(body: Body) -> dict[str, AreaPopulation]:
    """Return the newest population of each question that has one. One query."""
    rows = Population.objects.filter(body=body).select_related("census").order_by("census_id")
    newest: dict[str, tuple[Census, dict[str, int]]] = {}
    for row in rows:
        census, people = newest.get(row.question, (row.census, {}))
        if census.pk != row.census_id:
            census, people = row.census, {}
        newest[row.question] = (census, people | {row.answer: row.people})
    return {
        question.name: AreaPopulation(
            census, {each.value: people.get(each.value, 0) for each in asked_answers(question)}
        )
        for question in ASKED_OF_AREA
        if question.name in newest
        for census, people in [newest[question.name]]
    }


@dataclass(frozen=True, slots=True)
class Period:
    """A time, both days within it."""

    begins: date
    ends: date


def periods_of(campaign: Campaign, phases: Sequence[Period]) -> list[Period]:
    """Return as long a time before a campaign, each phase, and as long a time after it."""
    long = campaign.ends - campaign.begins
    one = timedelta(days=1)
    return [
        Period(campaign.begins - one - long, campaign.begins - one),
        *phases,
        Period(campaign.ends + one, campaign.ends + one + long),
    ]


def heard_in(
    body: Body, periods: Sequence[Period], population: Mapping[str, AreaPopulation]
) -> list[dict[str, Heard]]:
    """Return for each period, by question, who was heard against the population. One query.

    What was withdrawn, or is out of use for another reason, is not counted. An experience counts
    on the day it was received.
    """
    said = AboutPerson.objects.filter(
        body=body,
        told__experience__out_since__isnull=True,
        told__experience__received_on__range=(
            min(each.begins for each in periods),
            max(each.ends for each in periods),
        ),
        question__in=list(population),
    )
    rows = said.values_list("question", "answer", "told__experience__received_on").annotate(
        Count("pk")
    )
    counted: list[dict[str, dict[str, int]]] = [
        defaultdict(lambda: defaultdict(int)) for _each in periods
    ]
    for question, answer, day, number in rows.order_by():
        for place, period in enumerate(periods):
            if period.begins <= day <= period.ends:
                counted[place][question][answer] += number
    return [
        {name: heard_against(found.get(name, {}), held.people) for name, held in population.items()}
        for found in counted
    ]
