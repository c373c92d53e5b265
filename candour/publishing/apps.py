"""Registers the room with Django."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Registers that a body publishes, line by line, as somebody there decides."""

    name = "candour.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the logs of cases: what may not be public any more is taken down at once."""
        from candour.cases.following import follow_with  # noqa: PLC0415  # needs Django set up
        from candour.publishing.falling import (  # noqa: PLC0415  # the same
            take_down_what_fell,
        )

        follow_with(take_down_what_fell)
