"""How long a meeting has spent on each heading of its agenda, as they were taken up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from candour.engine.meetings import TAKEN_UP, Meeting
from candour.engine.standing import Standing


@dataclass(frozen=True, slots=True)
class HeadingTimes:
    """The time of each heading that was taken up, and the one that the meeting is at.

    Attributes:
        spent: by the id of a heading; one that was taken up twice has both times together.
        now: the id of the heading last taken up; empty before the first and after the meeting.
    """

    spent: Mapping[str, timedelta]
    now: str


def heading_times(standing: Standing, meeting: Meeting, moment: datetime) -> HeadingTimes:
    """Return how the time of a meeting went over its agenda, up to `moment`."""
    ends = meeting.held.happened_at if meeting.held else None
    until = moment if ends is None else min(ends, moment)
    taken = [
        (entry.happened_at, str(entry.data["heading"]))
        for entry in standing.by_kind.get(TAKEN_UP, ())
        if meeting.began_by.id in entry.refers_to and entry.happened_at <= until
    ]
    spent: dict[str, timedelta] = {}
    for (since, heading), (then, _next) in pairwise([*taken, (until, "")]):
        spent[heading] = spent.get(heading, timedelta()) + (then - since)
    over = ends is not None and ends <= moment
    return HeadingTimes(spent, taken[-1][1] if taken and not over else "")
