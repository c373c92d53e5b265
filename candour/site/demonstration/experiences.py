"""Makes some three hundred invented experiences, put together from sentences written by hand.

The same ones every time: which sentences meet is settled by a fixed seed. Each says in its source
that it is invented.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from random import Random
from typing import Any

from candour.bodies.models import Body, Service
from candour.coding.actions import take_in_used
from candour.database.row_security import acting_for
from candour.engine.london import local
from candour.experiences.models import Experience
from candour.people.actor import Actor
from candour.site.demonstration import FOLDER
from candour.site.demonstration.files import read

SOURCE = "Invented for the demonstration"
OLDEST = 300  # days
MOSTLY = 7
UNCODED = 9  # one of so many waits to be coded
SORE = 4  # from this feeling on, something went wrong
LANGUAGES: Mapping[str, tuple[str, ...]] = {"wales": ("en", "cy"), "england": ("en",)}
FEELINGS: Mapping[int, str] = {
    1: "very good",
    2: "good",
    3: "neither good nor poor",
    4: "poor",
    5: "very poor",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One experience before it is kept: the words, the feeling and what they are about."""

    answer: str
    language: str
    feeling: int
    themes: tuple[str, ...]


def make_experiences(bodies: Mapping[str, Body], as_of: datetime) -> int:
    """Make the experiences of each body that has none yet, and return how many that was."""
    made = 0
    services = {s.name: s for s in Service.objects.select_related("provider")}
    held = read(FOLDER / "experiences.yaml")
    for slug, groups in held["bodies"].items():
        body = bodies[slug]
        with acting_for([body.pk]):
            if Experience.objects.filter(source=SOURCE).exists():
                continue
            rows = list(_rows(body, groups, held["sentences"], services, as_of))
            for waiting in rows[UNCODED::UNCODED]:
                waiting.themes = []
            Experience.objects.bulk_create(rows)
            take_in_used(actor=Actor.system(body), as_of=as_of)
            made += len(rows)
    return made


def experiences_of(service: str, *, most: int, until: datetime) -> list[int]:
    """Return the newest experiences of a service that went badly, by their numbers."""
    found = Experience.objects.filter(
        source=SOURCE,
        service_name=service,
        sentiment__gte=SORE,
        received_on__lte=local(until).date(),
    )
    return list(found.order_by("-received_on", "pk").values_list("pk", flat=True)[:most])


def _rows(
    body: Body,
    groups: Sequence[Mapping[str, Any]],
    sentences: Mapping[str, Any],
    services: Mapping[str, Service],
    as_of: datetime,
) -> Iterator[Experience]:
    number = 0
    dice = Random(body.slug)  # noqa: S311  # to be the same again, not secret
    languages = LANGUAGES[body.nation]
    pools = {name: _pools(told, dice, languages) for name, told in sentences.items()}
    for group in groups:
        service = services[group["service"]]
        for said in _drawn(pools[group["sentences"]], group["number"], group["mood"]):
            number += 1
            yield _experience(body, service, said, number, dice, as_of)


def _pools(
    told: Mapping[str, Sequence[Any]], dice: Random, languages: Sequence[str]
) -> dict[str, list[Said]]:
    """Return all that can be said in these languages by mood, shuffled."""
    pools = {mood: list(_all_said(told, mood, languages)) for mood in ("good", "bad", "mixed")}
    for pool in pools.values():
        dice.shuffle(pool)
    return pools


def _all_said(
    told: Mapping[str, Sequence[Any]], mood: str, languages: Sequence[str]
) -> Iterator[Said]:
    for language in languages:
        firsts = told.get(f"{mood}_{language}", [])
        for first, then in product(firsts, told.get(f"then_{mood}_{language}", [])):
            words = f"{first['says']} {then}"
            yield Said(words, language, first["feels"], tuple(first["about"]))


def _drawn(pools: Mapping[str, list[Said]], number: int, mood: str) -> Iterator[Said]:
    """Yield this many, none of them again; of ten, seven are of the mood that prevails."""
    others = [each for each in pools if each != mood]
    for place in range(number):
        drawn_from = pools[mood if place % 10 < MOSTLY else others[place % 2]]
        if drawn_from:
            yield drawn_from.pop()


def _experience(
    body: Body, service: Service, said: Said, number: int, dice: Random, as_of: datetime
) -> Experience:
    received = local(as_of).date() - timedelta(days=dice.randint(1, OLDEST))
    return Experience(
        body=body,
        source=SOURCE,
        source_ref=f"invented-{number:03d}",
        received_on=received,
        happened_on=received - timedelta(days=dice.randint(0, 9)),
        organisation=service.provider.name,
        service_name=service.name,
        service_kind=service.kind,
        service=service,
        answer=said.answer,
        rating=FEELINGS[said.feeling],
        sentiment=said.feeling,
        themes=list(said.themes),
        language=said.language,
        created_at=as_of,
    )
