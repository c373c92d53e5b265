"""Names of entries, fields and roles as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from candour.engine import SYSTEM, Entry, Procedure, Standing
from candour.engine.fields import Field, FieldType, as_values, blank
from candour.engine.london import local
from candour.engine.vocabulary import MOVING
from candour.web import dates
from candour.web.spoken import said
from candour.web.spoken import told as _

LONGEST_HEADLINE = 90
OPENING = "case_opened"
_SAYS_WHICH = (FieldType.CHOICE, FieldType.MOVE, FieldType.DUTY)


@dataclass(frozen=True, slots=True)
class Shown:
    """A field's label and what was recorded for it, a line for each item."""

    label: str
    lines: tuple[str, ...]


def role_title(procedure: Procedure, role: str) -> str:
    """Return a role's title under the procedure."""
    if role == SYSTEM:
        return _("The system itself")
    known = procedure.roles.get(role)
    return said(known.title) if known else role.replace("_", " ")


def entry_title(procedure: Procedure, entry: Entry) -> str:
    """Return what an entry is, in a few words: “Meeting held: provider performance meeting”."""
    if entry.kind in MOVING:
        return _move_title(procedure, entry)
    title = said(procedure.kind(entry.kind).title)
    # The answers to opening questions say what a case is like, not which opening it is.
    opens = entry.kind == OPENING
    headline = str(entry.data.get("title", "")) if opens else _headline(procedure, entry)
    return f"{title}: {headline}" if headline else title


def entry_name(standing: Standing, entry: Entry) -> str:
    """Return an entry's title with the day on which it happened."""
    return f"{entry_title(standing.procedure_of(entry.id), entry)}, {dates.day(entry.happened_at)}"


def _move_title(procedure: Procedure, entry: Entry) -> str:
    step = procedure.steps.get(str(entry.data.get("step")))
    name = said(step.title) if step else str(entry.data.get("step"))
    if entry.kind == "case_closed":
        return _("Case closed: %(step)s") % {"step": name}
    if entry.kind == "case_reopened":
        return _("Case reopened at: %(step)s") % {"step": name}
    return _("Moved to: %(step)s") % {"step": name}


def _headline(procedure: Procedure, entry: Entry) -> str:
    fields = procedure.kind(entry.kind).fields
    first = [known for known in fields[:1] if known.type is FieldType.LINE and known.required]
    which = [known for known in fields if known.type in _SAYS_WHICH]
    lines = [known for known in fields if known.type is FieldType.LINE]
    for known in (*first, *which[:1], *lines[:1]):
        value = entry.data.get(known.name)
        if not blank(value):
            words = value_lines(known, value)[0]
            return words if len(words) <= LONGEST_HEADLINE else f"{words[:LONGEST_HEADLINE]}…"
    return ""


def value_lines(known: Field, value: Any) -> tuple[str, ...]:  # noqa: ANN401 - typed by its field
    """Return a field's value in words, a line for each item of a list."""
    match known.type:
        case FieldType.YES_NO:
            return (_("Yes") if value else _("No"),)
        case FieldType.DATE:
            return (dates.day(date.fromisoformat(value)),)
        case FieldType.MOMENT:
            return (dates.moment(datetime.fromisoformat(value)),)
        case FieldType.TIME:
            return (dates.on_the_clock(time.fromisoformat(value)),)
        case FieldType.CHANGES:
            return tuple(f"{name.replace('_', ' ')}: {right}" for name, right in value.items())
        case _:
            return tuple(_option(known, item) for item in as_values(value)) or ("",)


def _option(known: Field, value: Any) -> str:  # noqa: ANN401 - typed by its field
    """Return the label of an option, or the value itself where it is none."""
    chosen = next((option for option in known.options if option.id == value), None)
    return said(chosen.label) if chosen else str(value)


def shown_fields(
    procedure: Procedure, kind: str, data: Mapping[str, Any], *, without: tuple[str, ...] = ()
) -> tuple[Shown, ...]:
    """Return what was recorded, field by field, in the order of the kind's form."""
    return tuple(
        Shown(said(known.label), value_lines(known, data[known.name]))
        for known in procedure.kind(kind).fields
        if known.name not in without and not blank(data.get(known.name))
    )


def when_words(moment: datetime) -> str:
    """Return an instant as day and time; the first instant of a day stands for the day alone."""
    there = local(moment)
    if there.hour == there.minute == there.second == 0:
        return dates.day(moment)
    return dates.moment(moment)
