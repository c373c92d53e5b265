"""Agendas in words, and the names of what meetings are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from candour.engine import Entry, OpenDuty, Restriction, Standing
from candour.engine.agendas import Item, Point, agenda
from candour.engine.meeting_rules import Part
from candour.engine.plans import Action as Planned
from candour.engine.procedure import Auto
from candour.engine.procedure_words import AGENCIES
from candour.web import dates
from candour.web.presenters.dues import due_words
from candour.web.presenters.naming import entry_name
from candour.web.presenters.sight import Sight
from candour.web.spoken import said
from candour.web.spoken import told as _


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One heading of an agenda and what it brings up; `part` where the meeting is in parts."""

    title: str
    part: str
    points: tuple[str, ...]


def agency_names(standing: Standing, agencies: Iterable[object]) -> tuple[str, ...]:
    """Return agencies by their names."""
    known = {option.id: option.label for option in standing.procedure.options.get(AGENCIES, ())}
    return tuple(said(known[str(a)]) if str(a) in known else str(a) for a in agencies)


def meeting_title(standing: Standing, name: str) -> str:
    """Return what a kind of meeting is called."""
    known = {option.id: option.label for option in standing.procedure.options.get("meetings", ())}
    return said(known.get(name)) or name


def part_words(part: Part | None) -> str:
    """Return a part of a meeting in words; nothing where it has none."""
    if part is None:
        return ""
    return _("Members only") if part is Part.MEMBERS else _("With the provider")


def agenda_lines(
    standing: Standing, meeting: str, sight: Sight, until: date | None
) -> tuple[AgendaLine, ...]:
    """Return the agenda of a meeting, heading by heading, with what is open."""
    return tuple(
        _agenda_line(standing, item) for item in agenda(standing, meeting, sight.moment, until)
    )


def _agenda_line(standing: Standing, item: Item) -> AgendaLine:
    heading = item.heading
    points = tuple(point_words(standing, point) for point in item.points)
    return AgendaLine(said(heading.title), part_words(heading.part), points)


def point_words(standing: Standing, point: Point) -> str:
    """Return a point of an agenda in words, with its date where it has one."""
    match point:
        case Planned():
            due = dates.day(point.due_on) if point.due_on else ""
            facts = {
                "what": str(point.entry.data["action"]).strip(),
                "who": point.entry.data["owner"],
            }
            words = _("%(what)s (%(who)s)") % facts
            done = _("%(what)s: done") % {"what": words}
            return done if point.completed else f"{words}, {due}"
        case OpenDuty():
            return f"{said(point.title)}, {due_words(point.due)}"
        case Restriction():
            return _("%(scope)s, since %(day)s") % {
                "scope": point.scope,
                "day": dates.day(point.since),
            }
        case Auto():
            return said(point.title)
        case Entry():
            return entry_name(standing, point)
