"""What pages have in common that somebody from outside reaches by a one-time link."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from candour.web.limiting import too_often
from candour.web.spoken import spoken

TOO_MANY = 429
OPENED = "one_time_link_opened"
_Args = ParamSpec("_Args")
_View = Callable[Concatenate[HttpRequest, _Args], HttpResponse]


def unseen(closed: str, *, limited: bool = True) -> Callable[[_View[_Args]], _View[_Args]]:
    """Keep a page out of search engines, caches and the referrers of other sites.

    Not `no-referrer`: with that, browsers hide the origin from our own form's check as well.

    Args:
        closed: the template that says why a link opens nothing; also that it was tried too often.
        limited: strangers may ask for it so often and no more; not where a cookie opens it.
    """

    def guard(view: _View[_Args]) -> _View[_Args]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: _Args.args, **kwargs: _Args.kwargs
        ) -> HttpResponse:
            if limited and too_often(request, OPENED, a_minute=60):
                answer = render(request, closed, {"why": "often"}, status=TOO_MANY)
            else:
                answer = view(request, *args, **kwargs)
            answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
            answer["Cache-Control"] = "private, no-store"
            answer["Referrer-Policy"] = "same-origin"
            return answer

        return guarded

    return guard


def in_their_language(request: HttpRequest, wanted: str) -> HttpResponse | None:
    """Return the way back to the page in somebody's language, on their first look."""
    name = settings.LANGUAGE_COOKIE_NAME
    if name in request.COOKIES or "first" in request.GET or wanted == spoken():
        return None
    answer = redirect(f"{request.path}?first=1")
    answer.set_cookie(
        name, wanted, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    return answer
