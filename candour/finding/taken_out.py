"""Reading who took out which tables of a body, newest first, a page at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from candour.engine.london import end_of, start_of
from candour.finding.models import TableTaken

PAGE = 50


@dataclass(frozen=True, slots=True)
class TakenAsked:
    """What the list is narrowed to: words of a person's name or of a table, and London days."""

    words: str = ""
    since: date | None = None
    until: date | None = None
    after: int | None = None


def taken_from(
    bodies: Collection[int], asked: TakenAsked, *, size: int = PAGE
) -> tuple[list[TableTaken], int | None]:
    """Return what was taken out of these bodies' tables, and after which number the next page is.

    One query; a page is found by the number of its first row, so none repeats while others are
    added.
    """
    found = TableTaken.objects.filter(body__in=bodies).select_related("person", "body")
    if asked.words:
        by_name = Q(person__display_name__icontains=asked.words)
        found = found.filter(
            by_name | Q(person__username__icontains=asked.words) | Q(name__icontains=asked.words)
        )
    if asked.since is not None:
        found = found.filter(taken_at__gte=start_of(asked.since))
    if asked.until is not None:
        found = found.filter(taken_at__lt=end_of(asked.until))
    if asked.after is not None:
        found = found.filter(pk__lt=asked.after)
    rows = list(found.order_by("-pk")[: size + 1])
    more = len(rows) > size
    return rows[:size], rows[size - 1].pk if more else None
