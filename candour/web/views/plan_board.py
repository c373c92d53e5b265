"""The plans of all cases: a board, and each of its columns as a table in pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from candour.cases.queries.planned import UnknownPage, board, every, planned
from candour.cases.queries.planned_columns import Narrowed
from candour.engine.rag import Lane
from candour.site import clock
from candour.web.in_hand import posts_of
from candour.web.presenters.plan_board import PLANS, board_page, plans_table
from candour.web.signed_in import signed_in_only
from candour.web.table_export import MOST_ROWS, taken_out

LONGEST = 100  # characters of a name that the plans are narrowed to


@require_safe
@signed_in_only
def plans(request: HttpRequest) -> HttpResponse:
    """Show what is to be done in all cases that the person's bodies lead."""
    now, narrowed = clock.now(), _narrowed(request)
    asked = request.GET.get("show", "")
    lane = Lane(asked) if asked in set(Lane) else None
    bodies = {post.body_id for post in posts_of(request)}
    lanes = (lane,) if lane else tuple(Lane)
    if file := taken_out(
        request,
        lambda: plans_table(
            every(bodies=bodies, narrowed=narrowed, lanes=lanes, as_of=now, most=MOST_ROWS), now
        ),
    ):
        return file
    try:
        found = (
            planned(
                bodies=bodies,
                narrowed=narrowed,
                lane=lane,
                as_of=now,
                after=request.GET.get("after", ""),
            )
            if lane
            else board(bodies=bodies, narrowed=narrowed, as_of=now)
        )
    except UnknownPage:
        return redirect("plans")
    page = board_page(found, narrowed=narrowed, lane=lane, moment=now)
    return render(request, "plans/page.html", {"page": page, "has_posts": bool(bodies)})


def _narrowed(request: HttpRequest) -> Narrowed:
    asked = {
        name: request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]
        for name in ("plan", "owner", "service")
    }
    plan = asked["plan"] if asked["plan"] in PLANS else ""
    return Narrowed(plan=plan, owner=asked["owner"], service=asked["service"])
