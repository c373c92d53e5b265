"""Documents fixed to be signed, who is asked to sign them, and what came of it.

Rows are added and never changed: the rules that hold against everybody stand in the migrations. How
far a request has come is read from its events (`candour.signing.queries`).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.bodies.models import Body
from candour.cases.columns import CanonicalJson
from candour.cases.models import Case
from candour.people.models import User


def _case() -> "models.ForeignKey[Case, Case]":
    return models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)


def _body() -> "models.ForeignKey[Body, Body]":
    return models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)


def _person(*, null: bool = False) -> "models.ForeignKey[User, User]":
    return models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=null, db_index=False
    )


class FixedDocument(models.Model):
    """A document as it stands when signatures are asked for, for good.

    Attributes:
        record: which of the procedure's records it is; empty for anything else.
        sort, sort_cy: what kind of document it is, in both languages; the public may know.
        audience: whom its content is for, as of a template.
        sealed: everything about it, in canonical JSON: content, facts, what the entry will say.
        seal: the SHA-256 of `sealed` in hexadecimal; entries in the log carry it.
        code: the start of the code at the foot of its pages (`candour.documents.codes`).
        pdf: the file that is shown, and `pdf_hash` its SHA-256 in hexadecimal.
    """

    id = models.UUIDField(primary_key=True)
    case = _case()
    body = _body()
    record = models.TextField(blank=True)
    sort = models.TextField()
    sort_cy = models.TextField()
    audience = models.TextField()
    language = models.TextField()
    sealed = CanonicalJson()
    seal = models.TextField()
    code = models.TextField()
    pdf = models.BinaryField()
    pdf_hash = models.TextField()
    made_at = models.DateTimeField()
    made_by = _person()

    class Meta:
        db_table = "signing_document"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seal"], name="signing_document_seal_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["code"], name="signing_document_code"),
            models.Index(fields=["pdf_hash"], name="signing_document_file"),
            models.Index(fields=["case", "-made_at"], name="signing_document_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.sort}"


class Request(models.Model):
    """Somebody asked that a document be signed; its id is that of the entry `signatures_asked`.

    Attributes:
        data: what the entries of the signatures say besides who signs.
    """

    id = models.UUIDField(primary_key=True)
    document = models.OneToOneField(FixedDocument, on_delete=models.PROTECT, related_name="request")
    case = _case()
    data = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    asked_by = _person()

    class Meta:
        db_table = "signing_request"
        indexes: ClassVar = [
            models.Index(fields=["case", "-asked_at"], name="signing_request_of_case")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.id}"


class Signatory(models.Model):
    """One who is asked to sign: a person with an account in a role, or somebody from outside.

    Attributes:
        place: their turn, from 1 on.
        post: for whom they sign, in words.
        user, role: the account that signs, and in which role; None and empty for an outsider.
        email: where an outsider's link goes; empty for an account.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="signatories")
    case = _case()
    place = models.IntegerField()
    name = models.TextField()
    post = models.TextField(blank=True)
    user = _person(null=True)
    role = models.TextField(blank=True)
    email = models.TextField(blank=True)
    language = models.TextField(default="en")

    class Meta:
        db_table = "signing_signatory"
        ordering: ClassVar = ["place"]
        indexes: ClassVar = [
            models.Index(
                fields=["user"],
                name="signing_signatory_account",
                condition=Q(user__isnull=False),
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "place"], name="signing_signatory_in_order"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | (Q(user__isnull=True) & ~Q(email="")),
                name="signing_signatory_is_reached_one_way",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def outside(self) -> bool:
        """Whether they have no account here and sign by link."""
        return self.user_id is None


class Link(models.Model):
    """A one-time link for one outsider: the hash of its token, and until when it opens.

    Only the newest link of a signatory opens anything.

    Attributes:
        nonce: what the token is made from as the mail leaves (`candour.mail.one_time`).
    """

    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="links")
    case = _case()
    body = _body()
    nonce = models.BinaryField(default=b"")
    token_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    made_by = _person(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "signing_link"

    def __str__(self) -> str:
        return f"{self.signatory_id} until {self.expires_at:%Y-%m-%d}"


class What(models.TextChoices):
    """What may happen to a request for signatures."""

    SIGNED = "signed", "Signed"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REVOKED = "revoked", "Link revoked"


class Event(models.Model):
    """Something that happened to a request: added once.

    Attributes:
        entry: the entry of the log that says so; None where a link was revoked.
        name: the name as it was typed, or of whoever withdrew or revoked.
        words: the statement of intent, or the reason.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="events")
    case = _case()
    signatory = models.ForeignKey(
        Signatory, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    link = models.ForeignKey(
        Link, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    what = models.TextField(choices=What)
    at = models.DateTimeField()
    by = _person(null=True)
    name = models.TextField()
    words = models.TextField(blank=True)
    entry = models.UUIDField(null=True)

    class Meta:
        db_table = "signing_event"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["signatory"],
                condition=Q(what__in=["signed", "declined"]),
                name="signing_event_answered_once",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(what__in=["declined", "withdrawn"]),
                name="signing_event_ended_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.what} {self.name}"


class SignedCopy(models.Model):
    """The document with every signature under it, made when the last had signed."""

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="copy")
    case = _case()
    pdf = models.BinaryField()
    pdf_hash = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "signing_copy"
        indexes: ClassVar = [models.Index(fields=["pdf_hash"], name="signing_copy_file")]

    def __str__(self) -> str:
        return str(self.request_id)
