"""The table of decisions: what was decided in each case, why, and whether it was published."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.cases.columns import drawn_body


class CaseDecision(models.Model):
    """A decision of a case; drawn from the log.

    Attributes:
        made_by: the entry that records it.
        decider: the role that took it, as the procedure words it.
        public: whether it belongs in the register that anybody may read.
        publish_by: the London day by which it is to be published, while it is not.
        late_from: the first instant at which publishing is late, while it is not done.
        published_on: the day on which the log says that it was.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="decisions", db_index=False)
    body = drawn_body()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    what = models.TextField(blank=True)
    what_cy = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    decider = models.TextField(blank=True)
    decider_cy = models.TextField(blank=True)
    consulted = models.TextField(blank=True)
    consulted_cy = models.TextField(blank=True)
    public = models.BooleanField()
    publish_by = models.DateField(null=True)
    late_from = models.DateTimeField(null=True)
    published_on = models.DateField(null=True)

    class Meta:
        db_table = "case_decision"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "made_by"], name="case_decision_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "-made_at", "-id"], name="case_decision_newest"),
            models.Index(
                fields=["body", "-made_at", "-id"],
                name="case_decision_public",
                condition=Q(public=True),
            ),
            models.Index(
                fields=["body", "late_from"],
                name="case_decision_to_publish",
                condition=Q(late_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.what}"
