"""Registers the room with Django."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """What leaves the building."""

    name = "candour.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Be asked before a letter that did not arrive is sent again."""
        from candour.letters.again import bar_to_letter_again  # noqa: PLC0415  # needs Django set up
        from candour.mail import rerouting  # noqa: PLC0415  # needs Django set up

        rerouting.register("letter:", bar_to_letter_again)
