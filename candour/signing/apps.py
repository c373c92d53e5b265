"""Registers the room with Django, and its documents among those that strangers may verify."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    """Documents fixed to be signed, the signatures on them, and what is known of a sealed file."""

    name = "candour.signing"
    label = "signing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let sealed documents be looked up."""
        from candour.mail import one_time, rerouting  # noqa: PLC0415  # needs Django set up
        from candour.signing import again, lookup, sealed, tokens  # noqa: PLC0415  # needs Django set up

        one_time.register(tokens.KEY, tokens.kept_of)
        rerouting.register("signing/", again.bar_to_call_again)
        sealed.register("signing", lookup.signed_document)
        sealed.register("letters", lookup.sent_letter)
