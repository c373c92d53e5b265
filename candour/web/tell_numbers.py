"""Whom to ring when somebody is in danger, at this hour and for the place a body looks after."""

from dataclasses import dataclass
from datetime import datetime

from candour.bodies.models import Body
from candour.engine.words import Language, Words


@dataclass(frozen=True, slots=True)
class Number:
    """A number to ring.

    Attributes:
        who: who answers it.
        phone: as it is read.
        dialled: as it is dialled.
        note: whether it answers now, where that is known.
    """

    who: str
    phone: str
    dialled: str
    note: str = ""


EMERGENCY = Words("Police, ambulance or fire service", "Yr heddlu, ambiwlans neu’r gwasanaeth tân")


def numbers(body: Body, language: Language, as_of: datetime) -> list[Number]:  # noqa: ARG001
    """Return whom to ring, in the order in which to try them; 999 is always the first."""
    return [Number(EMERGENCY.text(language), "999", "999")]
