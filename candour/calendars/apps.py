"""Registers the room with Django."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Meetings and duties in people's own calendars."""

    name = "candour.calendars"
    label = "calendars"
    default_auto_field = "django.db.models.BigAutoField"
