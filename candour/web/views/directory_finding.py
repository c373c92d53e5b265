"""Services that somebody may mean while they type: for the public form, and for anybody.

The directory is public record, so no one signs in for it; how often a stranger may ask is limited.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.directory.searching import LONGEST, ServiceMatch, services_matching
from candour.engine.london import local
from candour.site import clock
from candour.web.limiting import too_often
from candour.web.spoken import spoken

A_MINUTE: Final = 180
OFFERED: Final = 8
SHORTEST: Final = 2
TOO_MANY: Final = 429


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Give the services that ``q`` may mean as radios named ``service``: a part of a page."""
    if _too_often(request):
        return render(request, "directory/found.html", {"wait": True}, status=TOO_MANY)
    context = {"found": _found(request), "words": _words(request), "language": spoken()}
    return _unkept(render(request, "directory/found.html", context))


@require_safe
def find_json(request: HttpRequest) -> HttpResponse:
    """Give the services that ``q`` may mean: number, name, kind, place, and whether it is open."""
    if _too_often(request):
        return JsonResponse({"services": [], "wait": True}, status=TOO_MANY)
    return _unkept(JsonResponse({"services": [_told(match) for match in _found(request)]}))


def _too_often(request: HttpRequest) -> bool:
    return too_often(request, "directory-find", a_minute=A_MINUTE)


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]


def _found(request: HttpRequest) -> list[ServiceMatch]:
    words = _words(request)
    if len(words) < SHORTEST:
        return []
    return services_matching(words, OFFERED, on=local(clock.now()).date())


def _told(match: ServiceMatch) -> dict[str, object]:
    return {
        "number": match.number,
        "name": match.name_in(spoken()),
        "kind": match.kind,
        "place": match.place,
        "provider": match.provider,
        "open": match.open,
    }


def _unkept(answer: HttpResponse) -> HttpResponse:
    """Return the answer so that nobody on the way keeps it: it tells what somebody typed."""
    answer["Cache-Control"] = "private, no-store"
    return answer
