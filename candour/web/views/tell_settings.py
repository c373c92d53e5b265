"""How a body's public form looks and who may hold it in a frame, set by its staff."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.engine.words import Language
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site import clock
from candour.telling.actions import set_form
from candour.telling.forms import LONGEST, OURS, FormLook, UnfitSettings
from candour.telling.queries import look_of
from candour.web.forms.entry import Fault, typed_from
from candour.web.forms.tell_settings import look_from
from candour.web.in_hand import posts_of
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said as words_of
from candour.web.tell_frame import LANGUAGES

FRAME_HEIGHT: Final = 900
FRAME_SCRIPT: Final = "candour/tell-embed.js"  # under a name that no release changes


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def tell_settings(request: HttpRequest) -> HttpResponse:
    """Show how the form of one of the person's bodies is set, or set it."""
    post = post_at(request)
    if post is None:
        return render(request, "telling/no_post.html", status=403)
    if request.method != "POST":
        return _page(request, post, look_of(post.body))
    look = look_from(typed_from(request.POST))
    try:
        set_form(look, actor=Actor.from_post(post), as_of=clock.now())
    except UnfitSettings as unfit:
        faults = {name: words_of(said) for name, said in unfit.faults.items()}
        return _page(request, post, look, faults)
    messages.success(request, _("The form is set. It shows so at once."))
    return redirect(f"{reverse('tell-settings')}?body={post.body.slug}")


def post_at(request: HttpRequest) -> Post | None:
    """Return a post of the person at the body asked for, or at their first."""
    asked = request.GET.get("body", "")
    return next((p for p in posts_of(request) if asked in ("", p.body.slug)), None)


def _page(
    request: HttpRequest, post: Post, look: FormLook, faults: dict[str, str] | None = None
) -> HttpResponse:
    slug, faults = post.body.slug, faults or {}
    bodies = {each.body.slug: each.body for each in posts_of(request)}
    context = {
        "post": post,
        "bodies": list(bodies.values()),
        "look": look,
        "parts": [(part, LONGEST[part]) for part in LONGEST],
        "ours": OURS,
        "languages": LANGUAGES,
        "pages": {code: reverse("tell-start", args=[slug, code]) for code in LANGUAGES},
        "snippets": {code: _snippets(request, slug, code) for code in LANGUAGES},
        "faults": faults,
        "errors": [Fault(words, name) for name, words in faults.items()],
    }
    return render(request, "telling/settings.html", context, status=REFUSED if faults else 200)


def _snippets(request: HttpRequest, slug: str, language: Language) -> dict[str, str]:
    """Return what to paste into a page of the body's own: a link, and a frame."""
    page = request.build_absolute_uri(reverse("tell-start", args=[slug, language]))
    whole = request.build_absolute_uri(reverse("tell-whole", args=[slug, language]))
    script = request.build_absolute_uri(f"{settings.STATIC_URL}{FRAME_SCRIPT}")
    title = OURS["title"].text(language)
    return {
        "link": f'<a href="{page}">{title}</a>',
        "frame": (
            f'<iframe src="{whole}" title="{title}" width="100%" height="{FRAME_HEIGHT}" '
            'style="border:0" '
            f'loading="lazy"></iframe>\n<script src="{script}" async></script>'
        ),
    }
