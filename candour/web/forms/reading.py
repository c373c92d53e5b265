"""Reads what was typed into the values of an entry's fields, and says what is wrong in plain words.

The engine checks every entry again; what is said here is what a person at a form can act on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from candour.engine.fields import Field, FieldType, blank, is_needed, problems
from candour.web.forms.controls import NO, YES, Typed, first, shape_of, typed_parts
from candour.web.forms.days import UnreadableError, read_day, read_moment, read_time
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form came to: the values of its fields, and what is wrong under each name."""

    data: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def read(fields: Sequence[Field], typed: Typed) -> Reading:
    """Return the values typed for these fields; empty ones are left out."""
    reading = Reading()
    for known in fields:
        try:
            value = _value(known, typed)
        except UnreadableError as error:
            reading.faults[known.name] = _sentence(known, str(error))
            continue
        if not blank(value):
            reading.data[known.name] = value
    _check(fields, reading)
    return reading


def _check(fields: Sequence[Field], reading: Reading) -> None:
    by_name = {known.name: known for known in fields}
    for problem in problems(reading.data, fields):
        if problem.field in reading.faults:
            continue
        known = by_name[problem.field]
        missing = problem.field not in reading.data and is_needed(known, reading.data)
        reading.faults[problem.field] = _missing(known) if missing else problem.message


def _missing(known: Field) -> str:
    """Return the words for a field that was left empty and is needed."""
    if shape_of(known) in ("radios", "checkboxes", "select"):
        return _("%(label)s: choose an answer") % {"label": said(known.label)}
    return _("%(label)s: fill this in") % {"label": said(known.label)}


def _sentence(known: Field, fault: str) -> str:
    return f"{said(known.label)}: {fault}"


def _value(known: Field, typed: Typed) -> Any:  # noqa: ANN401 - typed by its field
    if known.type is FieldType.DATE:
        day = read_day(typed_parts(typed, known.name))
        return day.isoformat() if day else None
    if known.type is FieldType.MOMENT:
        moment = read_moment(typed_parts(typed, known.name))
        return moment.isoformat() if moment else None
    if known.type is FieldType.TIME:
        at = read_time(first(typed, known.name))
        return f"{at:%H:%M}" if at else None
    if known.type is FieldType.CHOICES:
        return [value for value in typed.get(known.name, ()) if value]
    return _READS.get(known.type, words)(first(typed, known.name))


def words(typed: str) -> str:
    """Return text with one kind of line end and nothing blank around it."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def lines(typed: str) -> list[str]:
    """Return the lines of a text that have something in them."""
    return [line.strip() for line in words(typed).split("\n") if line.strip()]


def _whole(typed: str) -> int | str:
    plain = typed.strip().replace(",", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 16 else typed.strip()


def _yes_no(typed: str) -> bool | str:
    return {YES: True, NO: False}.get(typed, typed)


_READS: Mapping[FieldType, Callable[[str], Any]] = {
    FieldType.YES_NO: _yes_no,
    FieldType.LINES: lines,
    FieldType.WHOLE: _whole,
}
