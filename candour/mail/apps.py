"""Registers the room with Django."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class MailConfig(AppConfig):
    """What is to be sent by mail, and what came back."""

    name = "candour.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to a provider’s hooks, where mail leaves by one."""
        if settings.EMAIL_BACKEND.startswith("anymail."):
            import_module("candour.mail.reading.provider")
