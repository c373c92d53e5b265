"""The table of planned actions: what is to be done in each case, by whom, and how it stands."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from candour.cases.columns import drawn_body

OPEN: Final = "open"
MOVED: Final = Q(asked_until__isnull=False) | Q(sent_back=True) | Q(extended=True)


class CaseAction(models.Model):
    """An action of a plan, drawn from a case's log. Its colour depends on the day and is not here.

    Attributes:
        action: the entry that added it.
        plan: `dap`, `cap`, or empty for an action of neither.
        number: its place among the actions of its plan.
        owner_key: its owner as names are compared: small letters, single spaces.
        first_due: the day first agreed; `due_on` the day now, None while its clock stands still.
        late_from: the first instant at which it is late.
        stands: open, done, done_late or ended.
        said_done_on: the day of the provider's word that it is done, while nobody has seen to it.
        asked_until: the day until which more time is asked for, while nobody has answered.
        unable: the provider says that it cannot comply.
        evidence: how many entries show something of it.
        sorts_at: its place: when it is late, or was done or ended.
    """

    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="actions", db_index=False
    )
    body = drawn_body()
    action = models.UUIDField()
    plan = models.TextField(blank=True)
    number = models.IntegerField()
    what = models.TextField()
    owner = models.TextField()
    owner_key = models.TextField()
    first_due = models.DateField(null=True)
    due_on = models.DateField(null=True)
    late_from = models.DateTimeField(null=True)
    stands = models.TextField()
    extended = models.BooleanField()
    said_done_on = models.DateField(null=True)
    asked_until = models.DateField(null=True)
    sent_back = models.BooleanField()
    unable = models.BooleanField()
    done_on = models.DateField(null=True)
    evidence = models.IntegerField()
    sorts_at = models.DateTimeField()

    class Meta:
        db_table = "case_action"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "action"], name="case_action_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["body", "sorts_at", "id"], name="case_action_open", condition=Q(stands=OPEN)
            ),
            models.Index(
                fields=["body", "sorts_at", "id"],
                name="case_action_said_done",
                condition=Q(stands=OPEN, said_done_on__isnull=False),
            ),
            models.Index(
                fields=["body", "sorts_at", "id"],
                name="case_action_unable",
                condition=Q(stands=OPEN, said_done_on__isnull=True, unable=True),
            ),
            models.Index(
                fields=["body", "sorts_at", "id"],
                name="case_action_moved",
                condition=Q(stands=OPEN, said_done_on__isnull=True, unable=False) & MOVED,
            ),
            models.Index(fields=["body", "owner_key", "id"], name="case_action_owner"),
            models.Index(
                fields=["body", "plan", "sorts_at", "id"],
                name="case_action_plan",
                condition=Q(stands=OPEN),
            ),
            models.Index(
                fields=["body", "sorts_at", "id"],
                name="case_action_closed",
                condition=~Q(stands=OPEN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.what}"
