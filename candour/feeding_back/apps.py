"""Registers the room with Django."""

from django.apps import AppConfig


class FeedingBackConfig(AppConfig):
    """Anonymised digests to organisations, and their answers."""

    name = "candour.feeding_back"
    label = "feeding_back"
    default_auto_field = "django.db.models.BigAutoField"
