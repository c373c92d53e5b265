"""What holds on a day: rows that carry ``from_date`` and ``to_date``.

Both days are included, and an empty one is open: no ``from_date`` means "since before anyone
wrote it down", no ``to_date`` means "still".
"""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q


def holds_on(day: date, prefix: str = "") -> Q:
    """Return the condition that a row, or the one that ``prefix`` leads to, holds on this day.

    Args:
        day: a London day.
        prefix: the way to the row, as in ``"body__"``; empty for the row itself.
    """
    begun = Q(**{f"{prefix}from_date__isnull": True}) | Q(**{f"{prefix}from_date__lte": day})
    not_ended = Q(**{f"{prefix}to_date__isnull": True}) | Q(**{f"{prefix}to_date__gte": day})
    return begun & not_ended


def is_effective(day: date, from_date: date | None, to_date: date | None) -> bool:
    """Return whether a row with these two dates holds on this day."""
    return (from_date is None or from_date <= day) and (to_date is None or day <= to_date)


def ends_after_it_begins(table: str) -> models.CheckConstraint:
    """Return the constraint that a row's last day is not before its first."""
    return models.CheckConstraint(
        condition=Q(from_date__isnull=True)
        | Q(to_date__isnull=True)
        | Q(to_date__gte=F("from_date")),
        name=f"{table}_ends_after_it_begins",
    )


class EffectiveQuerySet(models.QuerySet[Any]):
    """A query over rows that hold from one day to another."""

    def on(self, day: date) -> Self:
        """Return the rows that hold on this day."""
        return self.filter(holds_on(day))
