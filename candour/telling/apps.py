"""Registers the room with Django."""

from django.apps import AppConfig


class TellingConfig(AppConfig):
    """Experiences told by the public, on a page or on paper, and the receipts for them."""

    name = "candour.telling"
    label = "telling"
    default_auto_field = "django.db.models.BigAutoField"
