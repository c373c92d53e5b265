"""What is kept beside the directory's rows: days of closure, and who changed what."""

from typing import ClassVar

from django.db import models

from candour.bodies.area_models import Area, Group
from candour.bodies.effective import EffectiveQuerySet, ends_after_it_begins


class Closure(models.Model):
    """Days, both included, on which a body's desks are closed whatever their hours say."""

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="closures")
    from_date = models.DateField()
    to_date = models.DateField()
    reason = models.TextField()
    reason_cy = models.TextField("reason in Welsh", blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["from_date"]
        constraints: ClassVar = [ends_after_it_begins("closure")]

    def __str__(self) -> str:
        return f"{self.body}: {self.reason}"

    def reason_in(self, language: str) -> str:
        """Return the reason in this language, in English where no Welsh is kept."""
        return self.reason_cy if language == "cy" and self.reason_cy else self.reason


class DirectoryChange(models.Model):
    """One change of the directory: what, when, by whom and why. Rows are added, never altered.

    `by_name`, `by_person` and `by_body` say who it was then; people are known in a room above this
    one. `before` and `after` are the row as it was and as it became, by column; empty where there
    was none.
    """

    at = models.DateTimeField()
    by_name = models.TextField()
    by_person = models.BigIntegerField(null=True, blank=True)
    by_body = models.BigIntegerField(null=True, blank=True)
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, related_name="changes", null=True, blank=True
    )
    service = models.ForeignKey(
        "bodies.Service", on_delete=models.PROTECT, related_name="changes", null=True, blank=True
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="changes", null=True, blank=True
    )
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, related_name="changes", null=True, blank=True
    )
    what = models.TextField()
    row = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} {self.row}, {self.at:%Y-%m-%d}"
