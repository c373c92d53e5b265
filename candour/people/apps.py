"""Registers the room with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people who work here: their roles and what each may see."""

    name = "candour.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
