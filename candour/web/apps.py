"""Registers the room with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The screens."""

    name = "candour.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
