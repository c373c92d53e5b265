"""Reads of marks: the experiences in which some wait to be checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from candour.experiences.models import Experience, ExperienceMark, MarkState


@dataclass(frozen=True, slots=True)
class ToCheck:
    """An experience with every mark in it, in their order."""

    experience: Experience
    marks: tuple[ExperienceMark, ...]

    @property
    def waiting(self) -> tuple[ExperienceMark, ...]:
        """The marks that nobody has looked at."""
        return tuple(mark for mark in self.marks if mark.state == MarkState.WAITING)


def to_check(body_id: int, *, most: int) -> list[ToCheck]:
    """Return the first experiences of a body in which marks wait, oldest first. Two queries."""
    experiences = list(_concerned(body_id).order_by("pk")[:most])
    found: dict[int, list[ExperienceMark]] = {each.pk: [] for each in experiences}
    for mark in ExperienceMark.objects.filter(experience__in=found).order_by("begin"):
        found[mark.experience_id].append(mark)
    return [ToCheck(each, tuple(found[each.pk])) for each in experiences]


def number_to_check() -> dict[int, int]:
    """Return how many marks wait, by body, of the bodies acted for. One query."""
    found = ExperienceMark.objects.filter(
        state=MarkState.WAITING, experience__out_since__isnull=True
    )
    counted = found.order_by().values("body_id").annotate(number=Count("pk"))
    return dict(counted.values_list("body_id", "number"))


def marks_of(experience: Experience) -> Sequence[ExperienceMark]:
    """Return the marks of one experience in their order, with what was decided. Two queries."""
    found = ExperienceMark.objects.filter(experience=experience).order_by("begin")
    return list(found.prefetch_related("decisions__by"))


def _waiting(body_id: int) -> "QuerySet[ExperienceMark]":
    return ExperienceMark.objects.filter(body_id=body_id, state=MarkState.WAITING)


def _concerned(body_id: int) -> "QuerySet[Experience]":
    waits = _waiting(body_id).filter(experience=OuterRef("pk"))
    return Experience.objects.filter(Exists(waits), body_id=body_id, out_since__isnull=True)
