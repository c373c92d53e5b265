"""The procedure engine: pure, standard library only, no I/O and no “now”.

fold(procedure, entries) -> Standing          what the log comes to
standing.at(moment) -> Snapshot               what is due, late, open and blocked then
propose(standing, draft, as_of)               -> Entry, or a Refusal that says why
entered(standing, draft, as_of)               -> Standing with it, or a Refusal that says why
what_if(standing, procedure, moment)          -> Comparison: what another procedure would change
"""

from candour.engine.bars import moving_kind
from candour.engine.comparing import (
    Comparison,
    DutyMoved,
    Misfit,
    compared,
    kinds_alike,
    preview,
    what_if,
)
from candour.engine.conditions import Reason
from candour.engine.duties import DutyState, OpenDuty
from candour.engine.entering import entered
from candour.engine.entries import SYSTEM, Draft, Entry, canonical, from_payload, payload
from candour.engine.errors import (
    BrokenLog,
    ClockError,
    EngineError,
    MalformedEntry,
    UnknownKind,
    UnknownProcedure,
)
from candour.engine.fold import fold
from candour.engine.procedure import Procedure
from candour.engine.propose import Refusal, auto_draft, propose
from candour.engine.restrictions import Restriction
from candour.engine.standing import DutyAt, Library, MoveAt, Snapshot, Standing
from candour.engine.words import Language, Words

__all__ = [
    "SYSTEM",
    "BrokenLog",
    "ClockError",
    "Comparison",
    "Draft",
    "DutyAt",
    "DutyMoved",
    "DutyState",
    "EngineError",
    "Entry",
    "Language",
    "Library",
    "MalformedEntry",
    "Misfit",
    "MoveAt",
    "OpenDuty",
    "Procedure",
    "Reason",
    "Refusal",
    "Restriction",
    "Snapshot",
    "Standing",
    "UnknownKind",
    "UnknownProcedure",
    "Words",
    "auto_draft",
    "canonical",
    "compared",
    "entered",
    "fold",
    "from_payload",
    "kinds_alike",
    "moving_kind",
    "payload",
    "preview",
    "propose",
    "what_if",
]
