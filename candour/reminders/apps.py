"""Registers the room with Django."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Tells people what is due from them."""

    name = "candour.reminders"
    label = "reminders"
    default_auto_field = "django.db.models.BigAutoField"
