"""Responses: those of one case, the register of all, and the register as a file."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from candour.cases.queries.recipients import (
    PAGE,
    Basis,
    RecipientItem,
    UnknownPage,
    Which,
    recipients_page,
    register,
)
from candour.publishing.models import PublishedLine
from candour.publishing.queries import published_among
from candour.site import clock
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import case_in_hand, posts_of
from candour.web.kept_filters import kept_filters
from candour.web.presenters.register import RegisterAsked, file_rows, register_page
from candour.web.presenters.responses import responses_page
from candour.web.signed_in import signed_in_only
from candour.web.table_export import MOST_ROWS, Table, taken_out

LONGEST_NAME = 300
AT_ONCE = 500  # rows read at a time for a file
_Some = tuple[tuple[RecipientItem, ...], dict[str, PublishedLine]]


@require_safe
@signed_in_only
def case_responses(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was put to whom in one case, and how each recipient answered."""
    hand = case_in_hand(request, ref)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, "case-responses"),
        "page": responses_page(hand.standing, hand.sight),
    }
    return render(request, "cases/responses.html", context)


@require_safe
@signed_in_only
def responses(request: HttpRequest) -> HttpResponse:
    """Show the register: who is yet to answer, in all cases, soonest due first."""
    now, asked = clock.now(), _asked(request)
    if file := taken_out(request, lambda: _table(request, now)):
        return file
    try:
        found = register(
            bodies=_bodies(request),
            which=asked.which,
            as_of=now,
            name=asked.name,
            basis=asked.basis,
            after=request.GET.get("after", ""),
            size=PAGE,
        )
    except UnknownPage:
        return redirect("responses")
    public = published_among(item.put_by for item in found.items)
    page = register_page(found, asked, public, now)
    context = {
        "page": page,
        "has_posts": bool(posts_of(request)),
        "kept": kept_filters(request, "responses"),
    }
    return render(request, "responses/page.html", context)


@require_safe
@signed_in_only
def responses_file(request: HttpRequest) -> HttpResponse:
    """Lead to the register as a file, from the address that it had once."""
    query = request.GET.copy()
    query["file"] = "csv"
    return redirect(f"{reverse('responses')}?{query.urlencode()}")


def _table(request: HttpRequest, now: datetime) -> Table:
    headings, *rows = file_rows(_all(request, now), now)
    return Table("responses", _("Responses"), [str(words) for words in headings], rows)


def _all(request: HttpRequest, now: datetime) -> Iterator[_Some]:
    """Yield what the register holds, a few hundred at a time, up to the most of a file."""
    bodies, asked, after, given = _bodies(request), _asked(request), "", 0
    while given <= MOST_ROWS:
        items, after = recipients_page(
            bodies=bodies,
            which=asked.which,
            as_of=now,
            name=asked.name,
            basis=asked.basis,
            after=after,
            size=AT_ONCE,
        )
        yield items, published_among(item.put_by for item in items)
        given += len(items)
        if not after:
            break


def _bodies(request: HttpRequest) -> list[int]:
    return sorted({post.body_id for post in posts_of(request)})


def _asked(request: HttpRequest) -> RegisterAsked:
    which, basis = request.GET.get("which", ""), request.GET.get("basis", "")
    return RegisterAsked(
        which=Which(which) if which in set(Which) else Which.OPEN,
        name=request.GET.get("from", "").replace("\x00", "").strip()[:LONGEST_NAME],
        basis=Basis(basis) if basis in set(Basis) else None,
    )
