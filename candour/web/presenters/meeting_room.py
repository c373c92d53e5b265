"""The room of a meeting that is being held: who is there, what was captured, the ratings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from candour.documents.content import Content
from candour.engine import Entry, Standing
from candour.engine.audiences import kept_from_provider
from candour.engine.fields import as_values
from candour.engine.headings import heading_times
from candour.engine.meeting_rules import MeetingRule, Part
from candour.engine.meetings import (
    ATTENDED,
    NOTED,
    Meeting,
    Said,
    attendance,
    part_at,
    present,
    rule_of,
    said_in,
)
from candour.engine.plans import ADDED
from candour.engine.procedure_words import AGENCIES
from candour.engine.vocabulary.ratings import CALLED, OPENED
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import REFERS, correction_page, recording_page
from candour.web.presenters.agendas import (
    AgendaLine,
    agency_names,
    agenda_lines,
    meeting_title,
    part_words,
    taken_up,
)
from candour.web.presenters.disclaimers import disclaimer
from candour.web.presenters.meeting_clock import MeetingClock, meeting_clock
from candour.web.presenters.meeting_links import finishing_page, running_page
from candour.web.presenters.meeting_papers import meeting_papers
from candour.web.presenters.naming import entry_title
from candour.web.presenters.ratings import RatingsPage, ratings_page
from candour.web.presenters.sight import Sight
from candour.web.spoken import said

_SAYS = {NOTED: "point", "decision_made": "reason", ADDED: "action"}


@dataclass(frozen=True, slots=True)
class Captured:
    """Something captured: when, what, by whom, in which part, and what can be made of it."""

    id: str
    time: str
    title: str
    words: str
    by: str
    part: str
    for_members: bool
    correct: str
    ways: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class AtTable:
    """Who is at the table, who has not taken the disclaimer, and whether that is a quorum."""

    present: tuple[str, ...]
    apologies: tuple[str, ...]
    not_acknowledged: tuple[str, ...]
    quorum: str
    quorate: bool
    note: str


@dataclass(frozen=True, slots=True)
class RatingsHere:
    """The ratings of this meeting: a round, what was opened in it, whom a call would ask."""

    page: RatingsPage
    opened: bool
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoomPage:
    """Everything that the room of a meeting says."""

    title: str
    name: str
    address: str
    part: str
    in_parts: bool
    with_provider: bool
    other_part: str
    clock: MeetingClock
    table: AtTable
    captured: tuple[Captured, ...]
    ratings: RatingsHere | None
    agenda: tuple[AgendaLine, ...]
    papers: tuple[Action, ...]
    others: tuple[Action, ...]
    finish: str
    seq: int
    disclaimer: Content | None


def room_page(
    standing: Standing, meeting: Meeting, sight: Sight, names: Mapping[str, str]
) -> RoomPage:
    """Return the room of a meeting that is open; `names` are those of who recorded things."""
    now = part_at(standing, meeting, sight.moment)
    return RoomPage(
        title=meeting_title(standing, meeting.name),
        name=meeting.name,
        address=running_page(sight.ref, meeting.began_by.id),
        part=part_words(now),
        in_parts=now is not None,
        with_provider=now is Part.WITH_PROVIDER,
        other_part=str(Part.WITH_PROVIDER if now is Part.MEMBERS else Part.MEMBERS),
        clock=meeting_clock(standing, meeting, sight.moment),
        table=at_table(standing, meeting),
        captured=captured(standing, meeting, sight, names),
        ratings=_ratings(standing, meeting, sight),
        agenda=taken_up(
            agenda_lines(standing, meeting.name, sight, None),
            heading_times(standing, meeting, sight.moment),
        ),
        papers=tuple(meeting_papers(standing, sight)),
        others=tuple(_others(standing, meeting, sight)),
        finish=finishing_page(sight.ref, meeting.began_by.id),
        seq=len(standing.recorded),
        disclaimer=disclaimer(standing.procedure),
    )


def at_table(standing: Standing, meeting: Meeting) -> AtTable:
    """Return who is at a meeting, as attendance was taken last."""
    rule, taken = rule_of(standing, meeting), attendance(standing, meeting)
    there = present(taken)
    took = as_values(taken.data.get("acknowledged")) if taken else ()
    quorum, quorate = _quorum(standing, rule, there)
    return AtTable(
        present=agency_names(standing, there),
        apologies=agency_names(standing, as_values(taken.data.get("apologies")) if taken else ()),
        not_acknowledged=agency_names(standing, (a for a in there if a not in took)),
        quorum=quorum,
        quorate=quorate,
        note=said(rule.quorum.note) if rule and rule.quorum else "",
    )


def _quorum(
    standing: Standing, rule: MeetingRule | None, there: tuple[str, ...]
) -> tuple[str, bool]:
    """Return what the quorum wants, in words (none where there is none), and if it is met."""
    if rule is None or rule.quorum is None:
        return "", True
    needed = ", ".join(agency_names(standing, rule.quorum.agencies))
    words = _("%(there)s of at least %(needed)s agencies are there; among them must be: %(who)s.")
    met = len(there) >= rule.quorum.at_least and set(rule.quorum.agencies) <= set(there)
    facts = {"there": len(there), "needed": rule.quorum.at_least, "who": needed or "–"}
    return words % facts, met


def captured(
    standing: Standing, meeting: Meeting, sight: Sight, names: Mapping[str, str]
) -> tuple[Captured, ...]:
    """Return what was captured in a meeting, the newest first."""
    lines = [_captured(standing, each, sight, names) for each in said_in(standing, meeting)]
    return tuple(reversed(lines))


def _captured(standing: Standing, each: Said, sight: Sight, names: Mapping[str, str]) -> Captured:
    entry = each.entry
    return Captured(
        id=entry.id,
        time=dates.clock_time(entry.happened_at),
        title=_title(standing, entry),
        words=_words(entry),
        by=names.get(entry.author, ""),
        part=part_words(each.part),
        for_members=kept_from_provider(entry),
        correct=correction_page(sight.ref, entry.id) if sight.may_act else "",
        ways=tuple(_ways(standing, entry, sight)) if entry.kind == NOTED else (),
    )


def _title(standing: Standing, entry: Entry) -> str:
    """Return what an entry is; of a line whose words follow, only the sort."""
    if entry.kind in (NOTED, ADDED):
        return said(standing.procedure.kind(entry.kind).title)
    return entry_title(standing.procedure, entry)


def _words(entry: Entry) -> str:
    words = str(entry.data.get(_SAYS.get(entry.kind, "")) or "")
    if entry.kind != ADDED:
        return words
    due = dates.day(date.fromisoformat(entry.data["due_on"]))
    return _("%(what)s (%(who)s, by %(when)s)") % {
        "what": words,
        "who": entry.data["owner"],
        "when": due,
    }


def _ways(standing: Standing, line: Entry, sight: Sight) -> Iterator[Action]:
    """Yield what a line noted can be made into, with its words where they go."""
    made = {"decision_made": _("Make it a decision"), ADDED: _("Make it an action")}
    for kind, words in made.items():
        if sight.may_act and kind in standing.procedure.kinds:
            extra = {_SAYS[kind]: str(line.data["point"]), REFERS: line.id}
            yield Action(words, recording_page(sight.ref, kind, extra=extra))


def _ratings(standing: Standing, meeting: Meeting, sight: Sight) -> RatingsHere | None:
    """Return the ratings of this meeting; None where the procedure rates nothing."""
    procedure = standing.procedure
    if procedure.matrix is None or CALLED not in procedure.kinds:
        return None
    opened = standing.by_kind.get(OPENED, ())
    page = ratings_page(standing, sight)
    may_call = sight.may_act and page.now is None
    return RatingsHere(
        page=page,
        opened=bool(opened) and opened[-1].happened_at >= meeting.began_at,
        asks=agency_names(standing, rating_agencies(standing, meeting)) if may_call else (),
    )


def rating_agencies(standing: Standing, meeting: Meeting) -> tuple[str, ...]:
    """Return the agencies that would be called on to rate: those there that are members."""
    rule = rule_of(standing, meeting)
    guests = rule.second_part_only if rule else ()
    return tuple(a for a in present(attendance(standing, meeting)) if a not in guests)


def _others(standing: Standing, meeting: Meeting, sight: Sight) -> Iterator[Action]:
    """Yield what else is often recorded while a meeting goes on, each bound to it."""
    words = {
        "rating_agreed": _("Agree the rating"),
        "risk_rated": _("Rate the risk aloud"),
        "plan_agreed": _("Agree a plan"),
        "restriction_imposed": _("Restrict placements"),
        "restriction_reviewed": _("Review a restriction"),
        "conflict_declared": _("Declare a conflict of interest"),
        "information_withheld": _("Keep something from somebody"),
        "minutes_approved": _("Approve earlier minutes"),
    }
    if not standing.procedure.options.get(AGENCIES):
        words = {ATTENDED: _("Take attendance"), **words}  # no agencies, so no table of them
    for kind, label in words.items():
        if sight.may_act and kind in standing.procedure.kinds:
            extra = {REFERS: meeting.began_by.id}
            yield Action(label, recording_page(sight.ref, kind, extra=extra))
