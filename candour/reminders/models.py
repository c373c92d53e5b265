"""What people chose to be told, and what they were told."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.cases.models import Case
from candour.people.models import User
from candour.reminders.choices import (
    LONGEST_AHEAD,
    USUAL_AHEAD,
    USUAL_MORNING,
    USUAL_QUIET_FROM,
    USUAL_QUIET_UNTIL,
    How,
)


class ReminderChoice(models.Model):
    """How one person wants to be told, and when to look next whether there is anything to tell.

    Attributes:
        days_before: how many days before its date a duty is told of first.
        morning: the London clock time from which a digest goes out.
        quiet_from, quiet_until: London clock times between which nothing is sent.
        look_at: when to look next; None until it was looked for the first time.
    """

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="reminder_choice"
    )
    how = models.TextField(choices=[(how.value, how.name) for how in How], default=How.DIGEST.value)
    days_before = models.IntegerField(default=USUAL_AHEAD)
    morning = models.TimeField(default=USUAL_MORNING)
    quiet_from = models.TimeField(default=USUAL_QUIET_FROM)
    quiet_until = models.TimeField(default=USUAL_QUIET_UNTIL)
    look_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reminder_choice"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(days_before__gte=0, days_before__lte=LONGEST_AHEAD),
                name="reminder_days_before",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["look_at"], name="reminder_look_at")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.how}"


class ReminderDigest(models.Model):
    """One message that told a person of duties. ``number`` counts those of one London day."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    number = models.IntegerField()
    said_at = models.DateTimeField()
    message = models.BigIntegerField()

    class Meta:
        db_table = "reminder_digest"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day", "number"], name="reminder_digest_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day} ({self.number})"


class ReminderTold(models.Model):
    """That a person was told of one time of a duty: of which date, and at which stage.

    Attributes:
        late_from: the date that it had then; with another it is told of anew.
        stage: how far it had come, of the stages of `candour.reminders.saying`.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.TextField()
    late_from = models.DateTimeField()
    stage = models.IntegerField()
    digest = models.ForeignKey(ReminderDigest, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "reminder_told"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "case", "key", "late_from", "stage"], name="reminder_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key} {self.stage}"
