"""Registers the room with Django."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Registers that a body publishes, line by line, as somebody there decides."""

    name = "candour.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"
