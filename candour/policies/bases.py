"""A pack with everything that it takes over from its base, and from the base’s own."""

from dataclasses import dataclass
from pathlib import Path

from candour.engine.basis import Basis
from candour.engine.errors import nearest
from candour.policies.faults import Fault
from candour.policies.folders import beside, packs_in_reach, scenario_files
from candour.policies.reading.folder import LONGEST_NAME, read_pack, read_part
from candour.policies.reading.gather import ids_in
from candour.policies.reading.inheriting import (
    NAMED,
    cited,
    fields_left_out,
    inherit,
    left_out,
    parts_of,
)
from candour.policies.reading.nodes import Listed, Mapped, Node, Scalar
from candour.policies.registers import register_of


@dataclass(frozen=True)
class Whole:
    """A pack with what it inherits.

    Attributes:
        root: all its parts.
        clauses: its register of clauses; None where it has none or it cannot be read.
        shares: the pack whose register it uses; empty where it has its own.
        basis: what it takes over; None where it has no base.
    """

    root: Mapped
    clauses: Node | None
    shares: str
    basis: Basis | None


def whole_of(
    path: Path, root: Mapped, faults: list[Fault], above: tuple[Path, ...] = ()
) -> Whole | None:
    """Return a pack with what it inherits, or None having said why its base cannot be used.

    `above` are the packs that are made from this one, for a circle to be seen.
    """
    shares, clauses = register_of(path, root, faults)
    based_on = root.items.get("based_on")
    if based_on is None:
        _check_carrying(clauses, shares, None, faults)
        return Whole(root, clauses, shares, None)
    base_path = _base_path(path, based_on, above, faults)
    base_root = read_pack(base_path, faults) if base_path else None
    if base_path is None or base_root is None or not _is_base(base_root, based_on, faults):
        return None
    below = whole_of(base_path, base_root, faults, (*above, path.resolve()))
    if below is None or below.clauses is None:
        return None
    _check_left_out(root, below, base_path, faults)
    _check_carrying(clauses, shares, ids_in(below.clauses), faults)
    return _together(root, clauses, shares, below)


def _together(own: Mapped, clauses: Node | None, shares: str, below: Whole) -> Whole:
    rows = clauses.items if isinstance(clauses, Listed) else []
    stands_for = _stands_for(rows)
    root = inherit(own, below.root, stands_for)
    register, lent = _register(root, rows, below.clauses, stands_for)
    if not shares:
        root.items["clauses"] = register
        root.named_at.setdefault("clauses", own.place)
    if lent or "sources" not in own.items:
        _add_sources(root, below.root)
    return Whole(root, register, shares, _basis(own, stands_for, below))


def _basis(own: Mapped, stands_for: dict[str, tuple[str, ...]], below: Whole) -> Basis:
    name = str(below.root.items["procedure"].plain())
    deeper = below.basis or Basis((), frozenset(), {}, frozenset())
    passed_on = {
        clause: tuple(dict.fromkeys(c for one in ours for c in stands_for.get(one, (one,))))
        for clause, ours in deeper.clauses.items()
    }
    gone = {(part, str(item.value)) for part in NAMED for item in left_out(own, part)}
    gone |= {
        ("fields", f"{kind}.{item.value}")
        for kind, listed in fields_left_out(own).items()
        for item in listed
    }
    return Basis(
        bases=(name, *deeper.bases),
        parts=parts_of(below.root) - gone - parts_of(own),
        clauses={**passed_on, **stands_for},
        excused=deeper.excused | {str(item.value) for item in left_out(own, "scenarios")},
    )


