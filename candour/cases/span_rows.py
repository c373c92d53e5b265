"""The table of restrictions as they stood: from when until when each kept out what."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from candour.cases.columns import drawn_body


class CaseRestrictionSpan(models.Model):
    """A restriction of a case as it stood for a while; drawn from the log.

    Attributes:
        key: the entries that imposed and last varied it, by which it is told from others.
        begins: the instant from which it stood so; `since` is when it was imposed.
        ends: the instant from which it did not any more; None while it stands.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="spans", db_index=False)
    body = drawn_body()
    key = models.TextField()
    imposed_by = models.UUIDField()
    varied_by = models.TextField(blank=True)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    since = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    restriction = models.TextField()
    scope = models.TextField()
    care_types = ArrayField(models.TextField(), default=list)
    complexities = ArrayField(models.TextField(), default=list)
    units = ArrayField(models.TextField(), default=list)
    funders = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "case_restriction_span"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key"], name="case_restriction_span_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "begins", "ends"], name="case_restriction_span_stood")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.restriction} from {self.begins}"
