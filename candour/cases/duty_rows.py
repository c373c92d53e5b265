"""The table of what is owed: each time that a duty was owed in a case, drawn from its log."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from candour.cases.columns import NO_DATE, drawn_body


class DutyState(models.TextChoices):
    """How a duty stands. Whether an open one is late depends on when you ask."""

    OPEN = "open", "Open"
    MET = "met", "Met"
    CANCELLED = "cancelled", "No longer owed"


class CaseDuty(models.Model):
    """One time that a duty was owed in a case, drawn from its log.

    Attributes:
        key: the engine's name for it, unique in the case.
        body_id: the body that leads the case.
        owner_role: the role that must do it.
        due_on: the London day on which it is due; None while an open pause holds the clock.
        due_at: the exact instant where hours count.
        late_from: the first instant at which it is late; None while nobody can say.
        sorts_at: the same, or the end of time.
    """

    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="duties", db_index=False
    )
    body = drawn_body()
    key = models.TextField()
    duty_id = models.TextField()
    title = models.TextField()
    title_cy = models.TextField(blank=True)
    owner_role = models.TextField()
    started_by = models.UUIDField()
    started_at = models.DateTimeField()
    cycle = models.IntegerField()
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    late_from = models.DateTimeField(null=True)
    state = models.TextField(choices=DutyState)
    met_at = models.DateTimeField(null=True)
    sorts_at = models.GeneratedField(
        expression=Coalesce("late_from", Value(NO_DATE)),
        output_field=models.DateTimeField(),
        db_persist=True,
    )

    class Meta:
        db_table = "case_duty"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key"], name="case_duty_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["body", "sorts_at", "id"],
                name="case_duty_due",
                condition=Q(state="open"),
                include=["case"],
            ),
            models.Index(
                fields=["body", "owner_role", "sorts_at", "id"],
                name="case_duty_due_from",
                condition=Q(state="open"),
                include=["case"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.title}"
