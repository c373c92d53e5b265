"""The table of recipients: whom something was put to, and how they answered."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from candour.cases.columns import drawn_body

WAITED_FOR: Final = ("waited_for", "not_responsible")  # something is still to come
NOT_ANSWERED: Final = (*WAITED_FOR, "unanswered")


class CaseRecipient(models.Model):
    """A body that something was put to in a case, and how it answered; drawn from the log.

    Attributes:
        put_by: the entry by which it reached the body.
        name_key: its name as it is compared: small letters, single spaces.
        late_from: the first instant at which what is waited for is late.
        sorts_at: its place in the register: when it is, was or would have been late, or answered.
        state: a `candour.engine.recipients.RecipientState`.
        intends: what it means to do, as the procedure words it; `said` is its answer.
        because: why its time is as long as it is.
    """

    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="recipients", db_index=False
    )
    body = drawn_body()
    put_by = models.UUIDField()
    name = models.TextField()
    name_key = models.TextField()
    basis = models.TextField(blank=True)
    asked = models.TextField(blank=True)
    received_on = models.DateField()
    acknowledge_by = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    because = models.TextField(blank=True)
    because_cy = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_late = models.BooleanField()
    intends = models.TextField(blank=True, default="")
    intends_cy = models.TextField(blank=True, default="")
    said = models.TextField(blank=True, default="")
    passed_to = models.TextField(blank=True)
    state = models.TextField()
    late_from = models.DateTimeField(null=True)
    sorts_at = models.DateTimeField()

    class Meta:
        db_table = "case_recipient"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "put_by"], name="case_recipient_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "sorts_at", "id"], name="case_recipient_all"),
            models.Index(
                fields=["body", "sorts_at", "id"],
                name="case_recipient_waited_for",
                condition=Q(state__in=WAITED_FOR),
            ),
            models.Index(
                fields=["body", "sorts_at", "id"],
                name="case_recipient_not_answered",
                condition=Q(state__in=NOT_ANSWERED),
            ),
            models.Index(
                fields=["body", "name_key", "sorts_at", "id"], name="case_recipient_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.name}"
