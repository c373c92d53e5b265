"""What was told, the consents and contact details beside it, and what went back and forth since.

Everything belongs to one body and is closed to all others by row security. What says who somebody
is can be destroyed, and stands apart from the words for that reason.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from candour.bodies.models import Body
from candour.experiences.models import Experience
from candour.people.models import User


def _body() -> "models.ForeignKey[Body, Body]":
    return models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)


def _person() -> "models.ForeignKey[User | None, User | None]":
    return models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )


class Channel(models.TextChoices):
    """How something was told."""

    PAGES = "pages", "On our pages"
    EMBEDDED = "embedded", "On one page, within a site of the body"
    PAPER = "paper", "On paper"


class FormSettings(models.Model):
    """How a body's form looks and whether it is open: the newest row counts, earlier ones stay.

    Attributes:
        is_open: anybody may tell something.
        words: by language: `title`, `lead` and `thanks`; what is empty is ours.
        colour: of the head and the buttons, as ``#rrggbb``; white is read on it.
        sites: the origins whose pages may show the form in a frame.
    """

    body = _body()
    is_open = models.BooleanField(default=False)
    words = models.JSONField(default=dict)
    colour = models.TextField(blank=True)
    sites = ArrayField(models.TextField(), default=list, blank=True)
    changed_at = models.DateTimeField()
    changed_by = _person()

    class Meta:
        db_table = "telling_settings"
        indexes: ClassVar = [models.Index(fields=["body", "-id"], name="telling_settings_newest")]

    def __str__(self) -> str:
        return f"{self.body_id}: {'open' if self.is_open else 'closed'}"


class Draft(models.Model):
    """What somebody has typed so far, sealed under a secret that only their browser has.

    Attributes:
        secret_hash: by which it is found.
        sealed: the answers; without the browser's secret nobody can read them.
        dies_at: nothing of it is used from then on, and it is deleted.
    """

    body = _body()
    secret_hash = models.BinaryField(unique=True)
    sealed = models.BinaryField()
    dies_at = models.DateTimeField()

    class Meta:
        db_table = "telling_draft"
        indexes: ClassVar = [models.Index(fields=["dies_at"], name="telling_draft_dies")]

    def __str__(self) -> str:
        return f"{self.body_id} until {self.dies_at:%Y-%m-%d %H:%M}"


class Told(models.Model):
    """Something that somebody told, on a page or on paper; its words are the experience's.

    Attributes:
        key_hash: of the form's own key: a form sent twice is taken once.
        receipt_hash: of the receipt code, under the site's secret.
        danger: whether somebody was said to be in danger; None where nobody answered.
        when_words: when it happened, as the person put it.
        wants_reply: the person asked for a reply.
        batch: the pile of paper that it was keyed from; empty for what came by a page.
        doubt: what looked like a machine about it; empty for nearly everybody.
        withdrawn_at: when the person took it back.
    """

    body = _body()
    experience = models.OneToOneField(Experience, on_delete=models.PROTECT, related_name="told")
    key_hash = models.BinaryField()
    receipt_hash = models.BinaryField(unique=True)
    told_at = models.DateTimeField()
    channel = models.TextField(choices=Channel)
    language = models.TextField(default="en")
    danger = models.BooleanField(null=True)
    when_words = models.TextField(blank=True)
    wants_reply = models.BooleanField(default=False)
    batch = models.TextField(blank=True)
    keyed_by = _person()
    doubt = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "telling_told"
        verbose_name_plural = "told"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "key_hash"], name="telling_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.experience_id} ({self.channel})"


class ConsentGiven(models.Model):
    """One answer to one consent: the newest of a kind counts, earlier ones stay.

    Attributes:
        words: those that the person read, in their language.
    """

    body = _body()
    told = models.ForeignKey(Told, on_delete=models.PROTECT, related_name="consents")
    kind = models.TextField()
    given = models.BooleanField()
    version = models.PositiveSmallIntegerField()
    language = models.TextField()
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "telling_consent"

    def __str__(self) -> str:
        return f"{self.told_id}: {self.kind} {'yes' if self.given else 'no'}"


class AboutPerson(models.Model):
    """What somebody said about themselves, one answer a row; destroyed when they withdraw."""

    body = _body()
    told = models.ForeignKey(Told, on_delete=models.PROTECT, related_name="about")
    question = models.TextField()
    answer = models.TextField()

    class Meta:
        db_table = "telling_about"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["told", "question"], name="telling_about_once")
        ]

    def __str__(self) -> str:
        return f"{self.told_id}: {self.question}"


class Message(models.Model):
    """Something said since: by staff, a question or a reply; by the person, an answer or more.

    Attributes:
        to: the question that it answers.
        words: what may be read; of the person's own, the clean words alone.
        by: who of staff said it; None for the person who told.
    """

    class Sort(models.TextChoices):
        """What it is."""

        QUESTION = "question", "Staff asked"
        REPLY = "reply", "Staff replied"
        ANSWER = "answer", "The person answered"
        ADDED = "added", "The person added"

    id = models.UUIDField(primary_key=True)
    body = _body()
    told = models.ForeignKey(Told, on_delete=models.PROTECT, related_name="messages")
    sort = models.TextField(choices=Sort)
    to = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="answers", null=True, db_index=False
    )
    words = models.TextField()
    at = models.DateTimeField()
    by = _person()

    class Meta:
        db_table = "telling_message"

    def __str__(self) -> str:
        return f"{self.told_id}: {self.sort}"
