"""What is kept of calendars: meetings to come, what was sent, what was answered, people's feeds.

`CalendarMeeting` is drawn from the log and can be drawn again. `CalendarInvitation` and
`CalendarAnswer` are records: rows are added and never changed. What waits to be looked at stands in
the table ``calendar_waiting``, which the database fills with the entries themselves.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candour.cases.models import Case
from candour.people.models import User


class MeetingState(models.TextChoices):
    """What became of a meeting that was called."""

    CALLED = "called", "Called"
    CANCELLED = "cancelled", "Cancelled"
    BEGUN = "begun", "Begun"


class CalendarMeeting(models.Model):
    """A meeting that a case's log calls, for calendars to show.

    Attributes:
        sitting: the entry that called it first.
        begins, ends: its instants; None where the call gives a day alone.
        emails: those invited by mail, in small letters.
        unreached: who is invited and gets no invitation, and why: [[who, why], …].
        changed_at: when the log last said anything about it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    sitting = models.UUIDField()
    name = models.TextField()
    title = models.TextField()
    title_cy = models.TextField(blank=True)
    day = models.DateField()
    begins = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)
    place = models.TextField(blank=True)
    state = models.TextField(choices=MeetingState)
    emails = ArrayField(models.TextField(), default=list, blank=True)
    unreached = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "calendar_meeting"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sitting"], name="calendar_meeting_once")
        ]
        indexes: ClassVar = [models.Index(fields=["day"], name="calendar_meeting_by_day")]

    def __str__(self) -> str:
        return f"{self.title}, {self.day}"


class CalendarInvitation(models.Model):
    """One iTIP object that was put in the outbox for one person.

    Attributes:
        said: what it said, as `candour.calendars.differences.as_json` writes it.
        entry: the entry that it follows from.
        message: its number in the outbox.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    sitting = models.UUIDField()
    uid = models.TextField()
    email = models.TextField()
    sequence = models.IntegerField()
    method = models.TextField()
    said = models.JSONField()
    entry = models.UUIDField()
    message = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "calendar_invitation"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "uid", "email", "sequence"], name="calendar_invitation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.uid} {self.email} {self.sequence}"


class CalendarAnswer(models.Model):
    """What somebody answered to an invitation that was sent to them.

    Attributes:
        source: the entry of the message that brought it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    sitting = models.UUIDField()
    uid = models.TextField()
    email = models.TextField()
    reply = models.TextField()
    sequence = models.IntegerField()
    said_at = models.DateTimeField()
    comment = models.TextField(blank=True)
    source = models.UUIDField()

    class Meta:
        db_table = "calendar_answer"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "uid", "email", "source"], name="calendar_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.reply}"


class MeetingsShown(models.TextChoices):
    """Which meetings a person's feed has."""

    ALL = "all", "All in my organisation’s cases"
    MINE = "mine", "Only those to which I am invited by mail"
    NONE = "none", "None"


class CalendarFeed(models.Model):
    """A secret address at which a person's calendar program reads what concerns them.

    Only a hash of the secret is kept. Revoked, it answers nothing, for good.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    secret_hash = models.BinaryField()
    meetings = models.TextField(choices=MeetingsShown, default=MeetingsShown.ALL)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "calendar_feed"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["secret_hash"], name="calendar_feed_secret_once"),
            models.UniqueConstraint(
                fields=["person"], name="calendar_feed_one_live", condition=Q(revoked_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, made {self.made_at}"
