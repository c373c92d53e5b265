"""The outbox: messages to be sent, what they carry, and every try at sending one.

A row of `MailMessage` is the promise of one message to one recipient. What it says never changes
once it is in; only how far its sending has come does, and the database holds to that. Sending
again after it failed is a row of its own, which the failed one points to.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.bodies.models import Body
from candour.cases.models import Case
from candour.mail.received_rows import MailReceived, MailReceivedPart, Place, Sort, Unfiled

__all__ = [
    "MailAttachment",
    "MailAttempt",
    "MailContent",
    "MailMessage",
    "MailReceived",
    "MailReceivedPart",
    "Outcome",
    "Place",
    "Sort",
    "State",
    "Unfiled",
]


class State(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    BOUNCED = "bounced", "Returned"


class Outcome(models.TextChoices):
    """What came of one try."""

    UNDER_WAY = "", "Under way"
    SENT = "sent", "Taken by the server"
    DEFERRED = "deferred", "Not now"
    REFUSED = "refused", "Refused for good"
    CUT_SHORT = "cut_short", "Cut short before it was handed over"
    UNKNOWN = "unknown", "Cut short while it was handed over"


class MailContent(models.Model):
    """The bytes of an attachment, kept once for each body however many messages carry them."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    sha256 = models.BinaryField()
    content = models.BinaryField()

    class Meta:
        db_table = "mail_content"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "sha256"], name="mail_content_once")
        ]

    def __str__(self) -> str:
        return bytes(self.sha256).hex()


class MailMessage(models.Model):
    """One message to one recipient, and how far its sending has come.

    Attributes:
        key: its identity at the body, given by whoever wrote it.
        message_id: the Message-ID that every copy of it carries, made of the key.
        also_to: who else gets a message of their own: [[name, email], …].
        reply_case_id: the case into which an answer is filed.
        in_log: what the log of the case calls whoever gets it; empty where their name stands there.
        sealed: whom it goes to and what it says are empty here: see `candour.mail.sealed`.
        voice: the experience whose teller it is to, by its number; None where it is to another.
        not_before, next_at: the earliest instant, and the instant of the next try.
        first_tried_at: from when the 24 hours of trying count.
        tries: how many tries there were.
        said: what the server, or this site, last said of it.
        settled_at: when it was sent, or came to nothing.
        case_told_at: when its failure was recorded in the case.
        again: the message that was sent in its place, or None.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    entry_id = models.UUIDField(null=True)
    key = models.TextField()
    message_id = models.TextField()
    to_name = models.TextField(blank=True)
    to_email = models.TextField()
    also_to = models.JSONField(default=list, blank=True)
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField(blank=True)
    language = models.TextField()
    calendar_method = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    reply_case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    in_log = models.TextField(blank=True)
    sealed = models.BooleanField(default=False)
    voice = models.BigIntegerField(null=True)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    state = models.TextField(choices=State, default=State.WAITING)
    next_at = models.DateTimeField(null=True)
    first_tried_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    said = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    case_told_at = models.DateTimeField(null=True)
    again = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "mail_message"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "key"], name="mail_message_once"),
            models.UniqueConstraint(fields=["message_id"], name="mail_message_id_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], name="mail_message_due", condition=Q(next_at__isnull=False)
            ),
            models.Index(fields=["body", "state", "-id"], name="mail_message_by_state"),
            models.Index(
                fields=["case", "-id"], name="mail_message_of_case", condition=Q(case__isnull=False)
            ),
            models.Index(
                fields=["entry_id"],
                name="mail_message_of_entry",
                condition=Q(entry_id__isnull=False),
            ),
            models.Index(
                fields=["voice"], name="mail_message_to_voice", condition=Q(voice__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to_email}"

    @property
    def to(self) -> str:
        """Who gets it, as a person reads it."""
        return f"{self.to_name} <{self.to_email}>" if self.to_name else self.to_email


class MailAttachment(models.Model):
    """A file that goes with a message, by name and order; its bytes stand in `MailContent`."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    message = models.ForeignKey(
        MailMessage, on_delete=models.PROTECT, related_name="attachments", db_index=False
    )
    place = models.IntegerField()
    name = models.TextField()
    type = models.TextField()
    content = models.ForeignKey(
        MailContent, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        db_table = "mail_attachment"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "place"], name="mail_attachment_in_order")
        ]

    def __str__(self) -> str:
        return self.name


class MailAttempt(models.Model):
    """One try at sending a message, written before the connection is opened.

    Attributes:
        handed_over_at: the instant just before the server was told that the message is complete;
            until it stands here the server cannot have taken it.
        code: the server's reply code, where it gave one.
        said: the server's own words, or this site's where it never came to a word.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    message = models.ForeignKey(
        MailMessage, on_delete=models.PROTECT, related_name="attempts", db_index=False
    )
    number = models.IntegerField()
    began_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(choices=Outcome, default=Outcome.UNDER_WAY, blank=True)
    code = models.IntegerField(null=True)
    said = models.TextField(blank=True)

    class Meta:
        db_table = "mail_attempt"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "number"], name="mail_attempt_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.message_id} try {self.number}: {self.outcome or 'under way'}"
