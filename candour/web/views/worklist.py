"""The worklist: what is late, today, this week and later, of mine or of my body's."""

from collections.abc import Sequence
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from candour.cases.queries import DueItem, Group, Scope, open_alike
from candour.cases.queries import worklist as owed
from candour.cases.queries.lent import lent_to_us
from candour.cases.queries.owing_roles import owing_at
from candour.cases.queries.worklist import PAGE, UnknownPage
from candour.engine.london import local
from candour.mail.queries import failed_number
from candour.people.models import User
from candour.site import clock
from candour.web.in_hand import posts_of
from candour.web.kept_filters import kept_filters
from candour.web.presenters.partners import shared_lines
from candour.web.presenters.work_lines import many_alike
from candour.web.presenters.work_tables import worklist_table
from candour.web.presenters.worklist import worklist_page
from candour.web.signed_in import signed_in_only
from candour.web.table_export import MOST_ROWS, taken_out


@require_safe
@signed_in_only
def worklist(request: HttpRequest) -> HttpResponse:
    """Show what is owed, soonest first, a page at a time."""
    now, posts = clock.now(), posts_of(request)
    scope = Scope.BODY if request.GET.get("whose") == Scope.BODY else Scope.MINE
    asked = request.GET.get("when", "")
    group = Group(asked) if asked in set(Group) else None
    file = taken_out(request, lambda: worklist_table(_every(request, scope, group)))
    if file:
        return file
    owing = owing_at({post.body_id for post in posts}, local(now).date())
    try:
        found = owed(
            posts=posts,
            scope=scope,
            as_of=now,
            after=request.GET.get("after", ""),
            group=group,
            size=PAGE,
            handed=owing.handed_to(cast("User", request.user).pk),
        )
    except UnknownPage:
        return redirect("worklist")
    alike = open_alike(many_alike(found.items))
    page = worklist_page(
        found, alike=alike, scope=scope, group=group, moment=now, posts=posts, held=owing.held
    )
    context = {
        "page": page,
        "not_arrived": failed_number({post.body_id for post in posts}),
        "kept": kept_filters(request, "worklist"),
        "shared": list(shared_lines(lent_to_us(now) if posts else [])),
    }
    return render(request, "worklist/page.html", context)


def _every(request: HttpRequest, scope: Scope, group: Group | None) -> Sequence[DueItem]:
    """Return the whole list and not a page of it, as far as a file goes."""
    now, posts = clock.now(), posts_of(request)
    handed = owing_at({post.body_id for post in posts}, local(now).date()).handed_to(
        cast("User", request.user).pk
    )
    return owed(
        posts=posts, scope=scope, as_of=now, group=group, size=MOST_ROWS + 1, handed=handed
    ).items
