"""The forms by which the directory is kept: what is asked for each sort of row, how it is read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from candour.bodies.area_models import AreaKind, GroupKind
from candour.bodies.hours_refused import EXAMPLE
from candour.bodies.models import Function, Nation, ServedPeople
from candour.mail.outgoing import is_address
from candour.web.forms.controls import Choice, Control, Shape, Typed, first, typed_parts
from candour.web.forms.days import UnreadableError, parts_of, read_day
from candour.web.forms.reading import words
from candour.web.presenters.groups import kind_words
from candour.web.presenters.who_is_who import (
    KINDS,
    NATIONS,
    ROLES,
    function_words,
    people_words,
    role_words,
)

LONGEST = 200
FROM, TO, REASON, EFFECT = "from_date", "to_date", "reason", "effect"
CHANGES, SLIP, ENDS = "changes", "slip", "ends"
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a form asks for; `needed` where it may not be left empty."""

    name: str
    label: str
    shape: Shape = "line"
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """What a form offers to choose from: other bodies, areas, and desks of the body."""

    bodies: tuple[Choice, ...] = ()
    areas: tuple[Choice, ...] = ()
    desks: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What a form came to: values by name (empty ones as None or ""), and what is wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def items(sort: str, about: str, offered: Offered) -> list[Item]:
    """Return what is asked of a new row.

    Args:
        sort: what sort of row it is.
        about: what it is kept for: "body", "service" or "area"; empty where it is one itself.
        offered: what can be chosen.
    """
    return [*_ITEMS[sort](about, offered), _reason()]


def _reason() -> Item:
    return Item(REASON, _("Why (optional; kept with the change)"))


def _day(name: str, label: str, *, needed: bool = False) -> Item:
    return Item(name, label, "day", _("For example, 30 3 2026"), needed=needed)


def _since() -> Item:
    return _day(FROM, _("From which day (empty: since before records began)"))


def _choices(values: Iterable[str], says: Callable[[str], str]) -> tuple[Choice, ...]:
    return tuple(Choice(str(value), says(value)) for value in values)


def _people() -> Item:
    choices = _choices(ServedPeople.values, people_words)
    return Item("people", _("For whom"), "radios", choices=choices, needed=True)


def _function() -> Item:
    choices = _choices(Function.values, function_words)
    return Item("function", _("What it does"), "select", choices=choices, needed=True)


def _names() -> list[Item]:
    return [
        Item("name", _("Name"), needed=True),
        Item("name_cy", _("Name in Welsh (optional)")),
    ]


def _nation() -> Item:
    choices = _choices(Nation.values, lambda nation: str(NATIONS[nation]))
    return Item("nation", _("Nation, for its law and bank holidays"), "radios", "", choices, True)  # noqa: FBT003  # the fields in their order


def desk_items(offered: Offered) -> list[Item]:
    """Return what is asked of a desk, without its days."""
    return [
        Item("role", _("What it is for"), "select", "", _choices(ROLES, role_words), True),  # noqa: FBT003  # the fields in their order
        Item("name", _("Name of the desk (optional)")),
        Item("name_cy", _("Name in Welsh (optional)")),
        Item("phone", _("Telephone"), hint=_("Several are kept apart by commas")),
        Item("email", _("Email")),
        Item(
            "hours",
            _("Hours"),
            hint=_("Like “%(example)s”, or “always”, or “out of hours”. Empty where nobody knows")
            % {"example": EXAMPLE},
        ),
        Item(
            "taken_over_by",
            _("Who answers while it is closed (optional)"),
            "select",
            choices=offered.desks,
        ),
    ]


def function_items(offered: Offered) -> list[Item]:
    """Return what may change of a function that a body holds."""
    desk = Item("contact", _("By which desk (optional)"), "select", choices=offered.desks)
    return [_people(), *([desk] if offered.desks else [])]


def _new_function(about: str, offered: Offered) -> list[Item]:
    body = Item("body", _("Which body"), "select", choices=offered.bodies, needed=True)
    place = Item("place", _("For which area"), "select", choices=offered.areas, needed=True)
    return [
        *([] if about == "body" else [body]),
        _function(),
        *([place] if about == "body" else []),
        *function_items(offered),
        _since(),
        _day(TO, _("Until which day (optional)")),
    ]


def _succession(_about: str, offered: Offered) -> list[Item]:
    ways = (
        Choice(AFTER, _("It handed the function on to the other body")),
        Choice(BEFORE, _("It took the function over from the other body")),
    )
    return [
        Item("way", _("What happened"), "radios", choices=ways, needed=True),
        Item("other", _("The other body"), "select", choices=offered.bodies, needed=True),
        _function(),
        _day("on", _("First day of the one that came after"), needed=True),
    ]


