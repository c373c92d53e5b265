"""Who of a body looks at safeguarding signs, and by when somebody has to have looked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from candour.bodies.models import Body
from candour.engine.calendars import BeyondCalendar
from candour.engine.clocks import Clock
from candour.experiences.signs import USUAL_PERIOD, SafeguardingWatch
from candour.policies.calendars import calendar

CALENDARS: Final = {"england": "england", "wales": "wales", "uk": "uk-any"}


@dataclass(frozen=True, slots=True)
class Watch:
    """How a body looks at signs.

    Attributes:
        role: the post whose holders look; empty for everybody who holds one there.
        period: by when, in the words of a clock.
    """

    role: str = ""
    period: str = USUAL_PERIOD


def watch_of(body: Body) -> Watch:
    """Return how a body looks at signs: as it chose, or the usual. One query."""
    chosen = SafeguardingWatch.objects.filter(body=body).first()
    return Watch(chosen.role, chosen.period) if chosen else Watch()


def look_by(body: Body, as_of: datetime) -> datetime:
    """Return the instant by which somebody has to have looked at what comes in now. One query."""
    return look_by_in(watch_of(body).period, body, as_of)


def look_by_in(period: str, body: Body, as_of: datetime) -> datetime:
    """Return the instant at which a period ends that begins now.

    “Same day” on a day that is no working day means the next working day: nobody is there before.

    Raises:
        ClockError: the words describe no clock.
    """
    rolls = "hour" not in period and period != "at once"
    clock = Clock.parse(period, "roll" if rolls and "working" not in period else "stand")
    try:
        due = clock.due(as_of, calendar(CALENDARS[body.nation]))
    except BeyondCalendar:
        return as_of
    return due.late_from or as_of
