"""Registers the room with Django."""

from django.apps import AppConfig


class CodingConfig(AppConfig):
    """Themes of what people told us: the code list, coding, and what is learned from it."""

    name = "candour.coding"
    label = "coding"
    default_auto_field = "django.db.models.BigAutoField"
