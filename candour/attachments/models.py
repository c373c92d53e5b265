"""Documents and pictures filed in cases: what proves each, where its bytes lie, what it says.

Rows are added and never changed; what a document is called and whom it is for stands in its entry
(`candour.engine.vocabulary.filing`), which has the same id.
"""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F

from candour.bodies.models import Body
from candour.cases.models import Case
from candour.database.text_search import AnswerWords
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


class Outcome(models.TextChoices):
    """What came of reading a document for its words."""

    READ = "read", "Read"
    BEGINNING = "beginning", "Only its beginning was read"
    NOTHING = "nothing", "It holds no words that can be read"
    FAILED = "failed", "It could not be read"


class DocumentReading(models.Model):
    """That a document was read for its words, and which it has; read from its bytes, once.

    Attributes:
        words: of all that was read, for finding it; whom they are for is told by the entry.
    """

    document = models.OneToOneField(
        FiledDocument, on_delete=models.PROTECT, primary_key=True, related_name="reading"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.TextField(choices=Outcome)
    read_at = models.DateTimeField()
    words = SearchVectorField()

    class Meta:
        db_table = "filed_reading"
        indexes: ClassVar = [GinIndex(fields=["words"], name="filed_reading_words")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.outcome}"


class DocumentPiece(models.Model):
    """Some of what a document says, for showing where in it something was found."""

    document = models.ForeignKey(
        FiledDocument, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.IntegerField()
    said = models.TextField()
    words = models.GeneratedField(
        expression=AnswerWords(F("said")), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        db_table = "filed_piece"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "place"], name="filed_piece_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.place}"