def _stands_for(rows: list[Node]) -> dict[str, tuple[str, ...]]:
    """Return, for each clause of the base that a row of the pack names, the pack’s clauses."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for item in _carried_by(row):
            (own_id,) = ids_in(Listed(row.place, [row])) or ("",)
            found.setdefault(str(item.value), []).append(own_id)
    return {clause: tuple(ours) for clause, ours in found.items()}


def _carried_by(row: Node) -> list[Scalar]:
    listed = row.items.get("carried_by") if isinstance(row, Mapped) else None
    items = listed.items if isinstance(listed, Listed) else []
    return [item for item in items if isinstance(item, Scalar)]


def _register(
    root: Mapped, rows: list[Node], base: Node | None, stands_for: dict[str, tuple[str, ...]]
) -> tuple[Listed, bool]:
    """Return the pack’s rows and those of the base that it still cites, and whether there are any.

    A row of the base that nothing cites here is not the pack’s affair.
    """
    here = ids_in(Listed(root.place, rows))
    wanted = {clause for name, node in root.items.items() for clause in cited(node, name)}
    lent = [
        Mapped(row.place, {k: v for k, v in row.items.items() if k != "carried_by"}, row.named_at)
        for row in (base.items if isinstance(base, Listed) else [])
        if isinstance(row, Mapped)
        for clause in ids_in(Listed(row.place, [row]))
        if clause in wanted and clause not in here and clause not in stands_for
    ]
    return Listed(root.place, [*rows, *lent]), bool(lent)


def _add_sources(root: Mapped, base: Mapped) -> None:
    own, theirs = root.items.get("sources"), base.items.get("sources")
    ours = own.items if isinstance(own, Listed) else []
    more = theirs.items if isinstance(theirs, Listed) else []
    known = ids_in(own)
    new = [item for item in more if not ids_in(Listed(item.place, [item])) & known]
    if own is None or isinstance(own, Listed):
        root.items["sources"] = Listed(own.place if own else root.place, [*ours, *new])
        root.named_at.setdefault("sources", root.place)


# -- what can be wrong with a base ---------------------------------------------------------------


def _base_path(
    path: Path, based_on: Node, above: tuple[Path, ...], faults: list[Fault]
) -> Path | None:
    name = based_on.plain()
    if not isinstance(name, str) or not name:
        faults.append(Fault(based_on.place, "“based_on” must be the name of a base."))
        return None
    found = beside(path, name)
    if found is None:
        near = nearest(name, packs_in_reach())
        message = f"There is no base “{name[:LONGEST_NAME]}”.{near}"
        faults.append(Fault(based_on.place, message))
    elif found.resolve() in (*above, path.resolve()):
        message = f"“{name}” is made from this pack itself, so neither can be. End the circle here."
        faults.append(Fault(based_on.place, message))
        return None
    return found


def _is_base(root: Mapped, based_on: Node, faults: list[Fault]) -> bool:
    flag = root.items.get("base")
    if isinstance(flag, Scalar) and flag.value is True:
        return True
    message = (
        f"“{based_on.plain()}” is a procedure of its own and no base. Add “base: true” to it if it "
        "is only there for others, or name a base."
    )
    faults.append(Fault(based_on.place, message))
    return False


def _check_left_out(own: Mapped, below: Whole, base: Path, faults: list[Fault]) -> None:
    there = parts_of(below.root)
    for part in NAMED:
        names = {name for section, name in there if section == part}
        _missing(left_out(own, part), names, f"{part} of the base", faults)
    for kind, listed in fields_left_out(own).items():
        names = {
            n.partition(".")[2] for s, n in there if s == "fields" and n.startswith(f"{kind}.")
        }
        _missing(listed, names, f"fields that the base adds to “{kind}”", faults)
    hidden = below.root.items.get("hides")
    kinds = hidden.items if isinstance(hidden, Listed) else []
    names = {str(item.plain()) for item in kinds}
    _missing(left_out(own, "hides"), names, "kinds that the base hides", faults)
    stems = {file.stem for one in (base, *bases_under(base)) for file in scenario_files(one)}
    _missing(left_out(own, "scenarios"), stems, "scenarios of the base", faults)


def _missing(listed: list[Scalar], known: set[str], what: str, faults: list[Fault]) -> None:
    for item in listed:
        if str(item.value) not in known:
            near = nearest(str(item.value), known)
            faults.append(Fault(item.place, f"“{item.value}” is not among the {what}.{near}"))


def _check_carrying(
    clauses: Node | None, shares: str, known: frozenset[str] | None, faults: list[Fault]
) -> None:
    """Add a fault for each base clause that a pack’s own register names and that is not there."""
    if shares or not isinstance(clauses, Listed):
        return  # said where the register is read
    for row in clauses.items:
        for item in _carried_by(row):
            if known is None:
                message = "“carried_by” names clauses of a base, and this pack has none. Say"
                faults.append(Fault(item.place, f"{message} “based_on”, or leave it out."))
            else:
                _missing([item], set(known), "clauses of the base", faults)


def bases_under(path: Path) -> list[Path]:
    """Return the folders of the bases under the pack at `path`, the nearest first.

    Looks only where the next base is named; a circle is followed once.
    """
    found: list[Path] = []
    while True:
        named = read_part(path, "based_on", [])
        base = beside(path, str(named.plain())) if named is not None else None
        if base is None or base in found:
            return found
        found.append(base)
        path = base
