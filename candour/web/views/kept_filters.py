"""Keeping a list as it is narrowed, and letting go of it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.finding.filters import MOST_KEPT, Narrowing, TooManyKept, keep, let_go
from candour.people.models import User
from candour.site import clock
from candour.web.kept_filters import LISTS, address_of, narrowed
from candour.web.signed_in import signed_in_only


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def keep_filter(request: HttpRequest) -> HttpResponse:
    """Keep a list as it is narrowed under the name that was typed, and lead back to it."""
    page = request.POST.get("page", "")
    query = narrowed(QueryDict(request.POST.get("query", "").replace("\x00", "")[:4_000]))
    name = request.POST.get("name", "").replace("\x00", "").strip()
    back = address_of(page) + (f"?{query}" if query else "")
    if request.method != "POST" or page not in LISTS or not query:
        return redirect(back)
    if not name:
        messages.error(request, _("Enter a name for this filter, so that you know it again."))
        return redirect(back)
    try:
        kept = keep(
            Narrowing(page, query), name, person=cast("User", request.user), as_of=clock.now()
        )
    except TooManyKept:
        words = _("You keep %(most)s filters on this list. Let go of one first.")
        messages.error(request, words % {"most": MOST_KEPT})
        return redirect(back)
    messages.success(request, _("“%(name)s” is kept on this list.") % {"name": kept.name})
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def let_go_of_filter(request: HttpRequest, number: int) -> HttpResponse:
    """Let go of a filter, and lead back to its list."""
    if request.method != "POST":
        return redirect("worklist")
    found = let_go(number, person=cast("User", request.user))
    if found is None:
        return redirect("worklist")
    messages.success(request, _("“%(name)s” is no longer kept.") % {"name": found.name})
    return redirect(address_of(found.page))
