"""Duplicates put together by a person, and parted again: nothing is deleted and nothing is moved.

A merged row points to the one that is kept. Whoever asks what there is about a service asks about
every row that stands for it (`rows_of`), so its cases, experiences and restrictions follow.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from candour.bodies.models import Service
from candour.directory.errors import MergeRefusedError
from candour.directory.models import Change, Merge, NotDuplicates, What
from candour.people.models import User


def rows_of(service: int) -> list[int]:
    """Return the ids of every row that stands for a service: the kept one first. One query.

    Args:
        service: the id of any of them; its own id alone comes back where nothing was merged.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory_rows_of(%s)", [service])
        rows: list[int] = cursor.fetchone()[0]
        return rows


def same_service(service: int) -> RawSQL:
    """Return the same for a query: ``filter(service__in=same_service(number))``. No query more."""
    return RawSQL("SELECT unnest(directory_rows_of(%s))", [service])  # a parameter


def kept_for(service: int) -> int:
    """Return the id of the row that is kept for a service: its own, where it was not merged."""
    return rows_of(service)[0]


def standing(services: QuerySet[Service]) -> QuerySet[Service]:
    """Return those of some services that are not merged into another."""
    return services.exclude(Exists(Merge.objects.filter(merged=OuterRef("pk"), undone_at=None)))


def merges_of(services: Iterable[int]) -> list[Merge]:
    """Return every merge that one of these rows was in, undone ones too, the newest first."""
    wanted = list(services)
    found = Merge.objects.filter(merged__in=wanted) | Merge.objects.filter(kept__in=wanted)
    return list(found.select_related("merged", "kept", "by", "undone_by").order_by("-pk"))


def merge(merged: int, kept: int, *, reason: str, by: User, as_of: datetime) -> Merge:
    """Say that one row stands for the same service as another, which is kept.

    Raises:
        MergeRefusedError: they are one row, one is not there, one was merged already, or nobody
            said why.
    """
    if merged == kept:
        raise MergeRefusedError("A service cannot be merged into itself. Choose two.")
    if not reason.strip():
        raise MergeRefusedError("Say why these are one service: somebody will ask.")
    with transaction.atomic():
        locked = Service.objects.select_for_update(of=("self",)).order_by("pk")
        names = dict(locked.filter(pk__in=[merged, kept]).values_list("pk", "name"))
        if len(names) != 2:
            raise MergeRefusedError("One of these services is not in the directory.")
        gone = Merge.objects.filter(merged__in=[merged, kept], undone_at=None).first()
        if gone is not None:
            raise MergeRefusedError(
                f"{names[gone.merged_id]} was merged into another row already. Merge that one, or "
                "undo the earlier merge first."
            )
        try:
            made = Merge.objects.create(
                merged_id=merged, kept_id=kept, reason=reason.strip(), at=as_of, by=by
            )
        except IntegrityError as error:
            raise MergeRefusedError("Somebody merged this row a moment ago.") from error
        _tell(merged, What.MERGED, names[kept], kept, by, as_of)
    return made


def part(number: int, *, because: str, by: User, as_of: datetime) -> Merge:
    """Undo a merge: both rows stand for themselves again, and the merge stays to be read.

    Raises:
        MergeRefusedError: there is none such, it was undone already, or nobody said why.
    """
    if not because.strip():
        raise MergeRefusedError("Say why they are two services after all: somebody will ask.")
    with transaction.atomic():
        found = Merge.objects.select_for_update(of=("self",)).select_related("kept")
        made = found.filter(pk=number, undone_at=None).first()
        if made is None:
            raise MergeRefusedError("This merge was undone already, or there is none such.")
        made.undone_at, made.undone_by, made.undone_because = as_of, by, because.strip()
        made.save(update_fields=["undone_at", "undone_by", "undone_because"])
        _tell(made.merged_id, What.PARTED, made.kept.name, made.kept_id, by, as_of)
    return made


def tell_apart(one: int, other: int, *, by: User, as_of: datetime) -> None:
    """Say that two rows which look alike are two services, so that nobody is asked again.

    Raises:
        MergeRefusedError: they are one row, or one is not there.
    """
    lower, higher = sorted((one, other))
    if lower == higher or Service.objects.filter(pk__in=[lower, higher]).count() != 2:
        raise MergeRefusedError("Choose two services of the directory.")
    NotDuplicates.objects.get_or_create(
        one_id=lower, other_id=higher, defaults={"at": as_of, "by": by}
    )


def _tell(service: int, what: What, name: str, kept: int, by: User, as_of: datetime) -> None:
    Change.objects.create(
        service_id=service, what=what, field="service", after=f"{name} ({kept})", at=as_of, by=by
    )
