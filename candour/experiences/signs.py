"""The tables of safeguarding signs: what in somebody's words has to be looked at by a person.

Signs decide nothing. They put an experience on top of a list; whoever looks says whether it is a
concern, and why.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candour.bodies.models import Body
from candour.people.models import User

USUAL_PERIOD = "same day"


class SignState(models.TextChoices):
    """What somebody who looked said."""

    WAITING = "waiting", "Nobody has looked yet"
    CONCERN = "concern", "It is a safeguarding concern"
    NO_CONCERN = "no_concern", "It is not"


class RaisedBy(models.TextChoices):
    """Who put it on the list."""

    RULES = "rules", "The words themselves"
    TELLER = "teller", "Whoever told us: somebody is in danger"
    PERSON = "person", "Somebody who read it"


class ExperienceSign(models.Model):
    """That one experience is to be looked at for somebody's safety, and what came of it.

    Attributes:
        sorts: what sorts of signs, the gravest first (`candour.safeguarding.Sort`).
        found: the words that are signs, each as ``{"sort", "words"}``, in order: why it is here.
        past: every sign speaks of what is long over.
        raised_at: when it came on the list.
        look_by: by when somebody has to have looked.
        state: what was said last; `SafeguardingLook` keeps who said what, and why.
        told_at: when those who look were told by mail that it came in.
        escalated_at: when it was taken further up because nobody had looked.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    experience = models.OneToOneField(
        "experiences.Experience", on_delete=models.PROTECT, related_name="sign"
    )
    sorts = ArrayField(models.TextField())
    found = models.JSONField(default=list)
    past = models.BooleanField(default=False)
    raised_by = models.TextField(choices=RaisedBy, default=RaisedBy.RULES)
    raised_at = models.DateTimeField()
    look_by = models.DateTimeField()
    state = models.TextField(choices=SignState, default=SignState.WAITING)
    told_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "experience_sign"
        indexes: ClassVar = [
            models.Index(
                fields=["body", "past", "raised_at"],
                name="experience_sign_waiting",
                condition=Q(state="waiting"),
            ),
            models.Index(
                fields=["look_by"],
                name="experience_sign_unseen",
                condition=Q(state="waiting", escalated_at__isnull=True),
            ),
            models.Index(
                fields=["body"],
                name="experience_sign_untold",
                condition=Q(state="waiting", told_at__isnull=True, escalated_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.experience_id}: {', '.join(self.sorts)} ({self.state})"


class SafeguardingLook(models.Model):
    """What somebody who looked said, and why: added, never changed."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    sign = models.ForeignKey(ExperienceSign, on_delete=models.PROTECT, related_name="looks")
    state = models.TextField(choices=SignState)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "safeguarding_look"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="safeguarding_look_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.sign_id}: {self.state}"


class SafeguardingWatch(models.Model):
    """Who of a body looks at safeguarding signs, and by when; a body without one has the usual.

    Attributes:
        role: the post whose holders look; empty for everybody who holds one at the body.
        period: by when, in the words of a clock: “same day”, “4 hours after”.
    """

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="+", primary_key=True)
    role = models.TextField(blank=True)
    period = models.TextField(default=USUAL_PERIOD)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "safeguarding_watch"

    def __str__(self) -> str:
        return f"{self.body_id}: {self.role or 'everybody'}, {self.period}"
