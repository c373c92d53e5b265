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
from candour.directory import refused
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


def merged_into_sql(place: str) -> str:
    """Return the SQL of the rows merged into a service whose name holds some words.

    Args:
        place: where the words go, as a parameter of the query that it stands in.
    """
    named = " OR ".join(
        f"strpos(lower(k.{name}), lower({place})) > 0" for name in ("name", "name_cy")
    )
    return f"""
        WITH RECURSIVE named (id) AS (
            SELECT m.merged_id FROM directory_merge m JOIN bodies_service k ON k.id = m.kept_id
            WHERE m.undone_at IS NULL AND ({named})
            UNION
            SELECT m.merged_id FROM named JOIN directory_merge m
                ON m.kept_id = named.id AND m.undone_at IS NULL
        ) SELECT id FROM named"""  # noqa: S608  # our own pieces


def merged_into(words: str) -> RawSQL:
    """Return, for a query, the rows merged into a service whose name holds these words.

    Whoever looks for something about a service by its name finds what is about those as well:
    ``filter(Q(service__name__icontains=words) | Q(service__in=merged_into(words)))``.
    """
    return RawSQL(merged_into_sql("%s"), [words, words])  # noqa: S611  # parameters


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
        raise refused.into_itself()
    if not reason.strip():
        raise refused.why_one()
    with transaction.atomic():
        locked = Service.objects.select_for_update(of=("self",)).order_by("pk")
        names = dict(locked.filter(pk__in=[merged, kept]).values_list("pk", "name"))
        if len(names) != 2:
            raise refused.one_missing()
        gone = Merge.objects.filter(merged__in=[merged, kept], undone_at=None).first()
        if gone is not None:
            raise refused.merged_already(names[gone.merged_id])
        try:
            made = Merge.objects.create(
                merged_id=merged, kept_id=kept, reason=reason.strip(), at=as_of, by=by
            )
        except IntegrityError as error:
            raise refused.merged_just_now() from error
        _tell(merged, What.MERGED, names[kept], kept, by, as_of)
    return made


def part(number: int, *, because: str, by: User, as_of: datetime) -> Merge:
    """Undo a merge: both rows stand for themselves again, and the merge stays to be read.

    Raises:
        MergeRefusedError: there is none such, it was undone already, or nobody said why.
    """
    if not because.strip():
        raise refused.why_two()
    with transaction.atomic():
        found = Merge.objects.select_for_update(of=("self",)).select_related("kept")
        made = found.filter(pk=number, undone_at=None).first()
        if made is None:
            raise refused.undone_already()
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
        raise refused.not_two()
    NotDuplicates.objects.get_or_create(
        one_id=lower, other_id=higher, defaults={"at": as_of, "by": by}
    )


def _tell(service: int, what: What, name: str, kept: int, by: User, as_of: datetime) -> None:
    Change.objects.create(
        service_id=service, what=what, field="service", after=f"{name} ({kept})", at=as_of, by=by
    )
