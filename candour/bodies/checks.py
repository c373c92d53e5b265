"""What a row of the directory must not contradict before it is kept."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from candour.bodies import keeping_refused as refused
from candour.bodies.areas import areas_near
from candour.bodies.hours_refused import HoursError
from candour.bodies.hours_words import read_hours
from candour.bodies.models import (
    AreaWithin,
    BodyFunction,
    Closure,
    Contact,
    GroupMember,
    ServiceArea,
    Succession,
)

# Two rows that agree in these say the same, so they may not hold at one time.
SAME: dict[type[Any], Sequence[str]] = {
    Contact: ("body_id", "role", "name", "phone", "email"),
    BodyFunction: ("body_id", "function", "place_id", "area", "service_id", "people"),
    ServiceArea: ("service_id", "area_id"),
    AreaWithin: ("area_id", "wider_id"),
    GroupMember: ("group_id", "body_id", "service_id"),
}


def check(
    row: BodyFunction | Contact | ServiceArea | AreaWithin | GroupMember | Succession | Closure,
) -> None:
    """Refuse a row that contradicts itself or what is kept.

    Raises:
        KeepingError: it does; the words say how, and what to do.
    """
    if isinstance(row, Succession):
        if row.predecessor_id == row.successor_id:
            raise refused.to_itself()
        return
    if row.from_date and row.to_date and row.to_date < row.from_date:
        raise refused.ends_before_it_begins()
    if isinstance(row, Contact):
        _check_desk(row)
    if not isinstance(row, Closure):
        _check_overlap(row)
    if isinstance(row, AreaWithin):
        _check_circle(row)


def _check_desk(desk: Contact) -> None:
    if not desk.phone and not desk.email:
        raise refused.unreachable()
    try:
        read_hours(desk.hours)
    except HoursError as error:
        raise refused.KeepingError(error.words, "hours") from error
    seen, at = {desk.pk}, desk.taken_over_by
    while at is not None:
        if at.pk in seen:
            error_of_it = refused.to_itself()
            error_of_it.field = "taken_over_by"
            raise error_of_it
        seen.add(at.pk)
        at = at.taken_over_by


def _check_overlap(row: Contact | BodyFunction | ServiceArea | AreaWithin | GroupMember) -> None:
    alike = {name: getattr(row, name) for name in SAME[type(row)]}
    others = type(row)._default_manager.filter(**alike).exclude(pk=row.pk)  # noqa: SLF001  # Django's public name
    if row.from_date is not None:
        others = others.filter(Q(to_date__isnull=True) | Q(to_date__gte=row.from_date))
    if row.to_date is not None:
        others = others.filter(Q(from_date__isnull=True) | Q(from_date__lte=row.to_date))
    other = others.first()
    if other is not None:
        raise refused.kept_already(f"{_day(other.from_date)} – {_day(other.to_date)}")


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else "…"


def _check_circle(row: AreaWithin) -> None:
    day = row.from_date or date.max
    if any(near.area.pk == row.area_id for near in areas_near(day, areas=[row.wider])):
        raise refused.to_itself()
