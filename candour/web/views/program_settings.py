"""A person’s settings for programs: tokens made, shown once, and revoked."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candour.api.models import Part
from candour.api.tokens import (
    A_MINUTE,
    LIFETIMES,
    MOST,
    TooManyTokens,
    make_token,
    revoke_token,
    tokens_of,
)
from candour.people.models import Post, User
from candour.site import clock
from candour.web.forms.entry import Fault, typed_from
from candour.web.forms.programs import ProgramForm, read
from candour.web.in_hand import posts_of
from candour.web.presenters.programs import lifetimes, organisations, parts, token_lines
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def programs(request: HttpRequest) -> HttpResponse:
    """Show the person’s tokens; make one, which is shown this once, or revoke one."""
    person = cast("User", request.user)
    if request.method != "POST":
        return _page(request, ProgramForm())
    if request.POST.get("do") == "revoke":
        number = request.POST.get("token", "")
        known = number.isascii() and number.isdigit() and len(number) < 18
        if known and revoke_token(person, int(number), clock.now()):
            messages.success(request, _("The token is revoked: it opens nothing any more."))
        return redirect("settings-programs")
    form = read(typed_from(request.POST), _bodies(request))
    return _page(request, form) if form.faults else _made(request, form)


def _made(request: HttpRequest, form: ProgramForm) -> HttpResponse:
    """Make the token of a form that was filled in, and show it."""
    post = _bodies(request)[form.body]
    chosen = [Part(part) for part in form.parts]
    try:
        token = make_token(post, form.name, chosen, days=form.days, as_of=clock.now())
    except TooManyTokens:
        words = _("You have %(most)s tokens already. Revoke one that nobody uses any more.")
        return _page(request, form.with_fault("name", words % {"most": MOST}))
    return _page(request, ProgramForm(), token=token)


def _bodies(request: HttpRequest) -> dict[str, Post]:
    """Return a post of the person at each of their bodies, by the body’s short name."""
    found: dict[str, Post] = {}
    for post in posts_of(request):
        found.setdefault(post.body.slug, post)
    return found


def _page(request: HttpRequest, form: ProgramForm, token: str = "") -> HttpResponse:
    person, now = cast("User", request.user), clock.now()
    context = {
        "form": form,
        "errors": [Fault(words, name) for name, words in form.faults.items()],
        "token": token,
        "example": request.build_absolute_uri(reverse("api-v1:duties")),
        "described": reverse("api-v1:openapi-json"),
        "lines": token_lines(tokens_of(person), now),
        "organisations": organisations(_bodies(request).values()),
        "parts": parts(),
        "lifetimes": lifetimes(LIFETIMES),
        "a_minute": A_MINUTE,
        "current": "programs",
    }
    return render(
        request, "settings/programs.html", context, status=REFUSED if form.faults else 200
    )
