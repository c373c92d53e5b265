"""The controls of a form: one for each field of a kind, with what was typed and what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _

from candour.engine.fields import Field, FieldType, as_values
from candour.web.forms.days import PARTS, TIME, moment_parts, parts_of
from candour.web.spoken import said

Shape = Literal[
    "line", "text", "lines", "whole", "radios", "checkboxes", "select", "day", "moment", "time"
]
Typed = Mapping[str, Sequence[str]]

MOST_RADIOS = 7  # more options than this are a list to choose from
YES, NO = "yes", "no"
_PICKED = (
    FieldType.CHOICE,
    FieldType.ROLE,
    FieldType.STEP,
    FieldType.MOVE,
    FieldType.DUTY,
)
_PLAIN: Mapping[FieldType, Shape] = {
    FieldType.LINE: "line",
    FieldType.TEXT: "text",
    FieldType.LINES: "lines",
    FieldType.WHOLE: "whole",
    FieldType.CHOICES: "checkboxes",
    FieldType.YES_NO: "radios",
    FieldType.DATE: "day",
    FieldType.MOMENT: "moment",
    FieldType.TIME: "time",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a control; `advice` shows at once when it is chosen."""

    value: str
    words: str
    hint: str = ""
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """What a person fills in for one field.

    `value` is what stands in it (as typed, right or wrong), `values` the boxes ticked, `parts` the
    boxes of a day or moment, `offers` what is known and may be taken for a line.
    """

    name: str
    shape: Shape
    label: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    value: str = ""
    values: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    offers: tuple[str, ...] = ()

    @property
    def advised(self) -> bool:
        """Whether an answer brings advice with it."""
        return any(choice.advice for choice in self.choices)


def first(typed: Typed, name: str) -> str:
    """Return the one value typed under a name, or nothing."""
    return next(iter(typed.get(name, ())), "")


def typed_parts(typed: Typed, name: str) -> dict[str, str]:
    """Return what stands in the boxes of a day or moment."""
    return {part: first(typed, f"{name}-{part}") for part in (*PARTS, TIME)}


def shape_of(known: Field) -> Shape:
    """Return the control that a field is filled in with."""
    if known.type in _PICKED:
        return "radios" if len(known.options) <= MOST_RADIOS else "select"
    return _PLAIN[known.type]


def control(known: Field, typed: Typed, error: str = "", beside: Sequence[Field] = ()) -> Control:
    """Return the control of one field as it stands, `beside` the other fields of its form."""
    shape = shape_of(known)
    return Control(
        name=known.name,
        shape=shape,
        label=label(known),
        hint=_hint(known, shape, beside),
        choices=choices(known),
        value=first(typed, known.name),
        values=tuple(typed.get(known.name, ())),
        parts=typed_parts(typed, known.name) if shape in ("day", "moment") else {},
        error=error,
    )


def label(known: Field) -> str:
    """Return a field's label; one that may be left empty says so, as most are needed."""
    words = said(known.label)
    return words if known.required else _("%(label)s (optional)") % {"label": words}


def _hint(known: Field, shape: Shape, beside: Sequence[Field]) -> str:
    own = said(known.hint)
    usual = {
        "lines": _("One to a line"),
        "day": _("For example, 30 3 2026"),
        "moment": _("For example, 30 3 2026 at 14:30"),
        "time": _("For example, 14:30"),
        "checkboxes": _("Choose all that apply"),
    }.get(shape, "")
    hints = (own, _needed_hint(known, beside), usual)
    return ". ".join(text.rstrip(".") for text in hints if text)


def _needed_hint(known: Field, beside: Sequence[Field]) -> str:
    """Return when a field has to be filled in, where that depends on another."""
    when = known.needed_when
    other = next((field for field in beside if when and field.name == when.field), None)
    if when is None or other is None or known.required:
        return ""
    labels = {choice.value: choice.words for choice in choices(other)}
    plain = {True: YES, False: NO}
    values = [labels.get(plain.get(value, value), str(value)) for value in when.values]
    return _("Needed when “%(field)s” is: %(values)s") % {
        "field": said(other.label),
        "values": ", ".join(values),
    }


def choices(known: Field) -> tuple[Choice, ...]:
    """Return the options of a field in the language of the page."""
    if known.type is FieldType.YES_NO:
        return (Choice(YES, _("Yes")), Choice(NO, _("No")))
    return tuple(Choice(option.id, said(option.label)) for option in known.options)


def as_typed(fields: Sequence[Field], data: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return values as a person would have typed them: the inverse of reading a form."""
    typed: dict[str, list[str]] = {}
    for known in fields:
        value = data.get(known.name)
        if value is not None:
            typed |= _typed_value(known, value)
    return typed


def _typed_value(known: Field, value: Any) -> dict[str, list[str]]:  # noqa: ANN401 - typed by its field
    name = known.name
    match known.type:
        case FieldType.YES_NO:
            return {name: [YES if value else NO]}
        case FieldType.LINES:
            return {name: ["\n".join(str(line) for line in as_values(value))]}
        case FieldType.CHOICES:
            return {name: [str(item) for item in as_values(value)]}
        case FieldType.DATE:
            return boxes(name, parts_of(date.fromisoformat(value)))
        case FieldType.MOMENT:
            return boxes(name, moment_parts(datetime.fromisoformat(value)))
        case _:
            return {name: [str(value)]}


def boxes(name: str, parts: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the boxes of a day or moment under the names that a form sends."""
    return {f"{name}-{part}": [value] for part, value in parts.items()}
