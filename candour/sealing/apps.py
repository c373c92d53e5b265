"""Registers the room with Django."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """Who spoke, sealed."""

    name = "candour.sealing"
    label = "sealing"
    default_auto_field = "django.db.models.BigAutoField"
