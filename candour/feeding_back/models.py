"""The chosen cycles, the quotations ticked as fit, the digests as released, and what came back.

Everything belongs to one body, is closed to all others by row security, and is added only.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from candour.bodies.models import Body
from candour.experiences.models import Experience
from candour.feeding_back.cycles import Every
from candour.people.models import User


def _body() -> "models.ForeignKey[Body, Body]":
    return models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)


def _person() -> "models.ForeignKey[User, User]":
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)


class FeedbackCycle(models.Model):
    """How often a body feeds back: the newest row counts.

    Attributes:
        from_day: the first day of which it is told; cycles that began earlier are not due.
    """

    body = _body()
    every = models.TextField(choices=[(each.value, each.name) for each in Every])
    from_day = models.DateField()
    chosen_at = models.DateTimeField()
    chosen_by = _person()

    class Meta:
        db_table = "feedback_cycle"
        indexes: ClassVar = [models.Index(fields=["body", "-id"], name="feedback_cycle_newest")]

    def __str__(self) -> str:
        return f"{self.body_id}: every {self.every}"


class FitQuotation(models.Model):
    """Somebody of the body said that these words may be quoted, or may not: the newest counts.

    Attributes:
        words: a part of the answer, letter by letter, without what tells who somebody is.
        fit: they may be quoted.
    """

    body = _body()
    experience = models.ForeignKey(Experience, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    fit = models.BooleanField()
    by = _person()
    at = models.DateTimeField()

    class Meta:
        db_table = "feedback_quotation"

    def __str__(self) -> str:
        return f"{self.experience_id}: {'fit' if self.fit else 'not fit'}"


class Digest(models.Model):
    """One digest as it was released: never changed; a correction is another row.

    Attributes:
        organisation: of whose services people told.
        content: what it says, as `candour.feeding_back.digests` writes it.
        sha256: of the content's canonical text.
        number: 1, and one more for each correction of the same cycle.
        corrects: the release before it; `because` says why.
        sent_to: whom it went to by mail: [[name, email], …].
    """

    body = _body()
    organisation = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    number = models.PositiveSmallIntegerField()
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="corrected_by", null=True
    )
    because = models.TextField(blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    sent_to = models.JSONField(default=list)
    released_by = _person()
    released_role = models.TextField()
    released_at = models.DateTimeField()

    class Meta:
        db_table = "feedback_digest"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "organisation", "first_day", "last_day", "number"],
                name="feedback_digest_once",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gt=F("first_day")), name="feedback_digest_of_days"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, number=1, because="")
                | (Q(corrects__isnull=False, number__gt=1) & ~Q(because="")),
                name="feedback_digest_corrects_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.first_day} to {self.last_day}, {self.number}"


class DigestExperience(models.Model):
    """An experience that a digest was drawn from; no organisation is ever told which."""

    body = _body()
    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="drawn_from")
    experience = models.ForeignKey(Experience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "feedback_digest_experience"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["digest", "experience"], name="feedback_digest_experience_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.digest_id}: {self.experience_id}"


class DigestReply(models.Model):
    """What an organisation answered to a digest, and what it says it changed.

    Attributes:
        came_on: the day it came.
        theme: the theme that it is about; empty where it is about all.
        words: what they replied.
        changed: what they changed; empty where they name nothing.
        for_people: whoever told us may read it, under their receipt.
    """

    id = models.UUIDField(primary_key=True)
    body = _body()
    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="replies")
    came_on = models.DateField()
    theme = models.TextField(blank=True)
    words = models.TextField()
    changed = models.TextField(blank=True)
    for_people = models.BooleanField(default=False)
    recorded_by = _person()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "feedback_reply"
        ordering: ClassVar = ["came_on", "recorded_at"]

    def __str__(self) -> str:
        return f"{self.digest_id}: {self.came_on}"
