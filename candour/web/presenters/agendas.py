"""Agendas in words, and the names of what meetings are made of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from candour.engine import Entry, OpenDuty, Restriction, Standing
from candour.engine.agendas import Item, Point, agenda
from candour.engine.headings import HeadingTimes
from candour.engine.meeting_rules import Part
from candour.engine.plans import Action as Planned
from candour.engine.procedure import Auto
from candour.engine.procedure_words import AGENCIES
from candour.web import dates
from candour.web.presenters.addresses import case_page, due_date_page, entry_place, of_case
from candour.web.presenters.dues import due_words
from candour.web.presenters.meeting_clock import length
from candour.web.presenters.naming import entry_name
from candour.web.presenters.sight import Sight
from candour.web.spoken import said
from candour.web.spoken import told as _


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """One thing that a heading brings up, and where it stands in the case."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One heading of an agenda and what it brings up; `part` where the meeting is in parts.

    `spent` is how long a meeting has taken over it, and `now` whether it is at it.
    """

    id: str
    title: str
    part: str
    points: tuple[AgendaPoint, ...]
    spent: str = ""
    now: bool = False


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
    found = agenda(standing, meeting, sight.moment, until)
    return tuple(_agenda_line(standing, item, sight) for item in found)


def taken_up(lines: Iterable[AgendaLine], times: HeadingTimes) -> tuple[AgendaLine, ...]:
    """Return an agenda with how long a meeting has spent on each heading."""
    return tuple(
        replace(
            line,
            spent=length(times.spent[line.id]) if line.id in times.spent else "",
            now=line.id == times.now,
        )
        for line in lines
    )


def _agenda_line(standing: Standing, item: Item, sight: Sight) -> AgendaLine:
    heading = item.heading
    points = tuple(
        AgendaPoint(point_words(standing, point), _place(point, sight.ref)) for point in item.points
    )
    return AgendaLine(heading.id, said(heading.title), part_words(heading.part), points)


def _place(point: Point, ref: str) -> str:
    """Return where what a point is about stands in the case."""
    match point:
        case Planned():
            return entry_place(ref, point.entry.id)
        case OpenDuty():
            return due_date_page(ref, point.key)
        case Restriction():
            return of_case("case-restrictions", ref)
        case Auto():
            return case_page(ref, "next")
        case Entry():
            return entry_place(ref, point.id)


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
