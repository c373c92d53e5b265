"""Registers the room with Django."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Documents and pictures filed in cases."""

    name = "candour.attachments"
    label = "attachments"
    default_auto_field = "django.db.models.BigAutoField"
