"""Lists that people come back to, and tables that left the site as files.

Both are closed by row security: a kept filter to all but its person, what was taken out to all but
the body whose rows it held. What was taken out is added and never changed.
"""

from typing import ClassVar

from django.db import models

from candour.bodies.models import Body
from candour.people.models import User

LONGEST_NAME = 80


class KeptFilter(models.Model):
    """A list as somebody narrowed it, under a name of their own.

    Attributes:
        page: the name of the list's address, such as "worklist".
        query: what the list was narrowed to, as its address says it; the place in it left out.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    page = models.TextField()
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.TextField(blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "finding_filter"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "page", "name"], name="finding_filter_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.page})"


class Format(models.TextChoices):
    """What kind of file a table leaves as."""

    XLSX = "xlsx", "Excel"
    CSV = "csv", "CSV"


class TableTaken(models.Model):
    """A table that somebody took out as a file: one row for each body they worked for then.

    Attributes:
        name: which table, as its file is called.
        asked: the address that it was asked for at, with what it was narrowed to.
        rows: how many rows it held.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.TextField()
    asked = models.TextField()
    format = models.TextField(choices=Format)
    rows = models.PositiveIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "finding_taken"
        indexes: ClassVar = [
            models.Index(fields=["body", "-taken_at", "-id"], name="finding_taken_newest")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.taken_at:%d %B %Y}"
