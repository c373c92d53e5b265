"""Conditions: the closed vocabulary of what may have to hold, and why it does not.

A condition looks at a standing, at a moment, and (for gates) at the draft that somebody proposes.
It returns the reasons why it does not hold; no reasons means that it holds. Nothing is evaluated
from text: a pack can only combine what is here.
"""

from candour.engine.conditions.base import UNSAID, Condition, Reason, Situation
from candour.engine.conditions.logic import AllOf, AnyOf, Not
from candour.engine.conditions.on_case import (
    AtStep,
    DuePassed,
    DutiesMet,
    ProcessRunning,
    RestrictionInForce,
    processes_running,
)
from candour.engine.conditions.on_draft import Among, FitsMatrix, Proposed, RefersTo
from candour.engine.conditions.on_meeting import (
    DisclaimerTaken,
    InvitesAll,
    PartsKept,
    Quorate,
)
from candour.engine.conditions.on_plan import ActionsDone, ActionsSmart
from candour.engine.conditions.on_ratings import NoneForMember, NotCopied, NotMilder, NotStale
from candour.engine.conditions.on_record import Elapsed, Latest, OnePerMember, Recorded
from candour.engine.conditions.on_sharing import AllowedFirst, OpenToRecipients

__all__ = [
    "UNSAID",
    "ActionsDone",
    "ActionsSmart",
    "AllOf",
    "AllowedFirst",
    "Among",
    "AnyOf",
    "AtStep",
    "Condition",
    "DisclaimerTaken",
    "DuePassed",
    "DutiesMet",
    "Elapsed",
    "FitsMatrix",
    "InvitesAll",
    "Latest",
    "NoneForMember",
    "Not",
    "NotCopied",
    "NotMilder",
    "NotStale",
    "OnePerMember",
    "OpenToRecipients",
    "PartsKept",
    "ProcessRunning",
    "Proposed",
    "Quorate",
    "Reason",
    "Recorded",
    "RefersTo",
    "RestrictionInForce",
    "Situation",
    "processes_running",
]
