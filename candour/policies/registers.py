"""Registers of clauses: a pack's own, or one that it shares with another."""

from pathlib import Path

from candour.engine.errors import nearest
from candour.policies.faults import Fault
from candour.policies.folders import beside, packs_in_reach
from candour.policies.reading.checking import Checking
from candour.policies.reading.folder import LONGEST_NAME, read_part
from candour.policies.reading.gather import gather
from candour.policies.reading.grammar import CLAUSE
from candour.policies.reading.lists import Distinct
from candour.policies.reading.nodes import Mapped, Node, Scalar


def register_of(path: Path, root: Mapped, faults: list[Fault]) -> tuple[str, Node | None]:
    """Return which pack the clauses come from (empty: this one) and their register, if any."""
    shared = root.items.get("clauses_from")
    if not isinstance(shared, Scalar) or not isinstance(shared.value, str):
        return "", root.items.get("clauses")
    source = beside(path, shared.value)
    lent: list[Fault] = []
    clauses = read_part(source, "clauses", lent) if source else None
    if clauses is not None:
        Distinct(CLAUSE).check(clauses, ("clauses",), Checking(gather(root, None), lent))
    if lent:
        faults.extend(lent)
        clauses = None
    elif clauses is None:
        near = nearest(shared.value, packs_in_reach())
        named = shared.value[:LONGEST_NAME]
        message = f"There is no pack “{named}” with a register of clauses to share.{near}"
        faults.append(Fault(shared.place, message))
    return shared.value, clauses
