"""Verbs of outreach: campaigns, phases, engagements, what was gathered, and census tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from candour.engine import Words
from candour.experiences.models import Experience
from candour.outreach.both_languages import BothWords, both
from candour.outreach.census import read_table
from candour.outreach.models import Campaign, Census, Engagement, Gathered, MetBy, Phase, Population
from candour.people.actor import Actor
from candour.telling.models import Told

LONGEST: Final = 200
LONGEST_NOTES: Final = 5_000
MOST_MET: Final = 100_000
CAMPAIGN_YEARS: Final = range(2000, 2101)
LONGEST_CAMPAIGN: Final = 5 * 366  # days
YEARS: Final = range(1991, 2101)
MOST_NUMBER: Final = 2**63 - 1


class OutreachRefusedError(ValueError):
    """What somebody asked for cannot be done; the message says why and what to do.

    Attributes:
        field: of the form that is to be put right.
        lines: each thing that is wrong, where there are several.
    """

    def __init__(self, field: str, *lines: Words | str) -> None:
        self.field = field
        self.lines = lines
        super().__init__(" ".join(map(str, lines)))


def begin_campaign(
    *, name: str, theme: str, begins: date | None, ends: date | None, actor: Actor, as_of: datetime
) -> Campaign:
    """Keep a campaign.

    Raises:
        OutreachRefusedError: it has no name or no days, or ends before it begins.
    """
    first, last = _days(begins, ends)
    if first.year not in CAMPAIGN_YEARS or (last - first).days > LONGEST_CAMPAIGN:
        raise OutreachRefusedError(
            "begins", both("A campaign begins between 2000 and 2100 and lasts five years at most.")
        )
    return Campaign.objects.create(
        body=actor.body,
        name=_words("name", name, both("Write what the campaign is called.")),
        theme=_line("about", theme),
        begins=first,
        ends=last,
        made_at=as_of,
        made_by=actor.user,
    )


def add_phase(campaign: Campaign, *, name: str, begins: date | None, ends: date | None) -> Phase:
    """Add a phase to a campaign.

    Raises:
        OutreachRefusedError: it has no name or no days, or its days are not the campaign's, or
            are another phase's.
    """
    first, last = _days(begins, ends)
    words = _words("name", name, both("Write what the phase is called."))
    if first < campaign.begins or last > campaign.ends:
        raise OutreachRefusedError("begins", both("A phase lies within the days of its campaign."))
    with transaction.atomic():
        # Whoever adds one at the same moment waits here, and then sees this one.
        Campaign.objects.select_for_update().get(pk=campaign.pk)
        other = campaign.phases.filter(begins__lte=last, ends__gte=first).first()
        if other is not None:
            raise OutreachRefusedError(
                "begins",
                both("“%(name)s” has some of these days. Each day belongs to one phase at most.")
                % {"name": other.name},
            )
        return Phase.objects.create(
            body_id=campaign.body_id, campaign=campaign, name=words, begins=first, ends=last
        )


@dataclass(frozen=True, slots=True)
class Met:
    """What is said of an engagement; see `candour.outreach.models.Engagement`."""

    day: date | None
    place: str
    met_by: str
    names: str
    theme: str = ""
    community: str = ""
    people_met: str = ""
    notes: str = ""


def record_engagement(
    met: Met, *, campaign: Campaign | None, actor: Actor, as_of: datetime
) -> Engagement:
    """Keep an engagement.

    Raises:
        OutreachRefusedError: its day, place, or who went is missing; its day is not of its
            campaign; or the people met are no number.
    """
    if met.day is None:
        raise OutreachRefusedError("day", both("Write the day of the engagement."))
    if campaign is not None and not campaign.begins <= met.day <= campaign.ends:
        raise OutreachRefusedError(
            "day",
            both("The day is not within the campaign. Put the day right, or choose no campaign."),
        )
    if met.met_by not in MetBy.values:
        raise OutreachRefusedError("met_by", both("Say who went: officers, volunteers, or both."))
    if len(met.notes) > LONGEST_NOTES:
        raise OutreachRefusedError(
            "notes", both("The notes are too long: 5,000 characters at most.")
        )
    return Engagement.objects.create(
        body=actor.body,
        campaign=campaign,
        theme=_line("theme", met.theme),
        day=met.day,
        place=_words("place", met.place, both("Write where it was.")),
        community=_line("community", met.community),
        met_by=met.met_by,
        names=_words("names", met.names, both("Write the names of those who went.")),
        people_met=_people(met.people_met),
        notes=met.notes.strip(),
        recorded_at=as_of,
        recorded_by=actor.user,
    )


def gather_batch(engagement: Engagement, batch: str, *, actor: Actor, as_of: datetime) -> int:
    """Say that all of a batch of paper was gathered at an engagement; return how many are new.

    What was gathered elsewhere stays there. Forms keyed later need it to be said again.

    Raises:
        OutreachRefusedError: the body has no such batch.
    """
    wanted = batch.strip()
    told = Told.objects.filter(body=actor.body, batch=wanted, experience__out_since__isnull=True)
    numbers = list(told.values_list("experience_id", flat=True)) if wanted else []
    if not numbers:
        raise OutreachRefusedError(
            "batch", both("No paper form was keyed under this batch. Look at how it is written.")
        )
    return _gather(engagement, numbers, actor, as_of)


def gather_one(engagement: Engagement, number: str, *, actor: Actor, as_of: datetime) -> None:
    """Say that one experience was gathered at an engagement.

    Raises:
        OutreachRefusedError: the body holds no such experience, or it was gathered elsewhere.
    """
    pk = _number(number)
    held = Experience.objects.in_use().filter(body=actor.body)
    if pk is None or not held.filter(pk=pk).exists():
        raise OutreachRefusedError(
            "number",
            both("You hold no experience of this number. It stands at the head of its page."),
        )
    if not _gather(engagement, [pk], actor, as_of):
        raise OutreachRefusedError(
            "number", both("It was gathered already. Take it off that engagement first.")
        )


def let_go(engagement: Engagement, number: str) -> bool:
    """Take an experience off an engagement; False where it was not on it."""
    pk = _number(number)
    if pk is None:
        return False
    return bool(Gathered.objects.filter(engagement=engagement, experience=pk).delete()[0])


def take_census(
    content: bytes, *, area: str, source: str, year: str, actor: Actor, as_of: datetime
) -> Census:
    """Keep a census table, whole.

    Raises:
        OutreachRefusedError: what it is of is not said, or lines of it cannot be used; nothing is
            kept then.
    """
    where = _words("area", area, both("Write which area the table counts."))
    who = _words("source", source, both("Write who published the table."))
    when = _number(year)
    if when is None or when not in YEARS:
        raise OutreachRefusedError("year", both("Write the year that the table counts, like 2021."))
    table = read_table(content)
    if table.faults:
        raise OutreachRefusedError("file", *table.faults)
    with transaction.atomic():
        census = Census.objects.create(
            body=actor.body, area=where, source=who, year=when, sent_at=as_of, sent_by=actor.user
        )
        Population.objects.bulk_create(
            Population(body=actor.body, census=census, question=asked, answer=answer, people=number)
            for (asked, answer), number in table.people.items()
        )
    return census


def _gather(engagement: Engagement, numbers: Iterable[int], actor: Actor, as_of: datetime) -> int:
    with transaction.atomic():
        Engagement.objects.select_for_update().get(pk=engagement.pk)
        before = Gathered.objects.filter(engagement=engagement).count()
        Gathered.objects.bulk_create(
            (
                Gathered(
                    body=actor.body,
                    engagement=engagement,
                    experience_id=number,
                    by=actor.user,
                    at=as_of,
                )
                for number in numbers
            ),
            ignore_conflicts=True,
        )
        return Gathered.objects.filter(engagement=engagement).count() - before


def _days(begins: date | None, ends: date | None) -> tuple[date, date]:
    if begins is None:
        raise OutreachRefusedError("begins", both("Write its first day."))
    if ends is None:
        raise OutreachRefusedError("ends", both("Write its last day."))
    if ends < begins:
        raise OutreachRefusedError(
            "ends", both("It ends before it begins. Put one of the days right.")
        )
    return begins, ends


def _words(field: str, typed: str, missing: BothWords) -> str:
    words = _line(field, typed)
    if not words:
        raise OutreachRefusedError(field, missing)
    return words


def _line(field: str, typed: str) -> str:
    words = " ".join(typed.split())
    if len(words) > LONGEST:
        raise OutreachRefusedError(field, both("This is too long: 200 characters at most."))
    return words


def _people(typed: str) -> int | None:
    if not typed.strip():
        return None
    number = _number(typed)
    if number is None or number > MOST_MET:
        raise OutreachRefusedError(
            "people_met", both("Write how many people were met in figures, or leave it empty.")
        )
    return number


def _number(typed: str) -> int | None:
    plain = typed.strip()
    if not (plain.isascii() and plain.isdigit()) or len(plain) > len(str(MOST_NUMBER)):
        return None
    return int(plain) if int(plain) <= MOST_NUMBER else None
