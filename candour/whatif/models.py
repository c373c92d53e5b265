"""What-ifs that somebody asked for on a page: kept for some days, for the body that asked."""

from typing import ClassVar

from django.db import models

from candour.bodies.models import Body
from candour.people.models import User


class State(models.TextChoices):
    """How far a what-if has come."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class WhatIf(models.Model):
    """A draft held against the open cases that a body may see.

    Attributes:
        instead_of: the procedure whose cases are replayed.
        draft: the name of the shipped procedure that is tried; empty where files were sent.
        version: its version.
        files: the files of a draft that was sent, by name; they are read again by the job.
        as_of: the moment at which the cases are looked at.
        done, of: how many cases were replayed, of how many.
        report: what came of it (`candour.whatif.reports`).
        trouble: why it failed, for the person who asked.
        expires_at: from when on it is no longer shown, and then deleted.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+", db_index=False)
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    instead_of = models.TextField()
    draft = models.TextField(blank=True)
    version = models.TextField(blank=True)
    files = models.JSONField(default=dict, blank=True)
    weeks = models.IntegerField(default=12)
    as_of = models.DateTimeField()
    state = models.TextField(choices=State, default=State.WAITING)
    done = models.IntegerField(default=0)
    of = models.IntegerField(default=0)
    report = models.JSONField(null=True)
    trouble = models.TextField(blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "what_if"
        indexes: ClassVar = [
            models.Index(fields=["body", "instead_of", "-id"], name="what_if_newest")
        ]

    def __str__(self) -> str:
        return f"{self.draft or 'a draft'} in place of {self.instead_of}"

    @property
    def finished(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in {State.DONE, State.FAILED}
