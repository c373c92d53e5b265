"""Campaigns with their phases, engagements, what was gathered at them, and the area's population.

Everything belongs to one body and is closed to all others by row security.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from candour.bodies.models import Body
from candour.experiences.models import Experience
from candour.people.models import User


def _body() -> "models.ForeignKey[Body, Body]":
    return models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)


def _person() -> "models.ForeignKey[User | None, User | None]":
    return models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )


class PutRight(models.Model):
    """What may be put right: when that was done last, by whom and why."""

    corrected_at = models.DateTimeField(null=True)
    corrected_by = _person()
    why = models.TextField(blank=True, default="", db_default="")

    class Meta:
        abstract = True


class Campaign(PutRight):
    """A time in which a body sets out to hear more of something, or from somebody.

    Attributes:
        begins, ends: its first and last day.
    """

    body = _body()
    name = models.TextField()
    theme = models.TextField(blank=True)
    begins = models.DateField()
    ends = models.DateField()
    made_at = models.DateTimeField()
    made_by = _person()

    class Meta:
        db_table = "outreach_campaign"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins")), name="outreach_campaign_days"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["body", "-begins"], name="outreach_campaigns")]

    def __str__(self) -> str:
        return self.name


class Phase(PutRight):
    """A part of a campaign; no day is in two phases of one."""

    body = _body()
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="phases")
    name = models.TextField()
    begins = models.DateField()
    ends = models.DateField()

    class Meta:
        db_table = "outreach_phase"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="outreach_phase_days")
        ]

    def __str__(self) -> str:
        return self.name


class MetBy(models.TextChoices):
    """Who went out to meet people."""

    OFFICERS = "officers", "Engagement officers"
    VOLUNTEERS = "volunteers", "Volunteers"
    BOTH = "both", "Engagement officers and volunteers"


class Engagement(PutRight):
    """One time that people of a body went out to hear what others live through (HD-05).

    Attributes:
        theme: what it was about; empty for a general one.
        community: whom they hoped to hear from; may be empty.
        names: who went, as they were typed.
        people_met: how many people they met, or None where nobody counted.
    """

    body = _body()
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="engagements", null=True
    )
    theme = models.TextField(blank=True)
    day = models.DateField()
    place = models.TextField()
    community = models.TextField(blank=True)
    met_by = models.TextField(choices=MetBy)
    names = models.TextField()
    people_met = models.PositiveIntegerField(null=True)
    notes = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = _person()

    class Meta:
        db_table = "outreach_engagement"
        indexes: ClassVar = [models.Index(fields=["body", "-day"], name="outreach_engagements")]

    def __str__(self) -> str:
        return f"{self.place}, {self.day}"


class Sort(models.TextChoices):
    """What is put right."""

    CAMPAIGN = "campaign", "A campaign"
    PHASE = "phase", "A phase"
    ENGAGEMENT = "engagement", "An engagement"


class Former(models.Model):
    """A campaign, a phase or an engagement as it was before it was put right.

    The database adds these rows; nothing changes or removes them.

    Attributes:
        number: of the campaign, phase or engagement.
        held: its columns as they were.
        until: when it was put right.
        why: in the words of whoever did.
    """

    body = _body()
    sort = models.TextField(choices=Sort)
    number = models.BigIntegerField()
    held = models.JSONField()
    until = models.DateTimeField()
    by = _person()
    why = models.TextField()

    class Meta:
        db_table = "outreach_former"
        indexes: ClassVar = [models.Index(fields=["sort", "number"], name="outreach_formers")]

    def __str__(self) -> str:
        return f"{self.sort} {self.number} until {self.until:%Y-%m-%d}"


class CameBy(models.TextChoices):
    """How experiences from an engagement come in, other than one by one."""

    PAPER = "paper", "Paper forms that are keyed"
    FILE = "file", "A file that is imported"


class Source(models.Model):
    """A pile of paper, or a file, that counts for an engagement: also what comes later under it.

    Attributes:
        name: the batch under which forms are keyed, or the name of the file.
        ended_at: since when what comes in counts no more, or None.
    """

    body = _body()
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="sources")
    came_by = models.TextField(choices=CameBy)
    name = models.TextField()
    since = models.DateTimeField()
    by = _person()
    ended_at = models.DateTimeField(null=True)
    ended_by = _person()

    class Meta:
        db_table = "outreach_source"
        constraints: ClassVar = [
            models.UniqueConstraint(
                F("body"),
                F("came_by"),
                Lower("name"),
                condition=Q(ended_at__isnull=True),
                name="outreach_source_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Gathered(models.Model):
    """That an experience was gathered at an engagement; at one, and no other."""

    body = _body()
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="gathered")
    experience = models.OneToOneField(
        Experience, on_delete=models.PROTECT, related_name="gathered", primary_key=True
    )
    by = _person()
    at = models.DateTimeField()

    class Meta:
        db_table = "outreach_gathered"

    def __str__(self) -> str:
        return f"{self.experience_id} at {self.engagement_id}"


class Census(models.Model):
    """A table of the people of an area that somebody sent; of each question the newest counts.

    Attributes:
        area: what area it counts, as it was typed.
        source: who published it.
        year: the year for which it counts.
    """

    body = _body()
    area = models.TextField()
    source = models.TextField()
    year = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    sent_by = _person()

    class Meta:
        db_table = "outreach_census"

    def __str__(self) -> str:
        return f"{self.area}, {self.source}, {self.year}"


class Population(models.Model):
    """How many people of an area would give one answer to one question of the public form."""

    body = _body()
    census = models.ForeignKey(Census, on_delete=models.PROTECT, related_name="rows")
    question = models.TextField()
    answer = models.TextField()
    people = models.PositiveBigIntegerField()

    class Meta:
        db_table = "outreach_population"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["census", "question", "answer"], name="outreach_population_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.answer}: {self.people}"
