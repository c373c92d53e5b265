"""The code list of a body, who coded what, and what was learned from it.

An experience carries the themes that hold now (`Experience.themes`); every coding is kept here, so
that it can be seen who said what, and what a machine added by itself.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from candour.bodies.models import Body
from candour.experiences.models import Experience
from candour.people.models import User

BROKE = "Something went wrong inside Candour."  # the fault of a learning that has no other


class Code(models.Model):
    """One theme of a body's code list.

    Attributes:
        theme: what experiences carry; it stays as it is when the title is put in better words.
        title, title_cy: what people read; in English and in Welsh (may be empty).
        family: the heading under which it stands in the list; may be empty.
        covers: what belongs under it, for whoever codes.
        became: the code that took its place; what carried this one carries that one now.
        retired_at: since when it is no longer offered.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    theme = models.TextField()
    title = models.TextField()
    title_cy = models.TextField(blank=True)
    family = models.TextField(blank=True)
    covers = models.TextField(blank=True)
    became = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    retired_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "coding_code"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "theme"], name="coding_code_once"),
            models.CheckConstraint(
                condition=Q(became__isnull=True) | ~Q(became=F("id")),
                name="coding_code_becomes_other",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def title_in(self, language: str) -> str:
        """Return the title in this language ("en" or "cy"), in English where no Welsh is kept."""
        return self.title_cy if language == "cy" and self.title_cy else self.title


class LearnedModel(models.Model):
    """What was learned from a body's coding: the machine, and the card that says how good it is.

    Attributes:
        card: scores and curves of each theme, as `candour.coding.keeping` writes them.
        machine: the machine itself: numbers and text, nothing that is run when it is read.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    learned_at = models.DateTimeField()
    learned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    examples = models.PositiveIntegerField()
    card = models.JSONField()
    machine = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "coding_model"
        indexes: ClassVar = [models.Index("body", F("id").desc(), name="coding_model_newest")]

    def __str__(self) -> str:
        return f"{self.body_id}: learned {self.learned_at:%d %B %Y}"


class Learning(models.Model):
    """A learning that somebody asked for: waiting, running, done, or why it could not be done."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, primary_key=True, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)

    class Meta:
        db_table = "coding_learning"

    def __str__(self) -> str:
        return f"{self.body_id}: {'done' if self.ended_at else 'waiting'}"


class Coding(models.Model):
    """One time that an experience was coded: added, never changed; the newest holds.

    Attributes:
        themes: all that it carried from then on.
        sentiment: 1 (very positive) to 5 (very negative), or None.
        by: the person; None where a machine or a change of the list did it.
        model: the machine that added themes by itself, as the body allowed.
        because: for a machine, how sure it was of each theme it added; else empty.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    experience = models.ForeignKey(
        Experience, on_delete=models.PROTECT, related_name="codings", db_index=False
    )
    themes = ArrayField(models.TextField(), default=list, blank=True)
    sentiment = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    model = models.ForeignKey(
        LearnedModel, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    because = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "coding"
        indexes: ClassVar = [
            models.Index("experience", F("id").desc(), name="coding_newest"),
            models.Index(
                fields=["body", "experience"],
                name="coding_by_people",
                condition=Q(by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.experience_id}: {', '.join(self.themes)}"


class Suggested(models.Model):
    """What a machine suggests for one experience that nobody has coded yet.

    Attributes:
        themes: the surest first: each with its theme, its percent, the words it rests on, and
            whether the machine was as sure as the body asks before it applies the theme alone.
        sentiment: the likeliest, 1 to 5, or None.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    experience = models.OneToOneField(
        Experience, on_delete=models.PROTECT, primary_key=True, related_name="suggested"
    )
    model = models.ForeignKey(LearnedModel, on_delete=models.PROTECT, related_name="+")
    themes = models.JSONField(default=list)
    sentiment = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "coding_suggested"

    def __str__(self) -> str:
        return f"{self.experience_id}: {len(self.themes)} suggested"


class AppliesAlone(models.Model):
    """A body's leave for a theme to be applied without a person, from a precision on.

    Attributes:
        percent: of 100 held-out experiences that were given the theme as surely, at least so many
            must have had it, with 95 % confidence.
        ended_at: until when it held; None while it does.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+", db_index=False)
    percent = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "coding_applies_alone"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "code"],
                name="coding_applies_alone_once",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(percent__range=(50, 100)), name="coding_applies_alone_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} from {self.percent} of 100"


class CodingWatch(models.Model):
    """A body whose new experiences are looked at: it has a machine, or codes that became others."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, primary_key=True, related_name="+")

    class Meta:
        db_table = "coding_watch"

    def __str__(self) -> str:
        return f"{self.body_id}"


class NewExperiences(models.Model):
    """Experiences of a watched body that nobody has looked at: the database adds what comes in.

    What comes in is not told by its number alone: an import that takes a minute is seen only after
    what came in the meantime, though its numbers are lower.

    Attributes:
        first, last: the numbers between which they lie, both included.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    first = models.BigIntegerField()
    last = models.BigIntegerField()

    class Meta:
        db_table = "coding_new"

    def __str__(self) -> str:
        return f"{self.body_id}: {self.first} to {self.last}"
