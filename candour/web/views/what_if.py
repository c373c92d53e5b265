"""What if: asking for it, how far it has come, and what came of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour import policies
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site import clock
from candour.web.forms.what_if import AskedFor, asked_for
from candour.web.in_hand import posts_of
from candour.web.presenters.shipped import procedure_of
from candour.web.presenters.what_if import what_if_page
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said
from candour.whatif.asking import ask
from candour.whatif.models import WhatIf
from candour.whatif.tasks import do_what_if

LISTED = 10


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def what_if(request: HttpRequest, name: str) -> HttpResponse:
    """Show the form and the latest what-ifs of a procedure, or ask for one."""
    held = procedure_of(name) if name in policies.available() else None
    if held is None:
        raise Http404
    wanted = None
    post = _post(request)
    if request.method == "POST" and post is not None:
        wanted = asked_for(request)
        if not wanted.faults:
            return _ask(name, post, wanted)
    found = WhatIf.objects.filter(instead_of=name, expires_at__gt=clock.now())
    context = {
        "held": held,
        "name": said(held.title),
        "choices": _choices(name, held.version),
        "recent": found.defer("report", "files")
        .select_related("asked_by")
        .order_by("-pk")[:LISTED],
        "faults": wanted.faults if wanted else (),
        "may_ask": post is not None,
    }
    return render(request, "procedures/what_if.html", context, status=422 if wanted else 200)


@require_safe
@signed_in_only
def what_came(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Show how far a what-if has come, or what came of it."""
    found = WhatIf.objects.filter(pk=number, instead_of=name, expires_at__gt=clock.now()).first()
    if found is None:
        raise Http404
    page = what_if_page(found.report) if found.report else None
    return render(request, "procedures/what_came.html", {"found": found, "page": page})


def _post(request: HttpRequest) -> Post | None:
    """Return a post that the person holds today: whoever sees cases may ask."""
    return next(iter(posts_of(request)), None)


def _ask(name: str, post: Post, wanted: AskedFor) -> HttpResponse:
    kept = ask(
        Actor.from_post(post),
        name,
        clock.now(),
        files=wanted.files,
        draft=wanted.draft,
        version=wanted.version,
    )
    do_what_if.defer(number=kept.pk, body_id=post.body_id)
    return redirect("what-came", name, kept.pk)


def _choices(name: str, version: str) -> list[dict[str, str]]:
    """Return the procedures and versions that could be held against it, its own versions first."""
    there = [one for one in policies.in_reach() if one != (name, version)]
    there.sort(key=lambda one: (one[0] != name, one))
    found = []
    for other, its_version in there:
        held = procedure_of(other)
        title = said(held.title) if held is not None else other
        words = _("%(title)s, version %(version)s") % {"title": title, "version": its_version}
        found.append({"value": f"{other} {its_version}", "words": words})
    return found
