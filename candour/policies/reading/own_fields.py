"""A pack's own fields: what it adds to a kind of entry, or asks differently there."""

from dataclasses import dataclass
from typing import Final

from candour.engine.errors import nearest
from candour.engine.fields import Field, FieldType
from candour.engine.vocabulary import KINDS
from candour.policies.reading.checking import Checking, Schema, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.lists import NAME, OPTIONS, Distinct
from candour.policies.reading.nodes import Mapped, Node
from candour.policies.reading.patterns import OneValue, check_value, fields_of
from candour.policies.reading.rules import CLAUSES
from candour.policies.reading.shapes import Flag, ListOf, Named, OneOf, define
from candour.policies.reading.texts import BOTH_LANGUAGES, BOTH_PARTS

CHOOSING: Final = (FieldType.CHOICE, FieldType.CHOICES)

NEEDED_WHEN = Group(
    "a need",
    (
        Part("field", NAME, "The other field.", required=True),
        Part("values", ListOf(OneValue()), "Its values that make this one needed.", required=True),
    ),
)


def _check_options(node: Mapped, trail: Trail, checking: Checking) -> None:
    given = {"options", "options_list"} & node.items.keys()
    type_ = node.items.get("type")
    chooses = type_ is not None and type_.plain() in CHOOSING
    if chooses and len(given) != 1:
        how = "offers choices, so it needs “options” or “options_list”, one of them."
        checking.wrong(node, trail, how)
    if type_ is not None and not chooses and given:
        how = f"has options, but only {' and '.join(CHOOSING)} have. Change its type."
        checking.wrong(node, trail, how)


FIELD: Final = Group(
    "a field",
    (
        Part("name", NAME, "How entries record it.", required=True),
        Part("type", OneOf(tuple(FieldType)), "What kind of answer it takes.", required=True),
        *BOTH_PARTS,
        Part("required", Flag(), "True where it must be answered."),
        Part("hint", BOTH_LANGUAGES, "Help shown beside it."),
        Part("options", OPTIONS, "Its choices, written here."),
        Part("options_list", Named("list of options"), "Its choices, from a list in “options”."),
        Part("needed_when", NEEDED_WHEN, "Must be answered when another field has a value."),
        CLAUSES,
    ),
    also=_check_options,
)


_FIELDS: Final = define("fields", Distinct(FIELD, "name"))


@dataclass(frozen=True)
class OwnFields:
    """The fields that a pack adds under each kind of entry."""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if not isinstance(node, Mapped):
            checking.wrong(node, trail, "must be kinds of entry with a list of fields under each.")
            return
        for kind, fields in node.items.items():
            if fault := checking.names.fault("kind of entry", kind):
                checking.fault(node.named_at[kind], fault)
            _FIELDS.check(fields, (*trail, kind), checking)
            for item in getattr(fields, "items", []):
                if kind in KINDS and isinstance(item, Mapped):
                    _check_replaced(kind, item, checking)
                    _check_needed(kind, item, (*trail, kind), checking)

    def schema(self) -> Schema:
        """See `Shape`."""
        listed = _FIELDS.schema()
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": dict.fromkeys(KINDS, listed),
        }


def _check_replaced(kind: str, item: Mapped, checking: Checking) -> None:
    """A field that replaces one of the vocabulary keeps its type, and stays needed if it was."""
    name, type_, needed = (item.items.get(part) for part in ("name", "type", "required"))
    base = _base(kind, name)
    if base is None or type_ is None:
        return
    if type_.plain() in list(FieldType) and type_.plain() != base.type:
        fault = f"“{base.name}” of “{kind}” is of type {base.type}; what replaces it must be too."
        checking.fault(type_.place, fault)
    if base.required and (needed is None or needed.plain() is not True):
        fault = f"“{base.name}” of “{kind}” must always be answered. Add “required: true”."
        checking.fault(item.place, fault)


def _base(kind: str, name: Node | None) -> Field | None:
    wanted = name.plain() if name else None
    return next((known for known in KINDS[kind].fields if known.name == wanted), None)


def _check_needed(kind: str, item: Mapped, trail: Trail, checking: Checking) -> None:
    when = item.items.get("needed_when")
    other = when.items.get("field") if isinstance(when, Mapped) else None
    if not isinstance(when, Mapped) or other is None:
        return
    fields = fields_of([kind], checking.names)
    known = fields.get(str(other.plain()))
    if known is None:
        fault = f"“{other.plain()}” is not a field of “{kind}”."
        checking.fault(other.place, f"{fault}{nearest(str(other.plain()), fields)}")
    elif "values" in when.items:
        check_value(known, when.items["values"], (*trail, "needed_when", "values"), checking)
