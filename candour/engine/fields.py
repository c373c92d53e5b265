"""Typed fields: what an entry of a kind may carry, and how a value is checked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from candour.engine.errors import ClockError, nearest
from candour.engine.london import local
from candour.engine.words import Words

LONGEST_LINE = 300
LONGEST_TEXT = 50_000
LARGEST_WHOLE = 10**15 - 1
MOST_ITEMS = 1_000  # in a list: names, choices, references
LONGEST_SHOWN = 60  # letters of a wrong value that a message repeats
# A union written in place is made anew at every look, some thousand times a fold.
SEVERAL = (list, tuple)
EMPTY_MAY_BE = (str, list, tuple)


class FieldType(StrEnum):
    """The closed set of field types; forms, schemas and letters are generated from it."""

    LINE = "line"  # one line of text
    TEXT = "text"  # paragraphs
    CHOICE = "choice"  # one option's id
    CHOICES = "choices"  # list of option ids
    YES_NO = "yes_no"  # true or false
    WHOLE = "whole"  # a whole number, 0 or more
    DATE = "date"  # ISO date, a London day
    MOMENT = "moment"  # ISO instant with offset
    TIME = "time"  # HH:MM, London clock time on a day that another field gives
    LINES = "lines"  # list of short texts: names, agencies, attendees
    ROLE = "role"  # id of a role of the procedure
    STEP = "step"  # id of a step of the procedure
    MOVE = "move"  # id of a move of the procedure
    DUTY = "duty"  # id of a duty of the procedure
    CHANGES = "changes"  # field name -> corrected value, for correction_made


@dataclass(frozen=True, slots=True)
class Option:
    """One value a choice may take."""

    id: str
    label: Words


@dataclass(frozen=True, slots=True)
class Needed:
    """A field is needed when another field has one of these values."""

    field: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One typed field of a kind.

    `options` empty on a choice means that the procedure supplies them under `options_list`.
    A field `by_system` is filled in by the system alone: no form asks for it.
    """

    name: str
    type: FieldType
    label: Words
    required: bool = False
    hint: Words | None = None
    options: tuple[Option, ...] = ()
    options_list: str = ""
    needed_when: Needed | None = None
    clauses: tuple[str, ...] = ()
    by_system: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of an entry, in a sentence for the person who filled it in."""

    field: str
    message: str


def text_fault(value: object, longest: int) -> str:
    """Return what keeps a value from being text of at most so many characters, or nothing."""
    if not isinstance(value, str):
        return "must be text"
    if "\x00" in value or not (value.isascii() or _whole_characters(value)):
        return "holds a character that cannot be kept; delete it and type it again"
    if len(value) > longest:
        return f"is {len(value):,} characters long; the most is {longest:,}"
    return ""


def _whole_characters(value: str) -> bool:
    """Whether it has no half of a character, which no file and no database keeps."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(value: object) -> str:
    """Return a wrong value as a message repeats it: short, and writable whatever it is."""
    if isinstance(value, int | float) and abs(value) <= LARGEST_WHOLE:
        value = str(value)
    if not isinstance(value, str):
        return type(value).__name__
    cut = value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"
    return cut.encode(errors="replace").decode()


def _line(value: object, _: Field) -> str:
    if isinstance(value, str) and "\n" in value:
        return "must be one line"
    return text_fault(value, LONGEST_LINE)


def _text(value: object, _: Field) -> str:
    return text_fault(value, LONGEST_TEXT)


def _one_of(value: object, known: Field) -> str:
    for option in known.options:
        if option.id == value:
            return ""
    ids = [option.id for option in known.options]
    shown = _shown(value)
    return f"“{shown}” is not one of: {', '.join(ids)}.{nearest(shown, ids)}"


def _some_of(value: object, known: Field) -> str:
    if not isinstance(value, SEVERAL):
        return "must be a list of choices"
    if len(value) > MOST_ITEMS:
        return _too_many(value)
    return next((fault for item in value if (fault := _one_of(item, known))), "")


def _too_many(items: Sequence[object]) -> str:
    return f"has {len(items):,} items; the most is {MOST_ITEMS:,}"


def _yes_no(value: object, _: Field) -> str:
    return "" if isinstance(value, bool) else "must be yes or no"


def _whole(value: object, _: Field) -> str:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        return "must be a whole number, 0 or more"
    return (
        "" if value <= LARGEST_WHOLE else f"is more than {LARGEST_WHOLE:,}, the most there can be"
    )


