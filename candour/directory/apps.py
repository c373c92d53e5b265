"""Registers the room with Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The directory as registers publish it."""

    name = "candour.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
