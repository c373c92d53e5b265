"""Columns that the tables of cases have in common."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from candour.bodies.models import Body

NO_DATE = datetime(9999, 12, 31, tzinfo=UTC)  # where a duty sorts that nobody can date

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class CanonicalJson(_Text):
    """JSON kept letter for letter as it was hashed.

    PostgreSQL's `jsonb` writes numbers and the order of keys its own way; `json` keeps the text.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002  # Django's signature
        """Return the type that keeps the text."""
        return "json"

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:  # noqa: ANN401, ARG002  # Django's signature
        """Return the SQL that reads the text, and not what it means."""
        return f"{sql}::text", params


def drawn_body(*, indexed: bool = False) -> "models.ForeignKey[Body, Body]":
    """Return the column that names the leading body in a table drawn from the log.

    Its case has it checked already, so the database need not check it at every row.
    """
    return models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", db_index=indexed, db_constraint=False
    )