def _date(value: object, _: Field) -> str:
    try:
        # Python also reads 20260330 and 2026-W14-1, which nobody else would.
        fits = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        fits = False
    if not fits:
        return "must be a real date written year-month-day, like 2026-03-30"
    return ""


def _time(value: object, _: Field) -> str:
    try:
        fits = isinstance(value, str) and f"{time.fromisoformat(value):%H:%M}" == value
    except ValueError:
        fits = False
    return "" if fits else "must be a time of day written hours:minutes, like 14:30"


def _moment(value: object, _: Field) -> str:
    try:
        local(datetime.fromisoformat(value if isinstance(value, str) else ""))
    except (ValueError, ClockError):
        return "must be a date and time with its offset, like 2026-03-30T14:00+01:00"
    return ""


def _lines(value: object, _: Field) -> str:
    if not isinstance(value, SEVERAL):
        return "must be a list, one to a line"
    if len(value) > MOST_ITEMS:
        return _too_many(value)
    return next((fault for item in value if (fault := text_fault(item, LONGEST_LINE))), "")


def _changes(value: object, _: Field) -> str:
    fits = isinstance(value, Mapping) and all(isinstance(name, str) for name in value)
    return "" if fits else "must name the fields that change and their right values"


_CHECKS: dict[FieldType, Callable[[Any, Field], str]] = {
    FieldType.LINE: _line,
    FieldType.TEXT: _text,
    FieldType.CHOICE: _one_of,
    FieldType.CHOICES: _some_of,
    FieldType.YES_NO: _yes_no,
    FieldType.WHOLE: _whole,
    FieldType.DATE: _date,
    FieldType.MOMENT: _moment,
    FieldType.TIME: _time,
    FieldType.LINES: _lines,
    # A procedure gives these their options, so that a wrong id is met with the nearest right one.
    FieldType.ROLE: _one_of,
    FieldType.STEP: _one_of,
    FieldType.MOVE: _one_of,
    FieldType.DUTY: _one_of,
    FieldType.CHANGES: _changes,
}


def blank(value: object) -> bool:
    """Say whether a value counts as not given."""
    return not value.strip() if isinstance(value, str) else _absent(value)


def _absent(value: object) -> bool:
    """Whether there is nothing to check. Spaces are something: they are no date and no choice."""
    return value is None or (not value and isinstance(value, EMPTY_MAY_BE))


def problems(data: Mapping[str, Any], fields: Sequence[Field]) -> list[Problem]:
    """Return everything wrong with `data` against `fields`, in the fields' order.

    A missing needed field, a value of the wrong type, and a field that does not exist are problems;
    a blank optional field is not.
    """
    return problems_among(data, {known.name: known for known in fields}, needy(fields))


def needy(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Return the fields that must be given, always or beside some other value."""
    return tuple(known for known in fields if known.required or known.needed_when)


def problems_among(
    data: Mapping[str, Any], fields: Mapping[str, Field], may_lack: Sequence[Field]
) -> list[Problem]:
    """Look only at what is there and at what may be missing: this runs for every entry folded."""
    strays = []
    faults: dict[str, str] = {}
    for name, value in data.items():
        known = fields.get(name)
        if known is None:
            shown = _shown(name)
            said = f"“{shown}” is not a field of this entry.{nearest(shown, fields)}"
            strays.append(Problem(shown, said))
        elif not _absent(value) and (fault := _CHECKS[known.type](value, known)):
            faults[name] = fault
    for known in may_lack:
        if blank(data.get(known.name)) and is_needed(known, data):
            faults[known.name] = "this is needed"
    if not faults:
        return strays
    return strays + [
        Problem(name, f"{known.label.en}: {faults[name]}")
        for name, known in fields.items()
        if name in faults
    ]


def is_needed(known: Field, data: Mapping[str, Any]) -> bool:
    """Say whether `known` must be given beside the other values in `data`."""
    if known.required:
        return True
    when = known.needed_when
    if when is None:
        return False
    # Not by sets: a wrong value may be one that no set can hold.
    return any(value in when.values for value in as_values(data.get(when.field)))


def as_values(value: object) -> tuple[Any, ...]:
    """Return a field's value as a tuple: many for a list, none for None, one for anything else."""
    if value is None:
        return ()
    if isinstance(value, SEVERAL):
        return tuple(value)
    return (value,)
