"""Patterns as packs write them: entries of a kind, with these values, by these roles."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from candour.engine.errors import nearest
from candour.engine.fields import Field, FieldType, problems
from candour.engine.patterns import ANY_VALUE
from candour.engine.subjects import IN_FORCE, REFERRED
from candour.engine.vocabulary import KINDS
from candour.policies.reading.checking import Checking, Schema, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.names import Names
from candour.policies.reading.nodes import Listed, Mapped, Node, Scalar, described
from candour.policies.reading.shapes import ListOf, Named, Register, Text, define

NO_FIELDS = (REFERRED, IN_FORCE)
MANY = (FieldType.CHOICES, FieldType.LINES)
CHOOSING = (FieldType.CHOICE, FieldType.CHOICES)


@dataclass(frozen=True)
class Value:
    """A value that a field may have: text, a number, true or false; or a list of such values.

    In a list, null stands for a field that is not filled in.
    """

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        listed = isinstance(node, Listed)
        for item in node.items if isinstance(node, Listed) else [node]:
            if not isinstance(item, Scalar) or isinstance(item.value, float):
                how = f"must be a value or a list of values, but is {described(item)}."
                checking.wrong(item, trail, how)
            elif item.value is None and not listed:
                how = "is empty. Give a value; “*” for any; [null] for a field not filled in."
                checking.wrong(item, trail, how)
        if isinstance(node, Listed) and not node.items:
            checking.wrong(node, trail, "is an empty list. Give a value, or “*” for any.")

    def schema(self) -> Schema:
        """See `Shape`."""
        one = ["string", "integer", "boolean"]
        many: Schema = {"type": "array", "items": {"type": [*one, "null"]}, "minItems": 1}
        return {"anyOf": [{"type": one}, many]}


@dataclass(frozen=True)
class OneValue:
    """A value that a field may have, and no list."""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if isinstance(node, Scalar):
            Value().check(node, trail, checking)
        else:
            checking.wrong(node, trail, f"must be a single value, but is {described(node)}.")

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"type": ["string", "integer", "boolean"]}


FIELD_NAME = Text(r"[a-z][a-z0-9_]*", "small letters, digits and _")
WHERE = define("values", Register(FIELD_NAME, Value()))
ROLES = ListOf(Named("acting role"), or_one=True)


def entry_kind(node: Node, name: str = "entry") -> str:
    """Return the kind that a pattern speaks of, or an empty string where it cannot be told."""
    item = node.items.get(name) if isinstance(node, Mapped) else None
    value = item.value if isinstance(item, Scalar) else None
    return value if isinstance(value, str) and value in KINDS else ""


def check_where(kinds: Iterable[str], where: Node | None, trail: Trail, checking: Checking) -> None:
    """Add a fault for each field in `where` that none of `kinds` has, and each impossible value."""
    if not isinstance(where, Mapped):
        return
    fields = fields_of(kinds, checking.names)
    for name, value in where.items.items():
        known = fields.get(name)
        if known is None:
            fault = f"“{name}” is not a field of {_listed(kinds)}.{nearest(name, fields)}"
            checking.fault(where.named_at[name], f"{fault} It has: {', '.join(fields)}.")
        else:
            check_value(known, value, (*trail, name), checking)


def _listed(kinds: Iterable[str]) -> str:
    return " or ".join(f"“{kind}”" for kind in kinds)


def fields_of(kinds: Iterable[str], names: Names) -> dict[str, Field]:
    """Return the fields that entries of these kinds have here, with those whose options lack."""
    found: dict[str, Field] = {}
    for kind in kinds:
        here = names.kind(kind)
        for known in (*(here.fields if here else ()), *KINDS[kind].fields):
            found.setdefault(known.name, known)
    return found


def check_value(known: Field, node: Node, trail: Trail, checking: Checking) -> None:
    """Add a fault for each value in `node` that the field can never have."""
    items = [item for item in _scalars(node) if item.value is not None]
    if any(item.value == ANY_VALUE for item in items):
        if len(items) > 1:
            checking.wrong(
                node, trail, "names values beside “*”, which stands for any. Choose one."
            )
        return
    if known.type in CHOOSING and not known.options:
        how = f"has no options here. Give the list “{known.options_list}” under “options”."
        checking.wrong(node, trail, how)
        return
    plain = replace(known, required=False, needed_when=None)
    for item in items:
        value = [item.value] if known.type in MANY else item.value
        for problem in problems({known.name: value}, [plain]):
            how = problem.message.removeprefix(f"{known.label.en}: ")
            checking.fault(item.place, f"“{known.name}”: {how}")


def check_data(fields: Mapping[str, Field], data: Mapped, checking: Checking) -> None:
    """Add a fault for each value of an entry that is to be made, where it cannot have it."""
    for name, value in data.items.items():
        known = fields.get(name)
        if known is None:
            fault = f"“{name}” is not a field of this kind.{nearest(name, fields)}"
            checking.fault(data.named_at[name], f"{fault} It has: {', '.join(fields)}.")
            continue
        for problem in problems({name: value.plain()}, [replace(known, needed_when=None)]):
            checking.fault(value.place, problem.message)


def check_field(
    node: Mapped, part: str, kind: str, type_: FieldType | None, checking: Checking
) -> None:
    """Add a fault where the field named in `part` is none of the kind’s, or not of this type."""
    item = node.items.get(part)
    name = item.value if isinstance(item, Scalar) else None
    if item is None or not isinstance(name, str):
        return
    fields = fields_of([kind], checking.names)
    if name not in fields:
        fault = f"“{name}” is not a field of “{kind}”.{nearest(name, fields)}"
        checking.fault(item.place, f"{fault} It has: {', '.join(fields)}.")
    elif type_ and fields[name].type is not type_:
        fits = [f.name for f in fields.values() if f.type is type_] or ["none"]
        fault = (
            f"“{name}” is not a field of type {type_}. Those of “{kind}” are: {', '.join(fits)}."
        )
        checking.fault(item.place, fault)


def _scalars(node: Node) -> Iterator[Scalar]:
    for item in node.items if isinstance(node, Listed) else [node]:
        if isinstance(item, Scalar):
            yield item


def _check_pattern(node: Mapped, trail: Trail, checking: Checking) -> None:
    kind = entry_kind(node)
    if kind:
        check_where([kind], node.items.get("where"), (*trail, "where"), checking)


def _check_owed_pattern(node: Mapped, trail: Trail, checking: Checking) -> None:
    _check_pattern(node, trail, checking)
    kind, each = entry_kind(node), node.items.get("each")
    name = each.plain() if isinstance(each, Scalar) else None
    if each is None or not kind or not isinstance(name, str) or name in NO_FIELDS:
        return
    fields = fields_of([kind], checking.names)
    if name not in fields:
        fault = f"“{name}” is not a field of “{kind}”.{nearest(name, fields)}"
        checking.fault(each.place, f"{fault} It has: {', '.join(fields)}.")


_PARTS = (
    Part("entry", Named("kind of entry"), "The kind of entry meant.", required=True),
    Part("where", WHERE, "Fields with the value (or list of values) they must have."),
    Part("roles", ROLES, "Recorded by one of these roles; anybody when left out."),
)
PATTERN_PARTS = Group("a pattern", _PARTS, also=_check_pattern)
PATTERN = define("pattern", PATTERN_PARTS)
OWED_PARTS = Group(
    "a duty’s pattern",
    (
        *_PARTS,
        Part(
            "each",
            FIELD_NAME,
            "Owed for each by itself: the field that names them, `refers_to` for the entries"
            " referred to, or `restrictions_in_force`.",
        ),
        Part("each_of", ListOf(Text()), "The same, naming them here: options of a later field."),
    ),
    also=_check_owed_pattern,
)
OWED_PATTERN = define("duty pattern", OWED_PARTS)
