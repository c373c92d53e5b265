"""What surrounds an import: mappings that a body made, files that wait, and imports undone.

They belong to the body, and row security closes them to all others.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from candour.bodies.models import Body
from candour.people.models import User


def _body() -> "models.ForeignKey[Body, Body]":
    return models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)


def _person() -> "models.ForeignKey[User | None, User | None]":
    return models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )


class BodyMapping(models.Model):
    """One version of a mapping that a body made: what the columns of its files mean.

    A version is never changed; the highest one counts.

    Attributes:
        name: what the body calls it.
        version: from 1.
        text: the mapping, written as a mapping file is.
    """

    body = _body()
    name = models.TextField()
    version = models.PositiveIntegerField()
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = _person()

    class Meta:
        db_table = "experience_mapping"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "name", "version"], name="experience_mapping_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class FileState(models.TextChoices):
    """How far a file has come."""

    SETTLING = "settling", "What its columns mean is being settled"
    CHECKING = "checking", "It is being looked through"
    CHECKED = "checked", "It was looked through"
    TAKING = "taking", "It is being taken in"
    TAKEN = "taken", "It was taken in"
    FAILED = "failed", "It could not be taken"


class WaitingFile(models.Model):
    """A file that somebody sent to be taken in. Its content is sealed, and destroyed when it is.

    Attributes:
        pieces: how many sealed pieces its content lies in; 0 once it was destroyed.
        sheet: the sheet that is read; empty for the first, or where there are none.
        mapping: the name of the mapping it is read by, of the body's own or a shipped one.
        stage: what is being done at this moment.
        part: how far that is, from 0 to 1.
        report: what a check found (`ImportReport.to_json`).
        trouble: why it failed, for the person who sent it.
        expires_at: from when on it is destroyed if nobody took it in.
        batch: the import that came of it.
    """

    body = _body()
    sent_by = _person()
    file_name = models.TextField()
    size = models.PositiveBigIntegerField()
    pieces = models.PositiveIntegerField()
    sheet = models.TextField(blank=True)
    mapping = models.TextField(blank=True)
    state = models.TextField(choices=FileState, default=FileState.SETTLING)
    stage = models.TextField(blank=True)
    part = models.FloatField(default=0)
    report = models.JSONField(null=True)
    trouble = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    batch = models.ForeignKey(
        "experiences.Import", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        db_table = "experience_file"
        indexes: ClassVar = [models.Index(fields=["body", "-id"], name="experience_file_newest")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def under_way(self) -> bool:
        """Whether a job works on it, or will."""
        return self.state in {FileState.CHECKING, FileState.TAKING}


class ImportTurn(models.Model):
    """An import undone, or done again after that. Rows are added, and never changed.

    Attributes:
        undone: it was undone; False where it was done again.
        moved: how many experiences were taken out, or put back.
        kept: the experiences that stayed: because a case rests on them, when it was undone;
            because another import had brought them, when it was done again.
    """

    batch = models.ForeignKey("experiences.Import", on_delete=models.PROTECT, related_name="turns")
    body = _body()
    at = models.DateTimeField()
    by = _person()
    undone = models.BooleanField()
    moved = models.PositiveBigIntegerField()
    kept = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        db_table = "experience_import_turn"

    def __str__(self) -> str:
        return f"{self.batch}: {'undone' if self.undone else 'done again'}"
