"""Who signs in, and the posts they hold."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from candour.bodies.effective import EffectiveQuerySet, ends_after_it_begins
from candour.bodies.models import Body


class Language(models.TextChoices):
    """The language a person is spoken to in."""

    ENGLISH = "en", "English"
    WELSH = "cy", "Cymraeg"


class User(AbstractUser):
    """A person who may sign in. What they may do comes from the posts they hold, not from here."""

    NAMES = ("display_name", "first_name", "last_name", "username")

    display_name = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name shown to others: the display name, else the full name, else the sign-in."""
        return self.display_name or self.get_full_name() or self.get_username()


class Post(models.Model):
    """A role that a person holds at a body from one day to another.

    ``role`` is the id that procedures use for a role ("lead_officer", "chair"); ``title`` is what
    the post is called at that body.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    role = models.TextField()
    title = models.TextField(blank=True)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [ends_after_it_begins("post")]

    def __str__(self) -> str:
        return f"{self.title or self.role}, {self.body}"
