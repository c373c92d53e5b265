"""Registers the room with Django."""

from importlib import import_module

from django.apps import AppConfig

from candour.mail.reading import hearing
from candour.sealing.consents import register


class TellingConfig(AppConfig):
    """Experiences told by the public, on a page or on paper, and the receipts for them."""

    name = "candour.telling"
    label = "telling"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what people agreed to, to the room that has their names sealed; hear their mail."""
        register(import_module("candour.telling.agreed").agreed)
        hearing.register(import_module("candour.telling.actions.by_mail").hear)
