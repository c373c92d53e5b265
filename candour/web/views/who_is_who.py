"""Who is who: a body, a service, an area, a group of the directory, today or on another day."""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.bodies.kept import (
    MOST_BODIES,
    area_kept,
    areas_listed,
    bodies_named,
    body_kept,
    group_kept,
    membership,
)
from candour.bodies.models import GroupMember, Service, ServiceArea
from candour.bodies.routes import Routes
from candour.cases.models import Case
from candour.cases.queries.placing import Window, stood_at
from candour.directory.merging import same_service
from candour.directory.models import Merge, Rating
from candour.experiences.queries import felt_of_service
from candour.people.grades import keeping_post
from candour.site import clock
from candour.web.day_question import DayAsked
from candour.web.in_hand import posts_of
from candour.web.presenters.area_page import area_line, area_page
from candour.web.presenters.body_page import body_page
from candour.web.presenters.groups import group_page
from candour.web.presenters.service_page import ASKED, service_page
from candour.web.presenters.who_is_who import body_line
from candour.web.signed_in import signed_in_only

LARGEST = 2**63 - 1
MOST_CASES = 20
A_YEAR = timedelta(days=365)
LONGEST = 200
LATEST_LAST = (F("given_on").asc(nulls_first=True), "pk")


def asked_of(request: HttpRequest) -> DayAsked:
    """Return the day that a page is asked about."""
    return DayAsked.from_query(request.GET, clock.now())


def _may_keep(request: HttpRequest) -> bool:
    return keeping_post(posts_of(request)) is not None


@require_safe
@signed_in_only
def bodies(request: HttpRequest) -> HttpResponse:
    """Show bodies that do more than provide services, or those of a name."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    found = [body_line(body) for body in bodies_named(words, asked_of(request).day)]
    context = {
        "words": words,
        "lines": found,
        "full": len(found) == MOST_BODIES,
        "may_keep": _may_keep(request),
    }
    return render(request, "directory/bodies.html", context)


@require_safe
@signed_in_only
def body(request: HttpRequest, number: int) -> HttpResponse:
    """Show one body: what it does, who came before and after, its desks and their hours."""
    asked = asked_of(request)
    kept = body_kept(min(number, LARGEST), asked.day)
    if kept is None:
        raise Http404
    context = {
        "asked": asked,
        "page": body_page(kept, asked),
        "number": number,
        "may_keep": _may_keep(request),
    }
    return render(request, "directory/body.html", context)


@require_safe
@signed_in_only
def service(request: HttpRequest, number: int) -> HttpResponse:
    """Show one service: who is who for it, and what the person may see of it."""
    asked = asked_of(request)
    found = _service(min(number, LARGEST), asked)
    now = clock.now()
    window = Window.of(None if asked.is_today else asked.day, now)
    page = service_page(
        found,
        Routes.of(ASKED, at=asked.at, service=found),
        asked,
        restrictions=stood_at(found.pk, window),
        cases=_cases_about(found.pk),
        felt=felt_of_service(found.pk, asked.day - A_YEAR),
    )
    context = {
        "asked": asked,
        "page": page,
        "number": number,
        "merged_into": vars(found)["merged_into"],
        "may_keep": _may_keep(request),
    }
    return render(request, "directory/service.html", context)


def _cases_about(service: int) -> QuerySet[Case]:
    """Return the cases about every row that stands for a service, the newest first."""
    found = Case.objects.filter(service__in=same_service(service))
    return found.order_by("-opened_at", "-pk")[:MOST_CASES]


def _service(number: int, asked: DayAsked) -> Service:
    """Return a service with its areas, groups, ratings, and the row it was merged into. One query.

    Ratings are those of every row that stands for it, the latest of each question last.

    Raises:
        Http404: there is none.
    """
    areas = ServiceArea.objects.on(asked.day).filter(service=OuterRef("pk")).order_by("area__name")
    members = GroupMember.objects.filter(service=OuterRef("pk")).order_by("pk")
    ratings = Rating.objects.filter(service__in=same_service(number), current=True)
    into = Merge.objects.filter(merged=OuterRef("pk"), undone_at=None)
    told_area = JSONObject(row="pk", code="area__code", name="area__name", name_cy="area__name_cy")
    told_rating = JSONObject(
        schema="schema", question="question", rating="rating", given_on="given_on"
    )
    found: Service | None = (
        Service.objects.filter(pk=number)
        .select_related("provider")
        .annotate(
            kept_areas=ArraySubquery(areas.values(told=told_area)),
            kept_groups=ArraySubquery(members.values(told=membership())),
            kept_ratings=ArraySubquery(ratings.order_by(*LATEST_LAST).values(told=told_rating)),
            merged_into=Subquery(into.values("kept")[:1]),
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_safe
@signed_in_only
def areas(request: HttpRequest) -> HttpResponse:
    """Show every area, what it lies in, and who safeguards there."""
    asked = asked_of(request)
    context = {
        "lines": [area_line(area) for area in areas_listed(asked.day)],
        "may_keep": _may_keep(request),
    }
    return render(request, "directory/areas.html", context)


@require_safe
@signed_in_only
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Show one area: whom to ring in danger, who is who, what lies in it."""
    asked = asked_of(request)
    kept = area_kept(code, asked.day) if "\0" not in code else None
    if kept is None:
        raise Http404
    routes = Routes.of(ASKED, at=asked.at, area=kept.area)
    context = {
        "asked": asked,
        "page": area_page(kept, routes, asked),
        "number": kept.area.pk,
        "may_keep": _may_keep(request),
    }
    return render(request, "directory/area.html", context)


@require_safe
@signed_in_only
def group(request: HttpRequest, number: int) -> HttpResponse:
    """Show one group: the bodies or services that belong to it, and since when."""
    found = group_kept(min(number, LARGEST))
    if found is None:
        raise Http404
    context = {"page": group_page(*found), "may_keep": _may_keep(request)}
    return render(request, "directory/group.html", context)
