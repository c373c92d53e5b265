"""The register of decisions over all cases: what was decided, why, and what is yet to publish."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from candour.cases.queries.decisions import (
    Decided,
    DecisionItem,
    UnknownPage,
    decision_register,
    decisions_page,
)
from candour.publishing.models import PublishedLine
from candour.publishing.queries import published_among
from candour.site import clock
from candour.web.in_hand import posts_of
from candour.web.kept_filters import kept_filters
from candour.web.presenters.decision_register import decision_rows, decisions_register
from candour.web.signed_in import signed_in_only
from candour.web.table_export import MOST_ROWS, Table, taken_out

AT_ONCE = 500  # rows read at a time for a file
_Some = tuple[tuple[DecisionItem, ...], dict[str, PublishedLine]]


@require_safe
@signed_in_only
def register(request: HttpRequest) -> HttpResponse:
    """Show the decisions of all cases of the person’s bodies, newest first."""
    now, which = clock.now(), _which(request)
    if file := taken_out(request, lambda: _table(request, now)):
        return file
    after = request.GET.get("after", "")
    try:
        found = decision_register(bodies=_bodies(request), which=which, as_of=now, after=after)
    except UnknownPage:
        return redirect("decisions-register")
    public = published_among(item.made_by for item in found.items)
    context = {
        "page": decisions_register(found, which, public, now),
        "kept": kept_filters(request, "decisions-register"),
    }
    return render(request, "publishing/decisions.html", context)


def _table(request: HttpRequest, now: datetime) -> Table:
    headings, *rows = decision_rows(_all(request, now), now)
    return Table("decisions", _("Decisions"), [str(words) for words in headings], rows)


def _all(request: HttpRequest, now: datetime) -> Iterator[_Some]:
    """Yield what the register holds, a few hundred at a time, up to the most of a file."""
    bodies, which, after, given = _bodies(request), _which(request), "", 0
    while given <= MOST_ROWS:
        items, after = decisions_page(
            bodies=bodies, which=which, as_of=now, after=after, size=AT_ONCE
        )
        yield items, published_among(item.made_by for item in items)
        given += len(items)
        if not after:
            break


def _bodies(request: HttpRequest) -> list[int]:
    return sorted({post.body_id for post in posts_of(request)})


def _which(request: HttpRequest) -> Decided:
    asked = request.GET.get("which", "")
    return Decided(asked) if asked in set(Decided) else Decided.ALL
