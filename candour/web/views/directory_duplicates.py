"""Duplicates of the directory: pairs to look at, put together or told apart, and merges undone."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour.bodies.models import Service
from candour.directory.duplicates import pairs
from candour.directory.errors import MergeRefusedError
from candour.directory.merging import merge, part, tell_apart
from candour.directory.models import Likeness, Merge, Why
from candour.directory.queries import listings_of, ratings_of
from candour.people.grades import keeping_post
from candour.people.models import Post
from candour.site import clock
from candour.web.directory_search import LARGEST
from candour.web.in_hand import posts_of
from candour.web.presenters import directory as words
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said
from candour.web.views.directory_intakes import keeper

PAGE: Final = 20


@require_safe
@signed_in_only
def duplicates(request: HttpRequest) -> HttpResponse:
    """Show the pairs that may be one service, and that nobody has decided about."""
    why = request.GET.get("why", "")
    shown = Paginator(pairs(why), PAGE).get_page(request.GET.get("page"))
    context = {
        "why": why if why in Why.values else "",
        "whys": [{"value": name, "words": said} for name, said in words.WHYS.items()],
        "page": shown,
        "pairs": [{"pair": each, "why": words.WHYS[Why(each.why)]} for each in shown.object_list],
    }
    return render(request, "directory/duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def pair(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Show two services side by side; say that they are one, and which row is kept, or two."""
    found = {
        service.pk: service
        for service in Service.objects.select_related("provider", "host_authority").filter(
            pk__in=[min(one, LARGEST), min(other, LARGEST)]
        )
    }
    if len(found) != 2:
        raise Http404
    fault = ""
    if request.method == "POST":
        answer = _decided(request, keeper(request), one, other)
        if isinstance(answer, HttpResponse):
            return answer
        fault = answer
    ratings, listings = ratings_of(found), listings_of(found)
    likeness = Likeness.objects.filter(one=min(one, other), other=max(one, other)).first()
    context = {
        "sides": [
            {
                "service": found[number],
                "rated": words.rated_tags(ratings.get(number, ())),
                "listings": [
                    {"register": words.register_words(each.register), "said": each}
                    for each in listings
                    if each.service_id == number
                ],
            }
            for number in (one, other)
        ],
        "why": words.WHYS[Why(likeness.why)] if likeness else "",
        "fault": fault,
        "reason": request.POST.get("reason", ""),
        "kept": request.POST.get("kept", ""),
        "may_keep": keeping_post(posts_of(request)) is not None,
    }
    return render(request, "directory/pair.html", context, status=422 if fault else 200)


def _decided(request: HttpRequest, post: Post, one: int, other: int) -> HttpResponse | str:
    """Do what the form says, and return where to go, or why it cannot be done."""
    now = clock.now()
    try:
        if request.POST.get("press") == "apart":
            tell_apart(one, other, by=post.user, as_of=now)
            messages.success(request, _("Kept as two services. Nobody is asked again."))
            return redirect("directory-duplicates")
        kept = {str(one): one, str(other): other}.get(request.POST.get("kept", ""))
        if kept is None:
            return _("Choose which of the two is kept.")
        merged = other if kept == one else one
        reason = request.POST.get("reason", "").replace("\0", "")
        merge(merged, kept, reason=reason, by=post.user, as_of=now)
    except MergeRefusedError as error:
        return said(error.words)
    messages.success(
        request,
        _("Merged. Cases, experiences and restrictions of both are found under the one kept."),
    )
    return redirect("directory-history", kept)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Undo a merge, with a reason."""
    post = keeper(request)
    found = Merge.objects.select_related("merged", "kept", "by").filter(pk=min(number, LARGEST))
    made = found.first()
    if made is None:
        raise Http404
    fault, because = "", request.POST.get("because", "").replace("\0", "")
    if request.method == "POST":
        try:
            part(made.pk, because=because, by=post.user, as_of=clock.now())
        except MergeRefusedError as error:
            fault = said(error.words)
        else:
            messages.success(request, _("The merge was undone. Both stand for themselves again."))
            return redirect("directory-history", made.kept_id)
    context = {"merge": made, "fault": fault, "because": because}
    return render(request, "directory/undo.html", context, status=422 if fault else 200)
