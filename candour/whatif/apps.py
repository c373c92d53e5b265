"""Registers the room with Django."""

from django.apps import AppConfig


class WhatIfConfig(AppConfig):
    """What-ifs that somebody asked for on a page, and what came of them."""

    name = "candour.whatif"
    label = "whatif"
    default_auto_field = "django.db.models.BigAutoField"
