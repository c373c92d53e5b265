"""Keeping the directory: what changes holds from a day on, and what was before stays as it was.

A row is never overwritten by what comes after it: the earlier row ends, a new one begins. Only a
slip is put right in place. Whatever is done is written down as a change, with the row before and
after it, in the transaction that does it.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import models, transaction

from candour.bodies import keeping_refused as refused
from candour.bodies.checks import check
from candour.bodies.handing_on import Step, holders, steps_by_body
from candour.bodies.models import (
    Area,
    AreaWithin,
    Body,
    BodyFunction,
    Closure,
    Contact,
    DirectoryChange,
    GroupMember,
    ServiceArea,
    Succession,
)

Dated = TypeVar("Dated", bound=BodyFunction | Contact | ServiceArea | AreaWithin | GroupMember)
Row = BodyFunction | Contact | ServiceArea | AreaWithin | GroupMember | Succession | Closure
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who changes the directory, and when: a person at a body, or a command (without either)."""

    name: str
    at: datetime
    person: int | None = None
    body: int | None = None


@transaction.atomic
def add(row: Row, by: Keeper, *, reason: str = "") -> None:
    """Keep a new row, from its first day on.

    Raises:
        KeepingError: it contradicts what is kept already; the words say what, and what to do.
    """
    check(row)
    row.save()
    _write_down(row, by, {}, reason)


@transaction.atomic
def begin(what: Body | Area, by: Keeper, *, reason: str = "") -> None:
    """Keep a new body or area.

    Raises:
        IntegrityError: its short name or code is taken.
    """
    what.save()
    about = {"body": what} if isinstance(what, Body) else {"area": what}
    DirectoryChange.objects.create(
        at=by.at,
        by_name=by.name,
        by_person=by.person,
        by_body=by.body,
        what="body" if isinstance(what, Body) else "area",
        row=what.pk,
        after=told(what),
        reason=reason,
        **about,
    )


@transaction.atomic
def change(
    row: Dated, by: Keeper, *, from_day: date, values: Mapping[str, Any], reason: str = ""
) -> Dated:
    """Let a row hold otherwise from a day on, and return the row that does: the former one ends.

    On the very day on which the row begins there is nothing before to keep, so it is put right.

    Args:
        row: the row as it is kept.
        by: who changes it.
        from_day: the first London day on which it is otherwise.
        values: what is otherwise, by column.
        reason: why, in the keeper's words.

    Raises:
        KeepingError: the row has ended by then, begins later, or has been changed already.
    """
    if row.from_date == from_day:
        put_right(row, by, values=values, reason=reason)
        return row
    _refuse_wrong_end(row, from_day)
    if isinstance(row, Contact) and Contact.objects.filter(replaces=row).exists():
        raise refused.changed_already()
    new = copy(row)
    new.pk, new._state = None, models.base.ModelState()  # noqa: SLF001  # Django's way to copy a row
    if isinstance(new, Contact):
        new.replaces_id = row.pk
    for name, value in {**values, "from_date": from_day}.items():
        setattr(new, name, value)
    end(row, by, last_day=from_day - A_DAY, reason=reason)
    add(new, by, reason=reason)
    return new


@transaction.atomic
def put_right(row: Row, by: Keeper, *, values: Mapping[str, Any], reason: str = "") -> None:
    """Put right what was typed wrong, as if it had been right from the first.

    Raises:
        KeepingError: what it would be contradicts what is kept already.
    """
    before = told(row)
    for name, value in values.items():
        setattr(row, name, value)
    check(row)
    row.save()
    _write_down(row, by, before, reason)


@transaction.atomic
def end(row: Dated, by: Keeper, *, last_day: date, reason: str = "") -> None:
    """End a row: it holds until this day, which is its last.

    Raises:
        KeepingError: it has ended before, or begins after that day.
    """
    _refuse_wrong_end(row, last_day + A_DAY)
    before = told(row)
    row.to_date = last_day
    row.save(update_fields=["to_date"])
    _write_down(row, by, before, reason)


