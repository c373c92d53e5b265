"""Somebody is in danger now: 999 first, then who answers for safeguarding at this hour (HD-18)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from candour.bodies.models import Area, Function, ServedPeople, Service
from candour.bodies.routes import Answer, who_answers
from candour.engine.words import Words

# Public numbers of England and Wales, answered by day and by night.
EMERGENCY = Answer(
    "emergency",
    Words("Police, ambulance or fire service", "Yr heddlu, ambiwlans neu’r gwasanaeth tân"),
    phone="999",
    open_now=True,
)
URGENT_CARE = Answer(
    "urgent_care",
    Words("Urgent medical help, not an emergency", "Cymorth meddygol brys, nid argyfwng"),
    phone="111",
    open_now=True,
)
POLICE = Answer(
    "police",
    Words("Police, when it is not an emergency", "Yr heddlu, pan nad yw’n argyfwng"),
    phone="101",
    open_now=True,
)


def who_answers_in_danger(
    *,
    people: str = ServedPeople.BOTH,
    at: datetime,
    service: Service | None = None,
    area: Area | Sequence[Area] | None = None,
) -> list[Answer]:
    """Return whom to ring when somebody is in danger now, in the order in which to try them.

    First 999. Then safeguarding of that place, those who answer at this hour before those who do
    not; then the police and urgent care. There is always somebody: the public numbers are answered
    at every hour.

    Args:
        people: for whom: adults, children, or both, which leaves nobody out.
        at: the instant asked about, with its time zone.
        service: the service asked about.
        area: the area asked about, or several; without either only the public numbers come.

    Raises:
        ClockError: the instant has no time zone.
    """
    found = who_answers(Function.SAFEGUARDING, people=people, at=at, service=service, area=area)
    return in_order(found)


def in_order(found: Iterable[Answer]) -> list[Answer]:
    """Return whom to ring in danger, of these who safeguard: the public numbers around them."""
    reached = [answer for answer in found if answer.phone]
    there = [answer for answer in reached if answer.open_now]
    unsure = [answer for answer in reached if answer.open_now is None]
    shut = [answer for answer in reached if answer.open_now is False]
    return [EMERGENCY, *there, *unsure, *shut, POLICE, URGENT_CARE]
