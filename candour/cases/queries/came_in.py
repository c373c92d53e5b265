"""What came in lately, and rounds of ratings that wait: read from the logs themselves, by index."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from candour.cases.models import CAME_IN, CaseEntry
from candour.engine.vocabulary.ratings import CALLED, OPENED, SEALED

LATELY: Final = timedelta(days=7)
OPEN_AT_MOST: Final = timedelta(days=60)  # a round left longer than this has been given up


def came_in(bodies: Collection[int], person: int, as_of: datetime) -> "QuerySet[CaseEntry]":
    """Return what others recorded in the cases of these bodies in the last week, newest first.

    Only what reached the body is of the kinds in `CAME_IN`: a concern, evidence, an answer.
    """
    return (
        CaseEntry.objects.filter(
            kind__in=CAME_IN, recorded_at__gt=as_of - LATELY, case__body__in=bodies
        )
        .exclude(author=person)
        .order_by("-recorded_at")
    )


def rounds_waiting(person: int, as_of: datetime) -> "QuerySet[CaseEntry]":
    """Return the calls for ratings that still take them and that this person has not answered.

    `rated` is how many others have.
    """
    after = CaseEntry.objects.filter(case=OuterRef("case"), seq__gt=OuterRef("seq"))
    over = after.filter(kind__in=(OPENED, CALLED))
    answered = after.filter(kind=SEALED, author=person)
    rated = after.filter(kind=SEALED).order_by().values("case")
    return CaseEntry.objects.filter(
        ~Q(Exists(over)),
        ~Q(Exists(answered)),
        kind=CALLED,
        happened_at__gt=as_of - OPEN_AT_MOST,
        case__closed_at=None,
    ).annotate(rated=Subquery(rated.annotate(n=Count("author", distinct=True)).values("n")))
