"""Invitations of people outside, the links that bring them in, and their visits.

Rows are added and never changed: the rules that hold against everybody stand in the migrations.
What somebody answers is no row here but an entry in the log of the case.
"""

from typing import ClassVar

from django.db import models

from candour.cases.models import Case
from candour.people.models import User


def _case() -> "models.ForeignKey[Case, Case]":
    return models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)


def _person(*, null: bool = False) -> "models.ForeignKey[User, User]":
    return models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=null, db_index=False
    )


class Invitation(models.Model):
    """Somebody outside is asked about entries of a case; its id is that of `outsider_invited`.

    Attributes:
        name, post, organisation: who they are, in words.
        email: where their links go, and nowhere else.
        sort: the kind of recipient they are, by which what they may see is decided.
        asked: the ids of the entries they are shown and asked about.
        plan: they report on the actions of the plan.
        note: words of whoever invited them, shown to them; may be empty.
        until: the instant from which on nothing opens any more.
    """

    id = models.UUIDField(primary_key=True)
    case = _case()
    name = models.TextField()
    post = models.TextField(blank=True)
    organisation = models.TextField()
    email = models.TextField()
    language = models.TextField(default="en")
    sort = models.TextField()
    asked = models.JSONField(default=list)
    plan = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    until = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = _person()

    class Meta:
        db_table = "portal_invitation"
        indexes: ClassVar = [
            models.Index(fields=["case", "-made_at"], name="portal_invitation_of_case")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.who}"

    @property
    def who(self) -> str:
        """Who they are, as the log names them."""
        return ", ".join(part for part in (self.name, self.post, self.organisation) if part)


class InvitationLink(models.Model):
    """A link of an invitation: it opens once, until it expires; only the newest opens at all.

    Attributes:
        nonce: what its token is made from as the mail leaves (`candour.mail.one_time`).
        made_by: who sent it; None where the one invited asked for it.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="links")
    case = _case()
    nonce = models.BinaryField()
    token_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    made_by = _person(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "portal_link"

    def __str__(self) -> str:
        return f"{self.invitation_id} until {self.expires_at:%Y-%m-%d}"


class Visit(models.Model):
    """A link was opened in one browser, which is known by a secret until the visit ends."""

    link = models.OneToOneField(InvitationLink, on_delete=models.PROTECT, related_name="visit")
    case = _case()
    secret_hash = models.BinaryField(unique=True)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "portal_visit"

    def __str__(self) -> str:
        return f"{self.link_id} until {self.ends_at:%Y-%m-%d %H:%M}"


class Leaving(models.Model):
    """Whoever came by a link closed their visit before its time."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="leaving")
    case = _case()
    at = models.DateTimeField()

    class Meta:
        db_table = "portal_leaving"

    def __str__(self) -> str:
        return str(self.visit_id)


class Revocation(models.Model):
    """An invitation was revoked: nothing of it opens any more.

    Attributes:
        entry: the entry of the log that says so.
    """

    invitation = models.OneToOneField(
        Invitation, on_delete=models.PROTECT, related_name="revocation"
    )
    case = _case()
    at = models.DateTimeField()
    by = _person()
    reason = models.TextField()
    entry = models.UUIDField()

    class Meta:
        db_table = "portal_revocation"

    def __str__(self) -> str:
        return str(self.invitation_id)
