"""How a case stands, in one sentence that is made from its standing and typed by nobody."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils.translation import ngettext

from candour.engine import OpenDuty, Restriction, Snapshot, Standing
from candour.engine.meetings import open_meeting
from candour.engine.parts import Step
from candour.engine.placing import Placement, PlacingAnswer, answer_of
from candour.web import dates
from candour.web.presenters.agendas import meeting_title
from candour.web.presenters.dues import relative
from candour.web.spoken import said
from candour.web.spoken import told as _

NEAR = timedelta(days=7)  # what is due sooner is told by how far off it is
_SHORT = re.compile(r"\(([A-Z][A-Z&]{1,6})\)\s*$")


def status_sentence(standing: Standing, snapshot: Snapshot) -> str:
    """Return where the case is, what is owed next, and whether people may be placed."""
    now = snapshot.moment
    parts = [
        _place(standing, snapshot.step, now),
        *_sitting(standing),
        *_owed([at.owed for at in snapshot.duties], now, closed=snapshot.closed),
        *_placing(snapshot.restrictions),
    ]
    return f"{'; '.join(parts)}."


def short_step(title: str) -> str:
    """Return a step by the letters that people call it by, where its title ends with them."""
    found = _SHORT.search(title)
    return found[1] if found else title


def _place(standing: Standing, step: Step, now: datetime) -> str:
    words = {"step": short_step(said(step.title))}
    if standing.closed_at is not None:
        day = dates.plain_day(standing.closed_at, now)
        return _("Closed on %(day)s at %(step)s") % {**words, "day": day}
    if standing.step_since is None:
        return _("At %(step)s") % words
    day = dates.plain_day(standing.step_since, now)
    return _("At %(step)s since %(day)s") % {**words, "day": day}


def _sitting(standing: Standing) -> Iterator[str]:
    sitting = open_meeting(standing)
    if sitting is not None:
        title = short_step(meeting_title(standing, sitting.name))
        yield _("meeting now: %(meeting)s") % {"meeting": title}


def _owed(duties: Sequence[OpenDuty], now: datetime, *, closed: bool) -> Iterator[str]:
    """Yield what is late, then what is due next; the duties stand soonest first."""
    late = [owed for owed in duties if owed.due.on is not None and owed.due.is_late(now)]
    coming = [owed for owed in duties if owed.due.on is not None and not owed.due.is_late(now)]
    if len(late) == 1:
        yield _("%(how)s: %(what)s") % {
            "how": relative(late[0].due, now),
            "what": said(late[0].title),
        }
    elif late:
        words = ngettext(
            "%(n)s thing late, the first: %(what)s",
            "%(n)s things late, the first: %(what)s",
            len(late),
        )
        yield words % {"n": len(late), "what": said(late[0].title)}
    if coming:
        yield _next(coming[0], now)
    elif duties and not late:
        yield _("the clock stands still")
    elif not duties and not closed:
        yield _("nothing is due")


def _next(owed: OpenDuty, now: datetime) -> str:
    on = owed.due.on
    assert on is not None  # noqa: S101  # only what has a date comes next
    near = on - dates.london_day(now) <= NEAR
    when = dates.days_from(on, now) if near else dates.plain_day(on, now)
    return _("due %(when)s: %(what)s") % {"when": when, "what": said(owed.title)}


def _placing(held: Sequence[Restriction]) -> Iterator[str]:
    """Yield what a person who is to be placed may expect, of whom nothing is known yet."""
    match answer_of(held, Placement()).answer:
        case PlacingAnswer.NO:
            yield _("new placements suspended")
        case PlacingAnswer.ASK:
            yield _("some new placements suspended")
        case PlacingAnswer.ON_CONDITIONS:
            yield _("new placements on conditions only")
        case PlacingAnswer.YES:
            return
