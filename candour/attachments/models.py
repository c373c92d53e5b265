"""Documents and pictures filed in cases: what proves each, and where its bytes lie.

Rows are added and never changed; what a document is called and whom it is for stands in its entry
(`candour.engine.vocabulary.filing`), which has the same id.
"""

from typing import ClassVar

from django.db import models

from candour.bodies.models import Body
from candour.cases.models import Case
from candour.people.models import User


class FiledDocument(models.Model):
    """One file in one case.

    Attributes:
        id: that of its entry `document_filed`.
        body: the body that filed it.
        name: what it was called where it came from, made safe to show.
        media_type: by its content.
        sha256: its hash in hexadecimal.
        holds_place: it is a picture that says where it was taken.
        stored_as: the name that its bytes lie under in the store.
        kept_by: who filed it; None for somebody from outside.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.TextField()
    holds_place = models.BooleanField(default=False)
    stored_as = models.TextField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "filed_document"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stored_as"], name="filed_document_stored_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-kept_at"], name="filed_document_of_case"),
            models.Index(fields=["sha256"], name="filed_document_file"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.name}"
