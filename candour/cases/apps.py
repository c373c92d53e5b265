"""Registers the room with Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The case log and the projections drawn from it."""

    name = "candour.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
