"""What came in: messages that were read back, what they carried, and where they were filed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.bodies.models import Body
from candour.cases.models import Case
from candour.people.models import User


class Sort(models.TextChoices):
    """What came."""

    REPLY = "reply", "From a person"
    AUTOMATIC = "automatic", "An automatic answer"
    RETURNED = "returned", "A message that came back"


class Place(models.TextChoices):
    """Where it stands."""

    FILED = "filed", "Filed in a case"
    UNFILED = "unfiled", "Waiting to be filed"
    ASIDE = "aside", "Put aside"


class Unfiled(models.TextChoices):
    """Why a message was not filed by itself."""

    FILED = "", "It was"
    UNSIGNED = "unsigned", "It does not say which case it is about"
    FORGED = "forged", "Its address was not made by this site"
    NO_CASE = "no_case", "The case is not here"
    TOO_MANY = "too_many", "Too many came in about this case in a day"
    NOT_TAKEN = "not_taken", "The case could not take it"
    TAKEN_BACK = "taken_back", "What it is about was taken back"


class MailReceived(models.Model):
    """A message that was read back, once, whatever mailbox or hook brought it.

    Attributes:
        body: the body that it was meant for, and that alone may see it.
        digest: what makes it the same message when it is read again.
        about: the message of ours that it answers, or that came back.
        sealed: a member of the public wrote it: its sender is empty here, its words are clean, and
            it is sealed as it came (`candour.mail.reading.letters`).
        voice: the experience that they told, by its number, where they told one.
        case, entry_id: where it was filed.
        filed_by: who filed it, or put it aside, by hand; None for the system.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    digest = models.BinaryField()
    came_at = models.DateTimeField()
    sender_name = models.TextField(blank=True)
    sender_email = models.TextField(blank=True)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    sort = models.TextField(choices=Sort)
    place = models.TextField(choices=Place)
    unfiled = models.TextField(choices=Unfiled, blank=True)
    about = models.ForeignKey(
        "mail.MailMessage", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    sealed = models.BooleanField(default=False)
    voice = models.BigIntegerField(null=True)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    entry_id = models.UUIDField(null=True)
    filed_at = models.DateTimeField(null=True)
    filed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "mail_received"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "digest"], name="mail_received_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["body", "-id"],
                name="mail_received_unfiled",
                condition=Q(place="unfiled"),
            ),
            models.Index(
                fields=["case", "-came_at"],
                name="mail_received_of_case",
                condition=Q(case__isnull=False),
            ),
            models.Index(
                fields=["voice", "-id"],
                name="mail_received_of_voice",
                condition=Q(voice__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender}: {self.subject}"

    @property
    def sender(self) -> str:
        """Who says to have sent it, as a person reads it."""
        if not self.sender_name:
            return self.sender_email
        return f"{self.sender_name} <{self.sender_email}>"


class MailReceivedPart(models.Model):
    """A file that came with a message: kept, or only named, with why it was not kept.

    Attributes:
        type: what its bytes are, not what it claims to be.
        refused: why it was not kept (`candour.mail.reading.sniffing.NotKept`); empty where it was.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    message = models.ForeignKey(
        MailReceived, on_delete=models.PROTECT, related_name="parts", db_index=False
    )
    place = models.IntegerField()
    name = models.TextField()
    type = models.TextField(blank=True)
    size = models.IntegerField()
    refused = models.TextField(blank=True)
    content = models.ForeignKey(
        "mail.MailContent", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "mail_received_part"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "place"], name="mail_received_part_in_order")
        ]

    def __str__(self) -> str:
        return self.name
