"""A pack put together with its base: what it takes over, what replaces it, and whose clauses."""

from collections.abc import Iterator, Mapping
from typing import Final

from candour.policies.reading.nodes import Listed, Mapped, Node, Scalar

# Parts with names of their own, in which a pack replaces or leaves out single ones.
NAMED: Final = (
    "roles",
    "contacts",
    "steps",
    "options",
    "moves",
    "gates",
    "duties",
    "autos",
    "documents",
    "templates",
    "meetings",
)
# Parts that say what a pack itself is; nobody takes them over.
PERSONAL: Final = frozenset(
    {"procedure", "version", "title", "base", "based_on", "without", "review", "clauses"}
    | {"clauses_from", "sources"}
)
_VALUES: Final = frozenset(
    {"where", "has", "proposed", "data", "with"}
)  # hold fields, never clauses

Standing = Mapping[str, tuple[str, ...]]


def inherit(own: Mapped, base: Mapped, stands_for: Standing) -> Mapped:
    """Return a pack’s parts with those of its base.

    `stands_for` says which of the pack’s clauses are cited in place of each of the base’s.
    """
    whole = Mapped(own.place, dict(own.items), dict(own.named_at))
    for part, node in base.items.items():
        if part in PERSONAL:
            continue
        taken = _left(part, _cited_anew(part, node, stands_for), own)
        here = own.items.get(part)
        whole.items[part] = taken if here is None else _joined(part, taken, here)
        whole.named_at.setdefault(part, base.named_at[part])
    return whole


def parts_of(root: Mapped) -> frozenset[tuple[str, str]]:
    """Return every named part of a pack as (section, name); a field is named kind.field."""
    found = {(part, name) for part in NAMED for name in _items(root.items.get(part))}
    for kind, listed in _items(root.items.get("fields")).items():
        found |= {("fields", f"{kind}.{name}") for name in _by_name(listed)}
    return frozenset(found)


def left_out(own: Mapped, part: str) -> list[Scalar]:
    """Return what a pack leaves out of a part of its base."""
    listed = _items(own.items.get("without")).get(part)
    return _scalars(listed)


def fields_left_out(own: Mapped) -> dict[str, list[Scalar]]:
    """Return the fields that a pack leaves out of its base, under each kind of entry."""
    kinds = _items(_items(own.items.get("without")).get("fields"))
    return {kind: _scalars(listed) for kind, listed in kinds.items()}


def cited(node: Node, part: str = "") -> Iterator[str]:
    """Yield the ids of the clauses that a part of a pack, or anything in it, refers to."""
    if part in ("clauses", "one_live_case"):
        yield from (str(item.value) for item in _scalars(node))
    elif isinstance(node, Mapped):
        for name, item in node.items.items():
            if name not in _VALUES:
                yield from cited(item, name)
    elif isinstance(node, Listed):
        for item in node.items:
            yield from cited(item)


def _left(part: str, node: Node, own: Mapped) -> Node:
    """Return what is left of a base’s part when a pack has taken away what it goes without."""
    if part == "fields" and isinstance(node, Mapped):
        gone_fields = fields_left_out(own)
        kept = {
            kind: _without_fields(listed, {item.value for item in gone_fields.get(kind, ())})
            for kind, listed in node.items.items()
        }
        filled = {kind: listed for kind, listed in kept.items() if _filled(listed)}
        return Mapped(node.place, filled, node.named_at)
    gone = {item.value for item in left_out(own, part)}
    if isinstance(node, Mapped) and part in NAMED:
        items = {name: item for name, item in node.items.items() if name not in gone}
        return Mapped(node.place, items, node.named_at)
    if isinstance(node, Listed) and part == "hides":
        return Listed(node.place, [item for item in node.items if item.plain() not in gone])
    return node


def _filled(node: Node) -> bool:
    return not isinstance(node, Listed) or bool(node.items)


def _without_fields(node: Node, gone: set[object]) -> Node:
    if not isinstance(node, Listed):
        return node
    return Listed(node.place, [item for item in node.items if _name(item) not in gone])


def _joined(part: str, taken: Node, own: Node) -> Node:
    """Return a part of the base with the same part of the pack: the pack’s own goes first."""
    if part in NAMED and isinstance(taken, Mapped) and isinstance(own, Mapped):
        return _mapped(taken, own, {**taken.items, **own.items})
    if part == "fields" and isinstance(taken, Mapped) and isinstance(own, Mapped):
        both = {
            kind: _fields(taken.items[kind], listed) if kind in taken.items else listed
            for kind, listed in own.items.items()
        }
        return _mapped(taken, own, {**taken.items, **both})
    if part == "hides" and isinstance(taken, Listed) and isinstance(own, Listed):
        known = {item.plain() for item in own.items if isinstance(item, Scalar)}
        more = [item for item in taken.items if item.plain() not in known]
        return Listed(own.place, [*own.items, *more])
    return own


def _mapped(taken: Mapped, own: Mapped, items: dict[str, Node]) -> Mapped:
    return Mapped(own.place, items, {**taken.named_at, **own.named_at})


def _fields(taken: Node, own: Node) -> Node:
    """Return a kind’s fields: each of the pack’s in the place of the base’s of the same name."""
    if not isinstance(taken, Listed) or not isinstance(own, Listed):
        return own
    ours = _by_name(own)
    kept = [ours.get(_name(item), item) for item in taken.items]
    known = _by_name(taken)
    return Listed(own.place, [*kept, *(item for item in own.items if _name(item) not in known)])


def _by_name(listed: Node) -> dict[str, Node]:
    items = listed.items if isinstance(listed, Listed) else []
    return {name: item for item in items if (name := _name(item))}


def _name(item: Node) -> str:
    name = _items(item).get("name")
    return str(name.value) if isinstance(name, Scalar) and name.value else ""


def _items(node: Node | None) -> dict[str, Node]:
    return node.items if isinstance(node, Mapped) else {}


def _scalars(node: Node | None) -> list[Scalar]:
    items = node.items if isinstance(node, Listed) else []
    return [item for item in items if isinstance(item, Scalar)]


def _cited_anew(part: str, node: Node, stands_for: Standing) -> Node:
    """Return a part with the pack’s clauses in place of those of the base that they carry."""
    if part in ("clauses", "one_live_case") and isinstance(node, Listed):
        return _translated(node, stands_for)
    if isinstance(node, Mapped):
        items = {
            name: item if name in _VALUES else _cited_anew(name, item, stands_for)
            for name, item in node.items.items()
        }
        return Mapped(node.place, items, node.named_at)
    if isinstance(node, Listed):
        return Listed(node.place, [_cited_anew("", item, stands_for) for item in node.items])
    return node


def _translated(listed: Listed, stands_for: Standing) -> Listed:
    found: dict[object, Node] = {}
    for item in listed.items:
        plain = item.plain() if isinstance(item, Scalar) else None
        if not isinstance(plain, str):
            found[id(item)] = item
            continue
        for clause in stands_for.get(plain, (plain,)):
            found.setdefault(clause, Scalar(item.place, clause))
    return Listed(listed.place, list(found.values()))
