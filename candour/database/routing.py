"""Which connection does what: one database, seen through three accounts."""

from typing import Any

from django.db.models import Model


class OneDatabase:
    """Reads and writes go through the application's account; only the owner migrates."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:  # noqa: ANN401, ARG002  # Django's signature
        """Return no opinion, so the application's account is used unless a query names another."""
        return None

    def allow_relation(self, first: Model, second: Model, **hints: Any) -> bool:  # noqa: ANN401, ARG002  # Django's signature
        """Return True: every alias is the same database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:  # noqa: ANN401, ARG002  # Django's signature
        """Return True for the owner's connection alone."""
        return db == "owner"