def _closure(_about: str, _offered: Offered) -> list[Item]:
    return [
        Item("name", _("Why the desks are closed"), needed=True),
        Item("name_cy", _("The same in Welsh (optional)")),
        _day(FROM, _("First day"), needed=True),
        _day(TO, _("Last day"), needed=True),
    ]


def _member(_about: str, _offered: Offered) -> list[Item]:
    kinds = _choices(GroupKind.values, kind_words)
    hint = _("One of that name is taken where there is one; else it is begun")
    return [
        Item("name", _("Name of the group"), hint=hint, needed=True),
        Item("kind", _("What holds it together"), "radios", choices=kinds, needed=True),
        _since(),
    ]


def _in_area(_about: str, offered: Offered) -> list[Item]:
    return [
        Item("area", _("In which area"), "select", choices=offered.areas, needed=True),
        _since(),
    ]


def _area(_about: str, _offered: Offered) -> list[Item]:
    kinds = _choices(AreaKind.values, lambda kind: str(KINDS[kind]))
    return [
        *_names(),
        Item("code", _("Code"), hint=_("The GSS code, like E10000007"), needed=True),
        Item("kind", _("What sort of area"), "select", choices=kinds, needed=True),
        _nation(),
        _since(),
    ]


def _body(_about: str, _offered: Offered) -> list[Item]:
    return [
        *_names(),
        Item("kind", _("What sort of body, like: local authority")),
        _nation(),
        _since(),
    ]


_ITEMS: Mapping[str, Callable[[str, Offered], list[Item]]] = {
    "contact": lambda _about, offered: [*desk_items(offered), _since()],
    "function": _new_function,
    "succession": _succession,
    "closure": _closure,
    "member": _member,
    "lies": _in_area,
    "within": _in_area,
    "area": _area,
    "body": _body,
}
SORTS = tuple(_ITEMS)


def changing(sort: str, offered: Offered) -> list[Item]:
    """Return what is asked of a row that is kept: what becomes of it, from when, and its values."""
    if sort in ("succession", "closure"):
        return [_reason()]
    if sort not in ("contact", "function"):
        return [_day(FROM, _("Its last day"), needed=True), _reason()]
    ways = (
        Choice(CHANGES, _("It changes from a day on; what was before stays as it was")),
        Choice(SLIP, _("It was always so: a slip is put right")),
        Choice(ENDS, _("It ends")),
    )
    hint = _("The first day of the change, or the last day where it ends")
    return [
        Item(EFFECT, _("What happens"), "radios", choices=ways, needed=True),
        replace(_day(FROM, _("On which day")), hint=hint),
        *(desk_items(offered) if sort == "contact" else function_items(offered)),
        _reason(),
    ]


def begun(asked: Iterable[Item], values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what a form opens with, of the values of a row."""
    found: dict[str, list[str]] = {}
    for item in asked:
        value = values.get(item.name)
        if item.shape == "day":
            parts = parts_of(value)
            found |= {f"{item.name}-{part}": [typed] for part, typed in parts.items()}
        elif value is not None:
            found[item.name] = [str(value)]
    return found


def controls(asked: Sequence[Item], typed: Typed, faults: Mapping[str, str]) -> list[Control]:
    """Return the controls with what was typed, right or wrong."""
    return [
        Control(
            item.name,
            item.shape,
            item.label,
            item.hint,
            choices=item.choices,
            value=first(typed, item.name),
            parts=typed_parts(typed, item.name) if item.shape == "day" else {},
            error=faults.get(item.name, ""),
        )
        for item in asked
    ]


def read(asked: Sequence[Item], typed: Typed) -> ReadForm:
    """Return what was typed, and what is wrong under each name."""
    found = ReadForm()
    for item in asked:
        try:
            value = _value(item, typed)
        except UnreadableError as error:
            found.faults[item.name] = f"{item.label}: {error}"
            continue
        found.values[item.name] = value
        if item.needed and not value:
            chosen = item.shape in ("select", "radios")
            says = _("%(label)s: choose an answer") if chosen else _("%(label)s: fill this in")
            found.faults[item.name] = says % {"label": item.label}
    email = found.values.get("email")
    if email and not is_address(email):
        found.faults["email"] = _("Email: give an address like name@example.org")
    return found


def _value(item: Item, typed: Typed) -> str | date | None:
    if item.shape == "day":
        return read_day(typed_parts(typed, item.name))
    said = words(first(typed, item.name)).replace("\0", "")
    if item.choices and said and said not in {choice.value for choice in item.choices}:
        raise UnreadableError(_("choose one of those offered"))
    if len(said) > LONGEST or "\n" in said:
        raise UnreadableError(_("give it in one line of up to 200 characters"))
    return said
