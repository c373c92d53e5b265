"""Registers the room with Django."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Organisations, their services and how they change over time."""

    name = "candour.bodies"
    label = "bodies"
    default_auto_field = "django.db.models.BigAutoField"
