"""Registers the room with Django."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Meetings and duties in people's own calendars."""

    name = "candour.calendars"
    label = "calendars"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Be asked before an invitation that did not arrive is sent again."""
        from candour.calendars.again import bar_to_invitation_again  # noqa: PLC0415  # needs Django set up
        from candour.mail import rerouting  # noqa: PLC0415  # needs Django set up

        rerouting.register("calendar/", bar_to_invitation_again)
