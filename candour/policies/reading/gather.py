"""Gathers a pack's names before anything is checked.

Tolerant of faults: what cannot be understood is left out here, and reported where it is checked.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from candour.engine import SYSTEM
from candour.engine.fields import Field, FieldType, Needed, Option
from candour.engine.words import Words
from candour.policies.reading.names import Names
from candour.policies.reading.nodes import Listed, Mapped, Node, Plain, Scalar

# What each part of a pack names: part -> what its names name.
SECTIONS: Final[Mapping[str, str]] = {
    "roles": "role",
    "steps": "step",
    "moves": "move",
    "duties": "duty",
    "documents": "document",
    "templates": "template",
    "contacts": "contact",
    "options": "list of options",
}


def gather(root: Mapped, clauses: frozenset[str] | None) -> Names:
    """Return the names in a pack; `clauses` are the ids of the register that it uses."""
    made: dict[str, frozenset[str] | None] = {
        of: frozenset(name for name, _ in _under(root, part)) for part, of in SECTIONS.items()
    }
    finals = (name for name, step in _under(root, "steps") if _value(step, "final") is True)
    return Names(
        known={
            **made,
            "clause": clauses,
            "referral": frozenset(
                option.id
                for name, listed in _under(root, "options")
                if name == "referrals"
                for option in options_in(listed)
            ),
            "acting role": frozenset({SYSTEM, *(name for name, _ in _under(root, "roles"))}),
        },
        options={name: options_in(listed) for name, listed in _under(root, "options")},
        extra_fields={kind: _fields_in(listed) for kind, listed in _under(root, "fields")},
        final_steps=frozenset(finals),
    )


def ids_in(listed: Node | None) -> frozenset[str]:
    """Return the ids in a list of things with ids, such as a register of clauses."""
    return frozenset(str(_value(item, "id")) for item in _items(listed) if _value(item, "id"))


def options_in(listed: Node | None) -> tuple[Option, ...]:
    """Return the options that a list holds, as far as they can be understood."""
    return tuple(
        Option(option_id, Words(_text(item, "en"), _text(item, "cy")))
        for item in _items(listed)
        if (option_id := _text(item, "id"))
    )


def _fields_in(listed: Node | None) -> tuple[Field, ...]:
    return tuple(
        Field(
            name=name,
            type=FieldType(kind),
            label=Words(_text(item, "en") or name, _text(item, "cy")),
            required=_value(item, "required") is True,
            options=options_in(item.items.get("options")) if isinstance(item, Mapped) else (),
            options_list=_text(item, "options_list"),
            needed_when=_needed(item),
        )
        for item in _items(listed)
        if (name := _text(item, "name")) and (kind := _text(item, "type")) in list(FieldType)
    )


def _needed(item: Node) -> Needed | None:
    when = item.items.get("needed_when") if isinstance(item, Mapped) else None
    values = when.items.get("values") if isinstance(when, Mapped) else None
    if when is None or not isinstance(values, Listed):
        return None
    return Needed(_text(when, "field"), tuple(v.plain() for v in values.items))


def _under(root: Mapped, part: str) -> Iterator[tuple[str, Node]]:
    node = root.items.get(part)
    if isinstance(node, Mapped):
        yield from node.items.items()


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, Listed) else []


def _value(node: Node, name: str) -> Plain:
    item = node.items.get(name) if isinstance(node, Mapped) else None
    return item.value if isinstance(item, Scalar) else None


def _text(node: Node, name: str) -> str:
    value = _value(node, name)
    return value if isinstance(value, str) else ""
