"""The forms of a visit: its plan, and each step from calling it off to the final report."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.cases.actions import record
from candour.engine import Entry
from candour.engine.london import local
from candour.engine.visits import Visit
from candour.engine.vocabulary.visits import MADE
from candour.publishing.visiting import BARS, Visitor, make_visit, plan_visit, visitors_on
from candour.web.forms.controls import Typed, first, typed_parts
from candour.web.forms.days import UnreadableError, read_day
from candour.web.forms.entry import KEY, Sent, Subject, blank_form, sent, typed_from
from candour.web.forms.visits import (
    STEPS,
    Opening,
    decision_of,
    plan_opens_with,
    plan_subject,
    step_opens_with,
    step_subject,
)
from candour.web.in_hand import InHand
from candour.web.presenters.addresses import of_case
from candour.web.presenters.visit_ways import visit_place
from candour.web.sending import Unsent, Verb, send
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said, spoken
from candour.web.views.recording import no_post
from candour.web.views.visits import ROOM, visit_of, visiting


@dataclass(frozen=True, slots=True)
class Asked:
    """A form of a visit: what it asks, what the new entry refers to, the verb, the way back.

    `barred` are those who may not go, `when` the words for when it happened where they are others.
    """

    subject: Subject
    title: str
    about: str
    by: Verb
    back: str
    barred: tuple[Visitor, ...] = ()
    when: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask where a visit goes, when, who makes it and what they look at; record its plan."""
    hand = visiting(request, ref)
    if not hand.posts:
        return no_post(request, hand)
    typed = typed_from(request.POST)
    again = _recorded(hand, first(typed, KEY))
    decision = (
        decision_of(hand.standing) if again is None else hand.standing.entry(again.refers_to[0])
    )
    if decision is None:
        return redirect(ROOM, ref=hand.case.ref)
    people = visitors_on(hand.posts[0].body, _day_of(typed, decision, local(hand.now).date()))
    subject = plan_subject(hand.standing, hand.posts, people, typed.get("visitors", ()))
    asked = Asked(
        subject,
        _("Plan a visit"),
        decision.id,
        plan_visit,
        of_case(ROOM, hand.case.ref),
        tuple(each for each in people if each.bar),
        _("When it was planned"),
    )
    if request.method != "POST":
        return _page(request, hand, asked, plan_opens_with(subject, decision))
    return _send(request, hand, asked, typed)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def step(request: HttpRequest, ref: str, visit: UUID, step: str) -> HttpResponse:
    """Show the form of a step of a visit, or record what was sent."""
    hand = visiting(request, ref)
    if step not in STEPS:
        raise Http404
    if not hand.posts:
        return no_post(request, hand)
    held, typed = visit_of(hand, visit), typed_from(request.POST)
    about = STEPS[step].about(held)
    is_open = held.state in STEPS[step].states or _recorded(hand, first(typed, KEY))
    if about is None or not is_open:
        return redirect(visit_place(hand.case.ref, held))
    opening = Opening(hand.standing, held, _provider(hand))
    people = _people(hand, held) if STEPS[step].kind == MADE else []
    chosen = typed.get("visitors", ())
    subject = step_subject(opening, STEPS[step], hand.posts, people, chosen)
    asked = Asked(
        subject,
        said(subject.kind.title),
        about.id,
        make_visit if STEPS[step].kind == MADE else record,
        visit_place(hand.case.ref, held),
    )
    if request.method != "POST":
        typed = step_opens_with(opening, STEPS[step], subject, hand.now)
        return _page(request, hand, asked, typed)
    return _send(request, hand, asked, typed)


def _recorded(hand: InHand, key: str) -> Entry | None:
    """Return what was recorded from this form before: sent twice, it is answered the same."""
    return next((entry for entry in hand.standing.recorded if entry.id == key), None)


def _day_of(typed: Typed, decision: Entry, today: date) -> date:
    """Return the day for which visitors are chosen: as typed, as decided, or else today."""
    try:
        day = read_day(typed_parts(typed, "planned_for"))
    except UnreadableError:
        day = None
    decided = decision.data.get("planned_on")
    return day or (date.fromisoformat(decided) if decided else today)


def _people(hand: InHand, held: Visit) -> Sequence[Visitor]:
    return visitors_on(hand.posts[0].body, local(held.at).date())


def _provider(hand: InHand) -> str:
    service = hand.case.service
    return service.provider.name_in(spoken()) if service else ""


def _send(request: HttpRequest, hand: InHand, asked: Asked, typed: Typed) -> HttpResponse:
    made = sent(asked.subject, typed)
    if isinstance(made, Sent):
        made = Sent(replace(made.draft, refers_to=(asked.about,)), made.post)
    answer = send(request, hand, asked.subject, typed, made, by=asked.by, back=asked.back)
    if isinstance(answer, Unsent):
        return _page(request, hand, asked, typed, answer)
    return answer


def _page(
    request: HttpRequest, hand: InHand, asked: Asked, typed: Typed, unsent: Unsent | None = None
) -> HttpResponse:
    form = unsent.form(asked.subject) if unsent else blank_form(asked.subject, hand.now, typed)
    if asked.when:
        form = replace(form, when=replace(form.when, label=asked.when))
    context = {
        "case": hand.case,
        "title_words": asked.title,
        "form": form,
        "unsent": unsent,
        "seq": unsent.seq if unsent else len(hand.standing.recorded),
        "back": asked.back,
        "barred": [(each.name, said(BARS[each.bar])) for each in asked.barred if each.bar],
    }
    status = unsent.status if unsent else 200
    return render(request, "visits/form.html", context, status=status)
