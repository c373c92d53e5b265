"""What a procedure has from its base, as its pages say it."""

from typing import Final

from candour.engine import Procedure
from candour.web.presenters.shipped import procedure_of
from candour.web.spoken import said

# Section of a pack -> what its parts are called in the anchors of the page.
_ANCHORS: Final = {
    "steps": "step",
    "moves": "move",
    "duties": "duty",
    "gates": "gate",
    "autos": "auto",
    "roles": "role",
    "documents": "document",
}


def base_title(procedure: Procedure) -> str:
    """Return the title of the base that a procedure is made from; empty where it has none."""
    if procedure.basis is None:
        return ""
    name = procedure.basis.bases[0]
    base = procedure_of(name)
    return said(base.title) if base else name.replace("_", " ")


def taken_over(procedure: Procedure) -> frozenset[str]:
    """Return the anchors of the parts that a procedure has unchanged from its base."""
    parts = procedure.basis.parts if procedure.basis else frozenset()
    known = ((_ANCHORS.get(section, ""), name) for section, name in parts)
    return frozenset(f"{what}-{name}" for what, name in known if what)
