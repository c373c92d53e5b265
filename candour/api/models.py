"""Tokens of programs: whose, for which body, what each may read, until when."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from candour.bodies.models import Body
from candour.people.models import User


class Part(models.TextChoices):
    """A part of the API; a token reads the parts that were ticked for it and no other."""

    CASES = "cases", "Cases"
    DUTIES = "duties", "What is due"
    RESTRICTIONS = "restrictions", "Restrictions, and “may we place?”"
    RECOMMENDATIONS = "recommendations", "Recommendations and responses"
    PROCEDURES = "procedures", "Procedures"


class ApiToken(models.Model):
    """A token that a person made for a program: it reads what they may read at one body.

    Attributes:
        name: what the program is, in the person’s words.
        may: the parts that it reads.
        token_hash: all that is kept of the token itself.
        ending: its last four characters, by which people tell tokens apart.
        used_at: when it was last used; `minute` and `asked` count its requests in that minute.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.TextField()
    may = ArrayField(models.TextField(choices=Part))
    token_hash = models.BinaryField()
    ending = models.TextField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    minute = models.DateTimeField(null=True)
    asked = models.IntegerField(default=0)

    class Meta:
        db_table = "api_token"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token_hash"], name="api_token_once"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="api_token_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (…{self.ending})"
