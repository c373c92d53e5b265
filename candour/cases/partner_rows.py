"""The table of the bodies that a case is shared with; drawn from its log."""

from typing import ClassVar

from django.db import models

from candour.bodies.models import Body
from candour.cases.columns import drawn_body


class CasePartner(models.Model):
    """A case as it is shared with one body now.

    Attributes:
        body_id: the body that leads the case.
        partner: the body that is let into it.
        members: it sees all of it, and stands in the case's ``shared_with``; else it is told what
            partners may be told, and reaches no row of the case but this.
        shared_by: the entry by which it was shared.
        until: the last London day on which it holds, or None.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="partners", db_index=False)
    body = drawn_body()
    partner = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    members = models.BooleanField()
    shared_by = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "case_partner"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "partner"], name="case_partner_once")
        ]
        indexes: ClassVar = [models.Index(fields=["partner", "-since"], name="case_partner_of")]

    def __str__(self) -> str:
        return f"{self.case_id} with {self.partner_id}"
