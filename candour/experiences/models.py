"""What people told us, the batches it came in by, and how many there are of each sort.

Rows belong to the body that holds them and are closed to all others by row security. They are
added and read. What may change afterwards is their themes and sentiment, and whether they are in
use: one that is out of use stays, and is left out of every list and count.
"""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from candour.bodies.models import Body, Service
from candour.database.text_search import AnswerWords
from candour.experiences.import_models import BodyMapping, FileState, ImportTurn, WaitingFile
from candour.experiences.marks import ExperienceMark, FoundBy, MarkDecision, MarkState
from candour.experiences.signs import (
    ExperienceSign,
    RaisedBy,
    SafeguardingLook,
    SafeguardingWatch,
    SignState,
)
from candour.people.models import User

__all__ = [
    "UNDATED",
    "BodyMapping",
    "Experience",
    "ExperienceMark",
    "ExperienceSign",
    "FileState",
    "FoundBy",
    "Import",
    "ImportTurn",
    "Language",
    "MarkDecision",
    "MarkState",
    "OutBecause",
    "RaisedBy",
    "SafeguardingLook",
    "SafeguardingWatch",
    "SignState",
    "Tally",
    "WaitingFile",
]

UNDATED = date(1, 1, 1)
IN_USE = Q(out_since__isnull=True)


class Language(models.TextChoices):
    """The language that an answer was given in."""

    ENGLISH = "en", "English"
    WELSH = "cy", "Cymraeg"
    UNKNOWN = "unknown", "Not known"


class OutBecause(models.TextChoices):
    """Why an experience is out of use."""

    IMPORT_UNDONE = "import_undone", "The import that brought it was undone"
    WITHDRAWN = "withdrawn", "The person withdrew it"
    DUPLICATE = "duplicate", "It is held twice"


class Import(models.Model):
    """One file taken in: which, by whom, when, and what became of each of its rows.

    ``rows_read`` is always ``taken + already_there + duplicates + skipped``.

    Attributes:
        undone_at: since when its experiences are out of use, or None.
        turning: it is being undone or done again at this moment.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    file_name = models.TextField()
    sha256 = models.CharField(max_length=64)
    mapping = models.TextField()
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    rows_read = models.PositiveBigIntegerField()
    taken = models.PositiveBigIntegerField()
    already_there = models.PositiveBigIntegerField()
    duplicates = models.PositiveBigIntegerField()
    skipped = models.PositiveBigIntegerField()
    report = models.JSONField()
    undone_at = models.DateTimeField(null=True)
    turning = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "experience_import"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    rows_read=F("taken") + F("already_there") + F("duplicates") + F("skipped")
                ),
                name="experience_import_adds_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.imported_at:%d %B %Y}"


class ExperienceRows(models.Manager["Experience"]):
    """Experiences without the columns that only the database reads."""

    def get_queryset(self) -> models.QuerySet["Experience"]:
        """Return all experiences, leaving the search words and the listing date unread."""
        return super().get_queryset().defer("words", "listed_on")

    def in_use(self) -> models.QuerySet["Experience"]:
        """Return the experiences that have not been taken out."""
        return self.get_queryset().filter(out_since__isnull=True)


class Experience(models.Model):
    """What one person said about one service at one time.

    Attributes:
        body: the body that holds it.
        source: where it came from: a mapping's source name, or a form.
        source_ref: the row's own id there; the same one is never taken twice.
        answer: the words as given (Unicode NFC), without those that tell who somebody is.
        sentiment: 1 (very positive) to 5 (very negative), or None where nobody said.
        identifiable: somebody marked it as naming or describing a person.
        cleaned: its words went through the rules; those stored before there were any wait for the
            worker (`candour.experiences.actions.cleaning_stored`).
        out_since: when it was taken out of use, or None while it is in use.
        out_because: why it was taken out; empty while it is in use.
        listed_on: the day it was received, or the first of all days where that is not known.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.TextField()
    source_ref = models.TextField()
    received_on = models.DateField(null=True)
    happened_on = models.DateField(null=True)
    organisation = models.TextField(blank=True)
    service_name = models.TextField(blank=True)
    service_kind = models.TextField(blank=True)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    question = models.TextField(blank=True)
    answer = models.TextField()
    rating = models.TextField(blank=True)
    sentiment = models.PositiveSmallIntegerField(null=True)
    themes = ArrayField(models.TextField(), default=list, blank=True)
    language = models.TextField(choices=Language, default=Language.UNKNOWN)
    batch = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="+", null=True)
    identifiable = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    cleaned = models.BooleanField(default=True, db_default=True)
    out_since = models.DateTimeField(null=True)
    out_because = models.TextField(choices=OutBecause, blank=True, db_default="", default="")
    listed_on = models.GeneratedField(
        expression=Coalesce("received_on", Value(UNDATED)),
        output_field=models.DateField(),
        db_persist=True,
    )
    words = models.GeneratedField(
        expression=AnswerWords("answer"), output_field=SearchVectorField(), db_persist=True
    )

    objects = ExperienceRows()

    class Meta:
        db_table = "experience"
        constraints: ClassVar = [
            # A row that was withdrawn is not brought back by the file it came in; one whose import
            # was undone may come in again.
            models.UniqueConstraint(
                fields=["body", "source", "source_ref"],
                condition=~Q(out_because=OutBecause.IMPORT_UNDONE),
                name="experience_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(out_since__isnull=True, out_because="")
                | (Q(out_since__isnull=False) & Q(out_because__in=OutBecause.values)),
                name="experience_out_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(sentiment__isnull=True) | Q(sentiment__range=(1, 5)),
                name="experience_sentiment_from_1_to_5",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                "body",
                F("listed_on").desc(),
                F("id").desc(),
                name="experience_newest",
                condition=IN_USE,
            ),
            models.Index(
                "body",
                "service_name",
                F("listed_on").desc(),
                F("id").desc(),
                name="experience_newest_of_service",
                condition=IN_USE,
            ),
            models.Index(
                "body",
                "sentiment",
                F("listed_on").desc(),
                F("id").desc(),
                name="experience_newest_felt",
                condition=IN_USE,
            ),
            models.Index(
                "body",
                "rating",
                F("listed_on").desc(),
                F("id").desc(),
                name="experience_newest_rated",
                condition=IN_USE,
            ),
            models.Index(
                fields=["service"],
                name="experience_service",
                condition=Q(service__isnull=False) & IN_USE,
            ),
            models.Index(
                fields=["body", "id"], name="experience_to_clean", condition=Q(cleaned=False)
            ),
            GinIndex(fields=["words"], name="experience_words", condition=IN_USE),
            GinIndex(fields=["themes"], name="experience_themes", condition=IN_USE),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_ref}"


class Tally(models.Model):
    """How many experiences there are of each sort: kept by the database at every insert.

    One row counts a body's experiences of one service and sentiment (0 where there is none);
    ``theme`` is empty for all of them, or names the theme of those counted.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    service_name = models.TextField()
    sentiment = models.PositiveSmallIntegerField()
    theme = models.TextField()
    experiences = models.PositiveBigIntegerField()

    class Meta:
        db_table = "experience_tally"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "theme", "service_name", "sentiment"], name="experience_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_name} {self.sentiment} {self.theme}: {self.experiences}"
