"""The procedures that somebody may open a case under."""

from dataclasses import dataclass

from candour.engine import Procedure
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class ProcedureChoice:
    """A procedure that somebody may open a case under."""

    name: str
    title: str
    summary: str
    about_service: bool


def procedure_choice(procedure: Procedure) -> ProcedureChoice:
    """Return a procedure as one to choose."""
    return ProcedureChoice(
        procedure.name,
        said(procedure.title),
        said(procedure.summary),
        procedure.about == "service",
    )
