"""Who may open a page at all: somebody who is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from candour.web.views.errors import stale_page

_Args = ParamSpec("_Args")
_View = Callable[Concatenate[HttpRequest, _Args], HttpResponseBase]


def signed_in_only(view: _View[_Args]) -> _View[_Args]:
    """Let only signed-in people through; nothing that somebody typed is lost.

    A page that is read sends others to sign in and brings them back. A form that was sent after the
    session ran out is given back with its words: a redirect would drop them.
    """

    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: _Args.args, **kwargs: _Args.kwargs
    ) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return stale_page(request)
        return redirect_to_login(request.get_full_path())

    return guarded
