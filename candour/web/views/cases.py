"""The list of cases, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from candour.cases.models import Case, CaseExperience
from candour.engine.london import local
from candour.experiences.models import Experience
from candour.site import clock
from candour.web import dates
from candour.web.case_list import CaseSearch, case_rows, every_case
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import InHand, case_in_hand, posts_of
from candour.web.kept_filters import kept_filters
from candour.web.presenters.addresses import EVERYTHING
from candour.web.presenters.case_page import case_page
from candour.web.presenters.contacts import owed_referrals, who_answers
from candour.web.presenters.people_bodies import people_and_bodies
from candour.web.presenters.timeline import NEWEST, Telling
from candour.web.presenters.timeline_choices import choices
from candour.web.presenters.work_tables import cases_table
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said, spoken
from candour.web.table_export import taken_out
from candour.web.timeline_filter import TimelineFilter

MOST_EXPERIENCES = 10


@require_safe
@signed_in_only
def cases(request: HttpRequest) -> HttpResponse:
    """Show the cases that the person's bodies lead or share, newest first, a page at a time."""
    search = CaseSearch.from_query(request.GET)
    if file := taken_out(request, lambda: cases_table(every_case(search, clock.now()))):
        return file
    page = case_rows(search, clock.now())
    context = {
        "search": search,
        "page": page,
        "may_open": bool(posts_of(request)),
        "kept": kept_filters(request, "cases"),
    }
    return render(request, "cases/list.html", context)


@require_safe
@signed_in_only
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one case: what is due, what can be done next, what has happened."""
    hand = case_in_hand(request, ref)
    asked = TimelineFilter.from_query(request.GET)
    everything = request.GET.get("show") == "all" or bool(asked)
    names = hand.names_of(hand.standing.recorded)
    snapshot = hand.standing.at(hand.now)
    page = case_page(
        snapshot,
        Telling(hand.standing, hand.sight, names),
        newest=None if everything else NEWEST,
        only=asked.passing(hand.standing) if asked else None,
    )
    rests_on_any = "experience_linked" in hand.standing.by_kind
    experiences = linked_experiences(hand.case) if rests_on_any else []
    context = {
        "case": hand.case,
        "page": page,
        "asked": asked,
        "choices": choices(hand.standing, asked, names, anchor="happened"),
        "people": people_and_bodies(hand.case, hand.standing, names, local(hand.now).date()),
        "parts": case_rooms(hand.procedure, hand.case.ref, "case"),
        "case_facts": case_facts(hand),
        "answering": who_answers(hand.procedure, owed_referrals(snapshot.duties), hand.now),
        "more": "" if everything or page.entries <= NEWEST else EVERYTHING,
        "experiences": experiences[:MOST_EXPERIENCES],
        "experiences_more": len(experiences) > MOST_EXPERIENCES,
    }
    return render(request, "cases/page.html", context)


def linked_experiences(case: Case) -> list[Experience]:
    """Return the experiences that a case rests on, as far as the person's bodies hold them."""
    linked = CaseExperience.objects.filter(case=case).values("experience")
    newest = Experience.objects.filter(pk__in=linked).order_by("-listed_on", "-pk")
    return list(newest[: MOST_EXPERIENCES + 1])


def case_facts(hand: InHand) -> list[tuple[str, str]]:
    """Return the few facts beside the name of a case."""
    held: Case = hand.case
    facts = [
        (_("Step"), said(hand.procedure.steps[hand.standing.step].title)),
        (_("Led by"), held.body.name_in(spoken())),
        (_("Opened"), dates.day(held.opened_at)),
        (_("Procedure"), said(hand.procedure.title)),
    ]
    if held.service is not None:
        name = held.service.name_cy if spoken() == "cy" else ""
        facts.insert(0, (_("Service"), name or held.service.name))
    return facts
