"""What stands beside the work on the page of a case: a panel for each thing that a case can hold.

A panel says how the thing stands in a line or two and leads to its own page. One that has nothing
to say is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch
from django.utils.translation import ngettext

from candour.engine import Entry, Standing
from candour.engine.agendas import next_meetings
from candour.engine.conditions import processes_running
from candour.engine.meetings import meetings
from candour.engine.plans import ActionState, Plan, plans
from candour.engine.rated import is_open, sealed_in, stale_since
from candour.engine.supporting import agreed_now
from candour.engine.vocabulary.ratings import CALLED as RATINGS_CALLED
from candour.web import dates
from candour.web.presenters.addresses import entry_place, of_case
from candour.web.presenters.agendas import meeting_title
from candour.web.presenters.case_documents import Paper, papers
from candour.web.presenters.case_status import short_step
from candour.web.presenters.coming_meetings import waiting
from candour.web.presenters.dues import due_words, soonness
from candour.web.presenters.naming import entry_title, value_lines
from candour.web.presenters.plan_page import plan_title
from candour.web.presenters.sight import Sight
from candour.web.spoken import told as _

NEWEST_PAPERS = 5


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One line of a panel: what, where it leads, how it stands (a status and its word), a note."""

    words: str
    address: str = ""
    status: str = ""
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a plan has come, drawn as one bar: shares of the whole in hundredths, and in words.

    `done` stands first, then `late`; what is left has time.
    """

    words: str
    done: int
    late: int


@dataclass(frozen=True, slots=True)
class Panel:
    """One thing that the case holds: its name, its lines, and the page that has all of it."""

    name: str
    title: str
    lines: tuple[PanelLine, ...]
    address: str = ""
    more: str = ""
    progress: tuple[Progress, ...] = ()


def panels(standing: Standing, sight: Sight) -> tuple[Panel, ...]:
    """Return the panels of a case that have anything to say."""
    made = (
        _meetings(standing, sight),
        _ratings(standing, sight),
        _plans(standing, sight),
        _alongside(standing, sight),
        _documents(standing, sight),
    )
    return tuple(panel for panel in made if panel.lines or panel.progress)


def page_of(name: str, ref: str) -> str:
    """Return the address of a part of a case, or nothing where this site has no such page."""
    try:
        return of_case(name, ref)
    except NoReverseMatch:
        return ""


# -- meetings and ratings --------------------------------------------------------------------------


def _meetings(standing: Standing, sight: Sight) -> Panel:
    address = page_of("case-meetings", sight.ref)
    lines = tuple(_meeting_lines(standing, sight, address))
    return Panel("meetings", _("Meetings"), lines, address, _("All meetings"))


def _meeting_lines(standing: Standing, sight: Sight, address: str) -> Iterator[PanelLine]:
    known = meetings(standing)
    sitting = next((meeting for meeting in known if meeting.is_open), None)
    if sitting is not None:
        title = short_step(meeting_title(standing, sitting.name))
        yield PanelLine(title, address, "today", _("Being held"), dates.moment(sitting.began_at))
    called = dict(waiting(standing)) if not standing.closed else {}
    for name, call in called.items():
        if sitting is None or sitting.called is not call:
            title = short_step(meeting_title(standing, name))
            on = date.fromisoformat(call.data["meets_on"])
            yield PanelLine(title, address, "open", _("Called"), dates.day(on))
    for name, owed in next_meetings(standing)[:1] if not standing.closed else ():
        if name not in called:
            title = short_step(meeting_title(standing, name))
            look = soonness(owed.due, sight.moment)
            yield PanelLine(title, address, look, _("To be called"), due_words(owed.due))
    held = [meeting for meeting in known if meeting.held is not None]
    if held:
        title = short_step(meeting_title(standing, held[-1].name))
        place = entry_place(sight.ref, held[-1].began_by.id)
        yield PanelLine(title, place, "met", _("Last held"), dates.day(held[-1].began_at))


def _ratings(standing: Standing, sight: Sight) -> Panel:
    address = page_of("case-ratings", sight.ref)
    lines = tuple(_rating_lines(standing, address))
    return Panel("ratings", _("Rating"), lines, address, _("All ratings"))


def _rating_lines(standing: Standing, address: str) -> Iterator[PanelLine]:
    rounds = standing.by_kind.get(RATINGS_CALLED, ())
    if rounds and is_open(standing, rounds[-1]) and not standing.closed:
        called, sealed = rounds[-1].data["agencies"], sealed_in(standing, rounds[-1])
        number = _("%(n)s of %(all)s have rated") % {"n": len(sealed), "all": len(called)}
        yield PanelLine(_("Round under seal"), address, "today", _("Open"), number)
    agreed = agreed_now(standing)
    if agreed is not None:
        stale = stale_since(standing, agreed) is not None
        state = _("Stale") if stale else _("Agreed")
        words = _outcome(standing, agreed)
        look = "attention" if stale else "met"
        yield PanelLine(words, address, look, state, dates.day(agreed.happened_at))


def _outcome(standing: Standing, agreed: Entry) -> str:
    kind = standing.procedure_of(agreed.id).kind(agreed.kind)
    known = kind.field("outcome")
    value = agreed.data.get("outcome")
    return ", ".join(value_lines(known, value)) if known and value else _("Agreed rating")


# -- plans -----------------------------------------------------------------------------------------


def _plans(standing: Standing, sight: Sight) -> Panel:
    address = page_of("case-plan", sight.ref)
    found = [plan for plan in plans(standing, sight.moment) if plan.actions]
    return Panel(
        "plan",
        _("Plan"),
        (),
        address,
        _("The plan and its actions"),
        tuple(_progress(standing, plan) for plan in found),
    )


def _progress(standing: Standing, plan: Plan) -> Progress:
    number = len(plan.actions)
    done = sum(action.completed is not None for action in plan.actions)
    late = sum(action.state is ActionState.LATE for action in plan.actions)
    words = ngettext(
        "%(plan)s: %(done)s of %(n)s action done",
        "%(plan)s: %(done)s of %(n)s actions done",
        number,
    ) % {"plan": plan_title(standing, plan.name), "done": done, "n": number}
    if late:
        words += ngettext(", %(n)s late", ", %(n)s late", late) % {"n": late}
    return Progress(words, round(100 * done / number), round(100 * late / number))


# -- what runs alongside, and papers ---------------------------------------------------------------


def _alongside(standing: Standing, sight: Sight) -> Panel:
    address = page_of("case-parallel", sight.ref)
    lines = tuple(_process(standing, entry, sight) for entry in processes_running(standing))
    return Panel("alongside", _("Alongside"), lines, address, _("All that runs alongside"))


def _process(standing: Standing, entry: Entry, sight: Sight) -> PanelLine:
    note = _("%(agency)s, since %(day)s") % {
        "agency": entry.data["agency"],
        "day": dates.day(entry.happened_at),
    }
    title = entry_title(standing.procedure_of(entry.id), entry).partition(": ")[2]
    return PanelLine(
        title or str(entry.data["agency"]), entry_place(sight.ref, entry.id), note=note
    )


def _documents(standing: Standing, sight: Sight) -> Panel:
    found = papers(standing, sight)
    address = page_of("case-documents", sight.ref) or page_of("case-letters", sight.ref)
    more = ngettext("All documents (%(n)s)", "All documents (%(n)s)", len(found)) % {
        "n": len(found)
    }
    return Panel("documents", _("Documents"), _paper_lines(found), address, more)


def _paper_lines(found: Sequence[Paper]) -> tuple[PanelLine, ...]:
    return tuple(
        PanelLine(paper.title, paper.address, note=f"{paper.sort}, {paper.when}")
        for paper in found[:NEWEST_PAPERS]
    )
