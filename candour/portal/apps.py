"""Registers the room with Django, and what the mail that carries a link needs of it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """People outside, who come by a one-time link."""

    name = "candour.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let links be completed as they leave, and be sent again to their own address alone."""
        from candour.mail import one_time, rerouting  # noqa: PLC0415  # needs Django set up
        from candour.portal import again, tokens  # noqa: PLC0415  # needs Django set up

        one_time.register(tokens.KEY, tokens.kept_of)
        rerouting.register(tokens.KEY, again.bar_to_invitation_again)
