"""Pages for what goes wrong: plain words, what to do next, and never the insides of the program."""

import logging
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

_log = logging.getLogger(__name__)

# Fields that say nothing to the person who typed, or must not be shown again.
_NOT_SHOWN = frozenset({"csrfmiddlewaretoken", "key", "seq", "password", "next"})

_LAST_RESORT = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Candour</title>
</head><body><h1>Something went wrong on our side</h1><p>What you did may or may not have been
recorded. Wait a minute, then open the page again. If it goes on, tell the person who looks after
Candour and give this reference: {reference}</p></body></html>"""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django names it
    """Say that the request made no sense (400)."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this is not open to the person (403), in the words of whoever refused."""
    return render(request, "errors/403.html", {"explanation": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django names it
    """Say that there is no such page (404)."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the site failed (500), with a reference that stands in its log.

    Nothing here asks the database who is signed in: the database may be what failed.
    """
    reference = uuid.uuid4().hex[:8].upper()
    _log.error("A person was given reference %s: %s %s", reference, request.method, request.path)
    page: str
    try:
        page = render_to_string("errors/500.html", {"reference": reference})
    except Exception:  # noqa: BLE001  # the last page of all must always be shown
        _log.exception("The page for reference %s could not be shown", reference)
        page = _LAST_RESORT.format(reference=reference)
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form whose page is too old (403), and give back what was typed."""
    _log.info("A form was refused at %s: %s", request.path, reason)
    return stale_page(request)


def stale_page(request: HttpRequest) -> HttpResponse:
    """Return the page that gives back what was typed into a form that can no longer be sent."""
    context = {"typed": typed_words(request), "again": _page_of_the_form(request)}
    return render(request, "errors/stale.html", context, status=403)


def typed_words(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a sent form with something in them, under names that people know."""
    return [
        (name.replace("_", " ").replace("-", " ").capitalize(), "\n".join(values))
        for name, values in request.POST.lists()
        if name not in _NOT_SHOWN and any(value.strip() for value in values)
    ]


def _page_of_the_form(request: HttpRequest) -> str:
    """Return where the form was filled in, when the browser says so and it is ours."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return came_from if ours else request.path
