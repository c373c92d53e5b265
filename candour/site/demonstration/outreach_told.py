"""Lets the demonstration's invented experiences say of whom they are, as if on paper forms.

Before the campaign hardly anybody with a disability and nobody old is among them; by its end more
are. So the pages have something to say of it.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from random import Random
from typing import Final

from candour.bodies.models import Body
from candour.experiences.models import Experience
from candour.outreach.models import Campaign
from candour.site.demonstration.experiences import SOURCE
from candour.telling.consents import PROVIDER, QUOTE, SHARING
from candour.telling.models import AboutPerson, Channel, ConsentGiven, Told
from candour.telling.receipt_codes import code_of, hashes_of, key_hash

PILES: Final = 5  # of so many experiences in a phase, one was told at its engagement
AGES: Final = ("under_18", "18_24", "25_49", "50_64", "65_79", "80_over")
# Of a hundred people, how many are of each age, and how many have a disability.
BEFORE: Final[tuple[tuple[int, ...], int]] = ((4, 9, 52, 26, 8, 1), 4)
WITHIN: Final[tuple[tuple[int, ...], int]] = ((7, 9, 38, 24, 16, 6), 18)
AFTER: Final[tuple[tuple[int, ...], int]] = ((8, 8, 30, 20, 24, 10), 30)


def tell_on_paper(
    body: Body, campaign: Campaign, piles: Mapping[str, str], as_of: datetime
) -> None:
    """Add a paper form to each invented experience of a body.

    Args:
        body: the body that holds them.
        campaign: the one that changed who is heard.
        piles: by phase, the pile in which the forms from its engagement lie.
        as_of: the present.
    """
    dice = Random(body.slug)  # noqa: S311  # to be the same again, not secret
    phases = list(campaign.phases.order_by("begins"))
    held = Experience.objects.in_use().filter(body=body, source=SOURCE, told__isnull=True)
    rows = held.order_by("pk").values_list("pk", "received_on", "language")
    days, told = {}, []
    for place, (number, day, language) in enumerate(rows):
        if day is None:
            continue
        days[number] = day
        phase = next((each for each in phases if each.begins <= day <= each.ends), None)
        pile = piles[phase.name] if phase and place % PILES == 0 else "Post"
        told.append(_form(body, number, language, pile, as_of))
    Told.objects.bulk_create(told)
    ConsentGiven.objects.bulk_create(each for form in told for each in _consents(form))
    AboutPerson.objects.bulk_create(
        AboutPerson(body=body, told=form, question=question, answer=answer)
        for form in told
        for question, answer in _about(days[form.experience_id], campaign, dice).items()
    )


def _form(body: Body, experience: int, language: str, pile: str, as_of: datetime) -> Told:
    key = f"{body.slug}/paper/{experience}"
    return Told(
        body=body,
        experience_id=experience,
        key_hash=key_hash(key),
        receipt_hash=hashes_of(code_of(key))[0],
        told_at=as_of,
        channel=Channel.PAPER,
        language=language,
        batch=pile,
    )


def _consents(form: Told) -> Iterator[ConsentGiven]:
    for consent in SHARING:
        yield ConsentGiven(
            body_id=form.body_id,
            told=form,
            kind=consent.kind,
            given=consent.kind in {PROVIDER, QUOTE},
            version=consent.version,
            language=form.language,
            words=consent.words.text("cy" if form.language == "cy" else "en"),
            at=form.told_at,
        )


def _about(day: date, campaign: Campaign, dice: Random) -> dict[str, str]:
    ages, disabled = BEFORE if day < campaign.begins else AFTER if day > campaign.ends else WITHIN
    return {
        "about_age": dice.choices(AGES, ages)[0],
        "about_disability": "yes" if dice.random() * 100 < disabled else "no",
    }
