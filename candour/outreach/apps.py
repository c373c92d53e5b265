"""Registers the room with Django."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Campaigns and engagements, and who is heard against the population of the area."""

    name = "candour.outreach"
    label = "outreach"
    default_auto_field = "django.db.models.BigAutoField"
