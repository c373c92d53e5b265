"""Names out of the procedures that cases run on, where a row holds only their ids."""

from candour import policies
from candour.engine import Procedure
from candour.web.presenters.naming import role_title
from candour.web.spoken import said


def procedure_of(name: str) -> Procedure | None:
    """Return the procedure of this name, or None where this release has it no longer."""
    try:
        return policies.load(name)
    except policies.PackError:
        return None


def step_name(procedure: str, step: str) -> str:
    """Return a step's title, or its id where the procedure is no longer to be had."""
    held = procedure_of(procedure)
    known = held.steps.get(step) if held else None
    return said(known.title) if known else step.replace("_", " ")


def procedure_name(procedure: str) -> str:
    """Return a procedure's title, or its name where this release has it no longer."""
    held = procedure_of(procedure)
    return said(held.title) if held else procedure.replace("_", " ")


def role_name(procedure: str, role: str) -> str:
    """Return a role's title, or its id where the procedure is no longer to be had."""
    held = procedure_of(procedure)
    return role_title(held, role) if held else role.replace("_", " ")


def is_staff(procedure: str, role: str) -> bool:
    """Return whether a role is one that somebody who signs in can hold."""
    held = procedure_of(procedure)
    known = held.roles.get(role) if held else None
    return known is not None and not known.outside
