"""Registers the room with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What other programs may read, and the tokens by which they do."""

    name = "candour.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