@transaction.atomic
def take_back(row: Succession | Closure, by: Keeper, *, reason: str = "") -> None:
    """Take back a closure or a succession that is not so; that it was kept stays written down."""
    before, number = told(row), row.pk
    _write_down(row, by, before, reason, after={})
    type(row).objects.filter(pk=number).delete()


@transaction.atomic
def hand_on(succession: Succession, by: Keeper, *, reason: str = "") -> None:
    """Let a body take a function over from a day on, for the areas and people of the one before.

    The rows of the one before end on the day before; the successor gets rows of its own, unless it
    keeps some for the function already: then those say where.

    Raises:
        KeepingError: the same is kept already, or the function would go round in a circle.
    """
    function, on = succession.function, succession.on
    kept = list(Succession.objects.filter(function=function))
    steps = [Step(one.predecessor_id, one.successor_id, one.on) for one in (*kept, succession)]
    if any(_is_same(one, succession) for one in kept):
        raise refused.succession_kept()
    if not holders(succession.predecessor_id, steps_by_body(steps), max(step.on for step in steps)):
        raise refused.in_a_circle(str(succession.successor))
    add(succession, by, reason=reason)
    own = BodyFunction.objects.filter(body=succession.successor, function=function)
    has_own = own.exclude(to_date__lt=on).exists()
    held = BodyFunction.objects.filter(body=succession.predecessor, function=function)
    for row in held.exclude(to_date__lt=on - A_DAY).exclude(from_date__gte=on):
        if row.to_date is None or row.to_date >= on:
            end(row, by, last_day=on - A_DAY, reason=reason)
        if not has_own:
            add(_of_successor(row, succession.successor, on), by, reason=reason)


def _is_same(one: Succession, other: Succession) -> bool:
    return (one.predecessor_id, one.successor_id, one.on) == (
        other.predecessor_id,
        other.successor_id,
        other.on,
    )


def _of_successor(row: BodyFunction, successor: Body, on: date) -> BodyFunction:
    return BodyFunction(
        body=successor,
        function=row.function,
        area=row.area,
        place_id=row.place_id,
        service_id=row.service_id,
        people=row.people,
        from_date=on,
    )


def _refuse_wrong_end(
    row: BodyFunction | Contact | ServiceArea | AreaWithin | GroupMember, day_after: date
) -> None:
    """Refuse to end a row before it begins, or once more after it has ended."""
    if row.from_date is not None and day_after <= row.from_date:
        raise refused.begins_later(row.from_date)
    if row.to_date is not None and row.to_date < day_after - A_DAY:
        raise refused.ended_already(row.to_date)


def told(row: Row | Body | Area) -> dict[str, Any]:
    """Return a row as a change tells it: its columns, what they lead to by name."""
    found: dict[str, Any] = {}
    for column in row._meta.concrete_fields:  # noqa: SLF001  # Django's public way to its columns
        value = getattr(row, column.name)
        if column.primary_key or value in (None, ""):
            continue
        plain = isinstance(value, str | int | bool)
        dated = isinstance(value, date)
        found[column.name] = value if plain else value.isoformat() if dated else str(value)
    return found


def _write_down(
    row: Row,
    by: Keeper,
    before: Mapping[str, Any],
    reason: str,
    after: Mapping[str, Any] | None = None,
) -> None:
    about = {
        "body_id": getattr(row, "body_id", None) or getattr(row, "predecessor_id", None),
        "service_id": getattr(row, "service_id", None),
        "area_id": getattr(row, "area_id", None) or getattr(row, "place_id", None),
        "group_id": getattr(row, "group_id", None),
    }
    DirectoryChange.objects.create(
        at=by.at,
        by_name=by.name,
        by_person=by.person,
        by_body=by.body,
        what=row._meta.model_name or "",  # noqa: SLF001  # the public name of its table
        row=row.pk,
        before=dict(before),
        after=told(row) if after is None else dict(after),
        reason=reason,
        **about,
    )
