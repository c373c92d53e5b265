"""Visits in words: how far each has come, drawn as stages, and what is next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candour.engine import Entry, Standing
from candour.engine.visits import PUT, Visit, VisitState, visits
from candour.web import dates
from candour.web.forms.visits import decision_of
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import REFERS, entry_place, of_case, recording_page
from candour.web.presenters.naming import Shown, shown_fields
from candour.web.presenters.sight import Sight
from candour.web.presenters.visit_notes import NoteLine, note_lines, tally
from candour.web.presenters.visit_ways import is_announced, next_ways, visit_place

_STATES: Final[dict[VisitState, tuple[str, Promise | str]]] = {
    VisitState.PLANNED: ("week", gettext_lazy("Planned")),
    VisitState.CALLED_OFF: ("cancelled", gettext_lazy("Called off")),
    VisitState.BEING_MADE: ("today", gettext_lazy("Being made")),
    VisitState.MADE: ("open", gettext_lazy("Made: report to draft")),
    VisitState.DRAFTED: ("open", gettext_lazy("Draft to send")),
    VisitState.WITH_PROVIDER: ("week", gettext_lazy("Draft with the provider")),
    VisitState.COMMENTED: ("open", gettext_lazy("Comments in: make it final")),
    VisitState.FINAL: ("met", gettext_lazy("Final")),
    VisitState.PUBLISHED: ("met", gettext_lazy("Published")),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a visit: its words, when it was reached, and how it looks."""

    words: str
    when: str
    look: str
    state: str


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """A recommendation of a report: put to somebody already, or where that is done."""

    words: str
    put: bool
    address: str


@dataclass(frozen=True, slots=True)
class VisitCard:
    """A visit as a list shows it."""

    address: str
    premises: str
    when: str
    relative: str
    who: str
    look: str
    state: str


@dataclass(frozen=True, slots=True)
class VisitsPage:
    """The visits of a case; `plan` is where one is planned, `decide` where entry is decided on."""

    cards: tuple[VisitCard, ...]
    plan: str
    decide: str


@dataclass(frozen=True, slots=True)
class VisitPage:
    """Everything that the page of one visit says; `next` holds what to do, the likeliest first."""

    card: VisitCard
    facts: tuple[Shown, ...]
    stages: tuple[Stage, ...]
    next: tuple[Action, ...]
    notes: tuple[NoteLine, ...]
    tally: str
    late: int
    report: str
    report_title: str
    recommendations: tuple[RecommendationLine, ...]
    comments: tuple[tuple[str, str], ...]
    entries: tuple[Action, ...]


def visits_page(standing: Standing, sight: Sight) -> VisitsPage:
    """Return the visits of a case."""
    may = sight.may_act and not standing.closed
    decided = decision_of(standing) is not None
    decide = recording_page(sight.ref, "decision_made", extra={"decision": "enter_and_view"})
    return VisitsPage(
        cards=tuple(_card(visit, sight) for visit in visits(standing)),
        plan=of_case("visit-plan", sight.ref) if may and decided else "",
        decide=decide if may and not decided else "",
    )


def visit_page(standing: Standing, visit: Visit, sight: Sight) -> VisitPage:
    """Return the page of one visit."""
    reported = visit.final or visit.draft
    procedure = standing.procedure_of(visit.entry.id)
    return VisitPage(
        card=_card(visit, sight),
        facts=shown_fields(procedure, visit.entry.kind, visit.entry.data),
        stages=tuple(_stages(visit, sight.moment)),
        next=tuple(next_ways(standing, visit, sight)),
        notes=tuple(note_lines(standing, visit)),
        tally=tally(visit),
        late=len(visit.noted_late),
        report=reported.data["report"] if reported else "",
        report_title=_("Final report") if visit.final else _("Draft report"),
        recommendations=tuple(_recommendations(standing, visit, sight)),
        comments=tuple((e.data["from_whom"], e.data["comments"]) for e in visit.comments),
        entries=tuple(_entries(visit, sight)),
    )


def _card(visit: Visit, sight: Sight) -> VisitCard:
    look, words = _STATES[visit.state]
    known = visit.made or visit.entry
    return VisitCard(
        address=visit_place(sight.ref, visit),
        premises=str(known.data.get("premises") or ""),
        when=dates.moment(visit.at),
        relative=dates.days_from(visit.at, sight.moment),
        who=", ".join(known.data["visitors"]),
        look=look,
        state=str(words),
    )


def _stages(visit: Visit, now: datetime) -> Iterator[Stage]:
    """Yield the stages of a visit, each reached or still to come."""
    reached = (
        (_("Planned"), visit.plan),
        *(((_("Announced"), visit.announced),) if is_announced(visit) else ()),
        (_("Visit made"), visit.made),
        (_("Report drafted"), visit.draft),
        (_("Draft with the provider"), visit.told),
        (_("Provider’s comments"), visit.comments[-1] if visit.comments else None),
        (_("Final report"), visit.final),
        (_("Published"), visit.published),
    )
    if visit.called_off:
        yield Stage(_("Planned"), dates.day(visit.entry.happened_at), "met", _("Done"))
        yield Stage(
            _("Called off"), dates.day(visit.called_off.happened_at), "cancelled", _("Done")
        )
        return
    last = max(place for place, (_words, entry) in enumerate(reached) if entry is not None)
    for place, (words, entry) in enumerate(reached):
        if entry is not None:
            yield Stage(words, dates.day(entry.happened_at), "met", _("Done"))
        elif place < last:
            yield Stage(words, "", "cancelled", _("Not done"))
        else:
            yield Stage(words, _coming(visit, words, now), "later", _("To come"))


def _coming(visit: Visit, words: str, now: datetime) -> str:
    if words == _("Visit made"):
        return f"{dates.moment(visit.at)} ({dates.days_from(visit.at, now)})"
    return ""


def _recommendations(
    standing: Standing, visit: Visit, sight: Sight
) -> Iterator[RecommendationLine]:
    report = visit.final or visit.draft
    if report is None:
        return
    may = sight.may_act and not standing.closed and visit.final is not None
    for words in report.data.get("recommendations") or ():
        put = visit.was_put(words)
        extra = {"what_is_asked": words, "tier": "provider", REFERS: report.id}
        page = recording_page(sight.ref, PUT, extra=extra) if may and not put else ""
        yield RecommendationLine(words, put, page)


def _entries(visit: Visit, sight: Sight) -> Iterator[Action]:
    """Yield links to what was recorded of a visit, on the page of its case."""
    found: tuple[tuple[str, Entry | None], ...] = (
        (_("The plan"), visit.plan),
        (_("The visit"), visit.made),
        (_("The draft"), visit.draft),
        (_("What the provider was sent"), visit.told),
        (_("The final report"), visit.final),
        (_("What was sent of it"), visit.final_told),
    )
    for words, entry in found:
        if entry is not None:
            yield Action(words, entry_place(sight.ref, entry.id))
