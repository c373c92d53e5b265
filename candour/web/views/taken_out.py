"""Who took which tables out as files: for whoever heads a body, or looks into it."""

from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from candour.finding.taken_out import TakenAsked, taken_from
from candour.people.leavers import HEADS
from candour.web.in_hand import posts_of
from candour.web.presenters.taken_out import taken_chips, taken_lines, taken_table
from candour.web.signed_in import signed_in_only
from candour.web.table_export import MOST_ROWS, taken_out

LOOKING_IN: Final = (*HEADS, "auditor", "data_protection_officer")
LONGEST: Final = 100


def bodies_looked_into(request: HttpRequest) -> list[int]:
    """Return the bodies that the reader heads, or whose records they look into."""
    return sorted({post.body_id for post in posts_of(request) if post.role in LOOKING_IN})


@require_safe
@signed_in_only
def tables_taken(request: HttpRequest) -> HttpResponse:
    """Show who took out what, when and how much of it, the newest first."""
    bodies = bodies_looked_into(request)
    if not bodies:
        raise Http404
    asked = _asked(request)
    if file := taken_out(
        request, lambda: taken_table(taken_from(bodies, asked, size=MOST_ROWS + 1)[0])
    ):
        return file
    rows, after = taken_from(bodies, asked)
    context = {
        "lines": taken_lines(rows, several=len(bodies) > 1),
        "asked": asked,
        "chips": taken_chips(asked, _address),
        "clear": reverse("tables-taken"),
        "following": _address(asked, after) if after else "",
    }
    return render(request, "search/taken_out.html", context)


def _asked(request: HttpRequest) -> TakenAsked:
    after = request.GET.get("after", "")
    return TakenAsked(
        words=request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST],
        since=_day(request.GET.get("since", "")),
        until=_day(request.GET.get("until", "")),
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 18 else None,
    )


def _day(typed: str) -> date | None:
    """Return a day as an address gives it; None where it makes no sense."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 1900 < day.year < 9000 else None


def _address(asked: TakenAsked, after: int | None = None) -> str:
    parts = {
        "q": asked.words,
        "since": asked.since.isoformat() if asked.since else "",
        "until": asked.until.isoformat() if asked.until else "",
        "after": str(after) if after else "",
    }
    query = urlencode({name: value for name, value in parts.items() if value})
    return reverse("tables-taken") + (f"?{query}" if query else "")
