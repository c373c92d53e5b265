"""What a change of procedure would bring about in one case, as its page shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.engine import Comparison, OpenDuty, Standing
from candour.engine.standing import Era
from candour.web import dates
from candour.web.presenters.naming import entry_title, when_words
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class EraLine:
    """One procedure that a case has run on, and from when."""

    title: str
    version: str
    since: str


@dataclass(frozen=True, slots=True)
class DateLine:
    """One duty: its date as it is and as it would be; empty where it is not owed."""

    title: str
    before: str
    after: str
    late: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would bring about."""

    dates: tuple[DateLine, ...]
    opens: tuple[str, ...]
    shuts: tuple[str, ...]
    misfits: tuple[tuple[str, str], ...]
    before: str
    after: str


def era_lines(standing: Standing) -> tuple[EraLine, ...]:
    """Return the procedures that a case has run on, the present one first."""
    eras = standing.eras or (Era(standing.procedure),)
    found = []
    for era in reversed(eras):
        since = era.since or standing.opened_at
        when = when_words(since) if since else ""
        found.append(EraLine(said(era.procedure.title), era.procedure.version, when))
    return tuple(found)


def preview_of(found: Comparison, standing: Standing) -> Preview:
    """Return a comparison in words, those first that would be late."""
    late = {owed.key for owed in found.turn_late}
    lines = [
        DateLine(_title(pair.after), _date(pair.before), _date(pair.after), pair.after.key in late)
        for pair in found.move
    ]
    lines += [DateLine(_title(o), _("Not owed"), _date(o), o.key in late) for o in found.appear]
    lines += [DateLine(_title(o), _date(o), _("Not owed"), late=False) for o in found.go]
    return Preview(
        dates=tuple(sorted(lines, key=lambda line: not line.late)),
        opens=tuple(said(move.title) for move in found.opens),
        shuts=tuple(said(move.title) for move in found.shuts),
        misfits=tuple(
            dict.fromkeys(
                (entry_title(standing.procedure_of(m.entry.id), m.entry), m.problem.message)
                for m in found.misfits
            )
        ),
        before=said(found.before.step.title),
        after=said(found.after.step.title),
    )


def _title(owed: OpenDuty) -> str:
    return said(owed.title)


def _date(owed: OpenDuty) -> str:
    return dates.day(owed.due.on) if owed.due.on else _("Paused")
