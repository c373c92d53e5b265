"""The time of a meeting: how long it has gone on, how long this part has, what is to come when."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.engine import Standing
from candour.engine.london import LONDON, local
from candour.engine.meeting_rules import Part
from candour.engine.meetings import BEGUN, Meeting, part_at
from candour.web import dates

WIDTH, HIGH = 720, 26  # units of the drawing; the browser scales it


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the drawn line of time: members only, with the provider, or still to come."""

    x: int
    width: int
    sort: str


@dataclass(frozen=True, slots=True)
class MeetingClock:
    """How the time of a meeting stands, in words and drawn.

    Attributes:
        facts: pairs of what is counted and how much.
        over: it goes on longer than it was called for.
        drawn: the line of time; empty where the call says no times.
        now: where on it the present is.
        says: what the drawing shows.
        minute: how many whole minutes it has gone on; what is shown changes with it.
    """

    facts: tuple[tuple[str, str], ...]
    over: bool
    drawn: tuple[Stretch, ...]
    now: int
    says: str
    minute: int


def meeting_clock(standing: Standing, meeting: Meeting, moment: datetime) -> MeetingClock:
    """Return the time of a meeting that is open at `moment`."""
    began = meeting.began_at
    joins, ends = (_planned(meeting, name) for name in ("provider_from", "ends_at"))
    part = part_at(standing, meeting, moment)
    facts = [(_("Open for"), length(moment - began))]
    if part is not None:
        words = _("Members only") if part is Part.MEMBERS else _("With the provider")
        facts.append((words, length(moment - _part_since(standing, meeting))))
    if joins is not None and part is Part.MEMBERS:
        facts.append((_("Provider joins at %(time)s") % _at(joins), _until(joins, moment)))
    if ends is not None:
        facts.append((_("Ends at %(time)s") % _at(ends), _until(ends, moment)))
    drawn, now = _drawn(standing, meeting, moment, ends)
    return MeetingClock(
        facts=tuple(facts),
        over=ends is not None and moment > ends,
        drawn=drawn,
        now=now,
        says="; ".join(f"{name}: {value}" for name, value in facts),
        minute=int((moment - began).total_seconds() // 60),
    )


def _at(moment: datetime) -> dict[str, str]:
    return {"time": dates.clock_time(moment)}


def _planned(meeting: Meeting, name: str) -> datetime | None:
    """Return a time that the call gives, on the day of the meeting; None where it gives none."""
    given = meeting.called.data.get(name) if meeting.called else None
    if not given:
        return None
    day = local(meeting.began_at).date()
    return datetime.combine(day, time.fromisoformat(str(given)), LONDON)


def _part_since(standing: Standing, meeting: Meeting) -> datetime:
    begun = [e for e in standing.by_kind.get(BEGUN, ()) if meeting.began_by.id in e.refers_to]
    return begun[-1].happened_at if begun else meeting.began_at


def length(time: timedelta) -> str:
    """Return a length of time in hours and minutes."""
    hours, minutes = divmod(max(0, int(time.total_seconds() // 60)), 60)
    if not hours:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}


def _until(moment: datetime, now: datetime) -> str:
    if moment >= now:
        return _("in %(time)s") % {"time": length(moment - now)}
    return _("%(time)s ago") % {"time": length(now - moment)}


def _drawn(
    standing: Standing, meeting: Meeting, moment: datetime, ends: datetime | None
) -> tuple[tuple[Stretch, ...], int]:
    """Return the line of time: each part as it was taken, and what is left until the end."""
    if ends is None or ends <= meeting.began_at:
        return (), 0
    last = max(ends, moment)
    whole = (last - meeting.began_at).total_seconds()

    def x(at: datetime) -> int:
        return round(WIDTH * (at - meeting.began_at).total_seconds() / whole)

    begun = [
        e.happened_at for e in standing.by_kind.get(BEGUN, ()) if meeting.began_by.id in e.refers_to
    ]
    turns = [meeting.began_at, *begun, moment]
    taken = tuple(
        Stretch(x(one), x(two) - x(one), str(part_at(standing, meeting, one) or Part.MEMBERS))
        for one, two in pairwise(turns)
    )
    return (*taken, Stretch(x(moment), WIDTH - x(moment), "to_come")), x(moment)
