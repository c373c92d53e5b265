"""Registers the room with Django."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    """Search over cases, services, people and documents; filters kept; tables taken out."""

    name = "candour.finding"
    label = "finding"
    default_auto_field = "django.db.models.BigAutoField"
