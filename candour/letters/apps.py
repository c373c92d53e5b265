"""Registers the room with Django."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """What leaves the building."""

    name = "candour.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"
