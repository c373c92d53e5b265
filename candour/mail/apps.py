"""Registers the room with Django."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """What is to be sent by mail, and what came back."""

    name = "candour.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
