"""Registers to publish: which are open, what stands in them, and who may visit for the body.

`RegisterSwitch` and `PublishedLine` are added and never changed: the newest row counts. The public
reads none of these tables; it asks the owner's function, which gives what is published and no more.
"""

from typing import ClassVar

from django.db import models

from candour.bodies.effective import EffectiveQuerySet, ends_after_it_begins
from candour.bodies.models import Body
from candour.cases.models import Case
from candour.people.models import User


class Register(models.TextChoices):
    """The registers there are."""

    DECISIONS = "decisions", "Decisions"
    REPORTS = "reports", "Reports and recommendations"
    REPRESENTATIVES = "representatives", "Authorised representatives"


def _body() -> "models.ForeignKey[Body, Body]":
    return models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)


def _person() -> "models.ForeignKey[User, User]":
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)


class RegisterSwitch(models.Model):
    """A body opened a register to the public, or closed it. Without a row it is closed."""

    body = _body()
    register = models.TextField(choices=Register)
    open = models.BooleanField()
    at = models.DateTimeField()
    by = _person()

    class Meta:
        db_table = "publishing_switch"
        indexes: ClassVar = [
            models.Index(fields=["body", "register", "-id"], name="publishing_switch_newest")
        ]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.register} {'open' if self.open else 'closed'}"


class PublishedLine(models.Model):
    """A line of a register as somebody published it, or took it down.

    Attributes:
        subject: the entry that it is about: a decision, or what was put to a recipient.
        shown: whether it is public from then on.
        values: what the public reads, exactly.
        reason: why it was taken down; by itself, in English and then, on another line, in Welsh.
        itself: it was taken down by itself, `by` then being whose entry brought that about.
    """

    body = _body()
    register = models.TextField(choices=Register)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.UUIDField()
    shown = models.BooleanField()
    values = models.JSONField()
    sorts_on = models.DateField()
    at = models.DateTimeField()
    by = _person()
    reason = models.TextField(blank=True)
    itself = models.BooleanField(default=False)

    class Meta:
        db_table = "publishing_line"
        indexes: ClassVar = [
            models.Index(
                fields=["body", "register", "subject", "-id"], name="publishing_line_newest"
            ),
            models.Index(fields=["case", "subject", "-id"], name="publishing_line_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.subject}"


class Representative(models.Model):
    """Somebody whom a body authorised in writing to enter and view; only name and days are public.

    Attributes:
        trained_on: when they were trained.
        dbs_considered: whether it was considered if a DBS check is needed; None while not said.
        dbs_considered_on: when.
    """

    body = _body()
    name = models.TextField()
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    trained_on = models.DateField(null=True, blank=True)
    dbs_considered = models.BooleanField(null=True)
    dbs_considered_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = _person()

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        db_table = "publishing_representative"
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [ends_after_it_begins("publishing_representative")]
        indexes: ClassVar = [
            models.Index(fields=["body", "name"], name="publishing_representative_of")
        ]

    def __str__(self) -> str:
        return self.name
