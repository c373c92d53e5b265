"""Registers the room with Django."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """Wakes cases when time alone changes something."""

    name = "candour.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"
