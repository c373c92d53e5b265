"""Data keys, what they seal, who may open it, and the log of every opening.

No column here holds anything that tells who somebody is, or a hash of it. Rows of `SealedEvent` and
`CustodyChange` are added and never changed: the migrations hold that against everybody.
"""

from typing import ClassVar

from django.db import models

from candour.bodies.models import Body
from candour.people.models import User


class Purpose(models.TextChoices):
    """What is sealed. Each is encrypted for its purpose and opens for no other."""

    PERSON = "person", "Who somebody is and how to reach them"
    WORDS = "words", "The words as they were given"
    MAIL = "mail", "A message to a member of the public"
    FILE = "file", "A file that waits to be taken in"
    LETTER = "letter", "A message from a member of the public, as it came"


OPENED_BY_PEOPLE = (Purpose.PERSON, Purpose.WORDS, Purpose.LETTER)
OPENED_BY_MACHINE = (Purpose.MAIL, Purpose.FILE)


class What(models.TextChoices):
    """What was done with something sealed."""

    OPENED = "opened", "Opened"
    GIVEN = "given", "Given to somebody else"
    ADDRESSED = "addressed", "A message was addressed with it; nobody saw it"
    DESTROYED = "destroyed", "Destroyed"


def _body() -> "models.ForeignKey[Body, Body]":
    return models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)


def _person(*, null: bool = False) -> "models.ForeignKey[User, User]":
    return models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=null, db_index=False
    )


class DataKey(models.Model):
    """A key of one body, wrapped by a master key that is not in the database.

    Attributes:
        number: counts a body's keys from 1; the highest one seals.
        master: the id of the master key that wraps it.
    """

    body = _body()
    number = models.PositiveIntegerField()
    master = models.TextField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "sealing_key"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "number"], name="sealing_key_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.body_id}/{self.number} under {self.master}"


class SealedIdentity(models.Model):
    """Something sealed: it opens only for its body, its purpose and its context.

    Attributes:
        context: what it belongs to, such as ``experience/123``.
        sealed: a version, a nonce and what AES-256-GCM made of it.
    """

    body = _body()
    purpose = models.TextField(choices=Purpose)
    context = models.TextField()
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        db_table = "sealed_identity"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "purpose", "context"], name="sealed_identity_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.context}"


class CustodyChange(models.Model):
    """A post or grade of a body was named as custodian of what it seals, or is so no more."""

    body = _body()
    role = models.TextField()
    named = models.BooleanField()
    at = models.DateTimeField()
    by = _person()
    reason = models.TextField()

    class Meta:
        db_table = "sealed_custody"
        indexes: ClassVar = [
            models.Index(fields=["body", "role", "-id"], name="sealed_custody_newest")
        ]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.role} {'named' if self.named else 'ended'}"


class SealedEvent(models.Model):
    """Something sealed was opened, given away, used for an address or destroyed.

    Attributes:
        by: who did it; None where a program did, and nobody saw anything.
        role: the post they did it in.
        given_to: with whom it was shared.
        entry: the entry of a case that says so, where there is one.
    """

    body = _body()
    what = models.TextField(choices=What)
    purpose = models.TextField(choices=Purpose)
    context = models.TextField()
    at = models.DateTimeField()
    by = _person(null=True)
    role = models.TextField(blank=True)
    reason = models.TextField()
    given_to = models.TextField(blank=True)
    entry = models.UUIDField(null=True)

    class Meta:
        db_table = "sealed_log"
        indexes: ClassVar = [
            models.Index(fields=["body", "-id"], name="sealed_log_newest"),
            models.Index(fields=["body", "context", "-id"], name="sealed_log_of_context"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.purpose} of {self.context}"
