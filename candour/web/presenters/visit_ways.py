"""What can be done about a visit now: by letter, by form, by noting down; and its pages."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from candour.engine import Standing
from candour.engine.visits import PUBLISHED, Visit, VisitState
from candour.web import dates
from candour.web.forms.visits import STEPS
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import REFERS, of_case, recording_page
from candour.web.presenters.letter_links import writing_page
from candour.web.presenters.sight import Sight

ANNOUNCING, DRAFT_LETTER, FINAL_LETTER = "visit_announced", "visit_report", "visit_report_final"
_ANY_VISIT: Final = "00000000-0000-0000-0000-000000000000"


def visit_place(ref: str, visit: Visit, name: str = "case-visit", *more: str) -> str:
    """Return the address of a page of a visit."""
    page = of_case(name, ref, _ANY_VISIT, *more)
    return page.replace(_ANY_VISIT, visit.entry.id, 1)


def is_announced(visit: Visit) -> bool:
    """Say whether those who are visited are told before."""
    return bool(visit.plan and visit.plan.data["announced"])


def next_ways(standing: Standing, visit: Visit, sight: Sight) -> Iterator[Action]:
    """Yield what can be done about a visit now, the likeliest first."""
    if not sight.may_act or standing.closed:
        return
    found = [*_by_letter(standing, visit, sight), *_by_form(visit, sight)]
    noting = _noting(visit, sight)
    has_come = dates.london_day(visit.at) <= dates.london_day(sight.moment)
    if noting and has_come and not visit.made:
        found = [*noting, *found]
    else:
        found += noting
    if visit.final and not visit.published:
        extra = {"report": "enter_and_view", REFERS: visit.final.id}
        page = recording_page(sight.ref, PUBLISHED, extra=extra)
        found.append(Action(_("Record that it is published"), page))
    yield from found


def _by_letter(standing: Standing, visit: Visit, sight: Sight) -> Iterator[Action]:
    """Yield the letter that comes next: the announcement, or the draft to the provider."""
    templates, state = standing.procedure.templates, visit.state
    if state is VisitState.DRAFTED and visit.draft and DRAFT_LETTER in templates:
        page = writing_page(sight.ref, DRAFT_LETTER, about=visit.draft.id)
        yield Action(_("Send the draft to the provider"), page)
    if visit.final and not visit.final_told and FINAL_LETTER in templates:
        page = writing_page(sight.ref, FINAL_LETTER, about=visit.final.id)
        yield Action(_("Send the final report"), page)
    waits = state is VisitState.PLANNED and is_announced(visit) and not visit.announced
    if waits and ANNOUNCING in templates:
        about = next(iter(visit.entry.refers_to), "")
        yield Action(_("Announce it"), writing_page(sight.ref, ANNOUNCING, about=about))


def _by_form(visit: Visit, sight: Sight) -> Iterator[Action]:
    """Yield the forms that are open at this state of a visit."""
    drafted = visit.state is VisitState.DRAFTED
    words = {
        "write-up": _("Write up the visit"),
        "draft": _("Draft it anew") if drafted else _("Draft the report"),
        "comments": _("Record comments"),
        "final": _("Make the report final"),
        "call-off": _("Call it off"),
    }
    for step, known in STEPS.items():
        if visit.state in known.states:
            yield Action(words[step], visit_place(sight.ref, visit, "visit-step", step))


def _noting(visit: Visit, sight: Sight) -> list[Action]:
    """Return where notes are written; after the write-up, those that come late."""
    if visit.plan is None or visit.called_off or visit.final:
        return []
    words = _("Add a note that came late") if visit.made else _("Note down what you see")
    return [Action(words, visit_place(sight.ref, visit, "visit-notes"))]
