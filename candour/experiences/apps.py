"""Registers the room with Django."""

from django.apps import AppConfig


class ExperiencesConfig(AppConfig):
    """What people told us about the care they met."""

    name = "candour.experiences"
    label = "experiences"
    default_auto_field = "django.db.models.BigAutoField"
