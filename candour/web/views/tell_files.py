"""What belongs to the public form beside its pages: its colours, the places somebody types."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from candour.bodies.queries import body_named
from candour.engine.words import Language
from candour.site import clock
from candour.telling.forms import OUR_COLOUR
from candour.telling.queries import look_of, open_form
from candour.web.tell_places import places

FRESH: Final = 60


@require_safe
def colours(_request: HttpRequest, slug: str) -> HttpResponse:
    """Give the colours of a body's form as a style sheet."""
    body = body_named(slug)
    if body is None:
        raise Http404
    colour = look_of(body).colour or OUR_COLOUR
    answer = HttpResponse(f":root{{--app-tell:{colour}}}\n", content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = f"public, max-age={FRESH}"
    return answer


@require_safe
def tell_places(request: HttpRequest, slug: str, language: Language) -> HttpResponse:
    """Give the places that what was typed so far may mean, for the script of the page."""
    if open_form(slug, as_of=clock.now()) is None:
        raise Http404
    found = places(request.GET.get("q", ""), language, clock.now())
    told = [{"number": each.number, "name": each.name, "about": each.about} for each in found]
    return JsonResponse({"places": told}, headers={"Cache-Control": "private, max-age=60"})
