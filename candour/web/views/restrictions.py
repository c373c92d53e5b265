"""Who may be placed where: the register over all cases, one service, and one case."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from candour import policies
from candour.bodies.models import Service
from candour.bodies.queries import services_on
from candour.cases.queries.placing import (
    RestrictedService,
    Stood,
    Window,
    restricted_on,
    stood_at,
)
from candour.directory.merging import standing
from candour.engine import Procedure
from candour.engine.london import local
from candour.engine.placing import answer_of
from candour.people.middleware import ScopedRequest
from candour.site import clock
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import case_in_hand, posts_of
from candour.web.kept_filters import kept_filters
from candour.web.placing_question import PlacingQuestion
from candour.web.presenters.placing import (
    Choice,
    answered,
    as_known,
    asked,
    choices,
    units_known,
)
from candour.web.presenters.placing_at import placing_page
from candour.web.presenters.restriction_register import file_rows, register_page
from candour.web.presenters.restrictions import restrictions_page
from candour.web.presenters.shipped import procedure_of
from candour.web.signed_in import signed_in_only
from candour.web.table_export import MOST_ROWS, Table, taken_out

MOST_FREE = 20  # services with nothing on record that are named below the register
AT_ONCE = 200  # services read at a time for a file
LARGEST = 2**63 - 1


@require_safe
@signed_in_only
def register(request: HttpRequest) -> HttpResponse:
    """Show every restriction that the person’s bodies may see on a day, service by service."""
    now, question = clock.now(), PlacingQuestion.from_query(request.GET)
    found = restricted_on(
        bodies=(body.pk for body in cast("ScopedRequest", request).bodies),
        window=Window.of(question.day, now),
        search=question.words,
        after=question.after,
    )
    stood = [each for service in found.services for each in service.stood]
    known = _choices(request, stood)
    question = question.among(known)
    if file := taken_out(request, lambda: _table(request, question, now)):
        return file
    context = {
        "question": question,
        "choices": known,
        "units": units_known(each.restriction for each in stood),
        "page": register_page(found, _found(question, now), question, now),
        "kept": kept_filters(request, "restrictions"),
    }
    return render(request, "restrictions/register.html", context)


def _table(request: HttpRequest, question: PlacingQuestion, now: datetime) -> Table:
    headings, *rows = file_rows(_all(request, question, now), question)
    return Table("restrictions", _("Restrictions"), [str(words) for words in headings], rows)


def _all(
    request: HttpRequest, question: PlacingQuestion, now: datetime
) -> Iterator[RestrictedService]:
    """Yield every service of the register, some at a time, up to the most of a file."""
    after, given = "", 0
    while given <= MOST_ROWS:
        page = restricted_on(
            bodies=(body.pk for body in cast("ScopedRequest", request).bodies),
            window=Window.of(question.day, now),
            search=question.words,
            after=after,
            size=AT_ONCE,
        )
        yield from page.services
        given, after = given + len(page.services), page.next
        if not after:
            break


def _found(question: PlacingQuestion, now: datetime) -> list[Service]:
    """Return the services of the directory that the words find; none without words."""
    if not question.words:
        return []
    day = question.day or local(now).date()
    there = standing(services_on(day, search=question.words))
    return list(there.order_by("name", "pk")[:MOST_FREE])


@require_safe
@signed_in_only
def place_at(request: HttpRequest, service: int) -> HttpResponse:
    """Answer whether somebody may be placed in a service, and show what stood there over time."""
    wanted = Service.objects.select_related("provider").filter(pk=min(service, LARGEST)).first()
    if wanted is None:
        raise Http404
    now, question = clock.now(), PlacingQuestion.from_query(request.GET)
    stood = stood_at(wanted.pk)
    known = _choices(request, stood)
    question = question.among(known)
    context = {
        "question": question,
        "choices": known,
        "units": units_known(each.restriction for each in stood),
        "page": placing_page(wanted, stood, question, now),
    }
    return render(request, "restrictions/service.html", context)


def _choices(request: HttpRequest, stood: Sequence[Stood]) -> dict[str, list[Choice]]:
    """Return what can be said of a person: as the cases and the person’s own procedures word it."""
    under = {each.procedure.name: each.procedure for each in stood if each.procedure}
    return choices({**_own_procedures(request), **under}.values())


def _own_procedures(request: HttpRequest) -> dict[str, Procedure]:
    """Return the procedures in which the person has a part."""
    roles = {post.role for post in posts_of(request)}
    found = {name: procedure_of(name) for name in policies.available()}
    return {
        name: known
        for name, known in found.items()
        if known and not known.is_base and roles.intersection(known.roles)
    }


@require_safe
@signed_in_only
def case_restrictions(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the restrictions of a case: scope, what each rests on, who was told, what changed."""
    hand = case_in_hand(request, ref)
    known = choices([hand.procedure])
    placement = as_known(asked(request.GET.dict()), known)
    placing = answer_of(hand.standing.restrictions, placement)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, "case-restrictions"),
        "page": restrictions_page(hand.standing, hand.sight),
        "asked": placement,
        "choices": known,
        "units": units_known(hand.standing.restrictions),
        "answer": answered(hand.procedure, placing),
    }
    return render(request, "cases/restrictions.html", context)
