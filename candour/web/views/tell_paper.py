"""The public form on paper, for printing: in both languages, and in large print."""

import hashlib
from typing import Final

from django.core.cache import cache
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from candour.documents.paper_form import paper_form_pdf
from candour.engine.london import local, start_of
from candour.site import clock
from candour.web.limiting import too_often
from candour.web.presenters.tell_paper import paper_form
from candour.web.tell_frame import Telling, telling
from candour.web.tell_numbers import numbers

FRESH: Final = 3_600
DRAWN_A_MINUTE: Final = 10
TOO_MANY: Final = 429


@require_safe
@telling
def paper(telling: Telling) -> HttpResponse:
    """Give the form as a tagged PDF, drawn anew only when it has changed."""
    now, large = clock.now(), telling.request.GET.get("large") == "1"
    ring = numbers(telling.body, telling.language, now)
    form = paper_form(telling.name, telling.look, ring, telling.language, large=large)
    key = f"tell-paper:{hashlib.sha256(repr(form).encode()).hexdigest()}"
    file: bytes | None = cache.get(key)
    if file is None:
        if too_often(telling.request, "tell-paper", a_minute=DRAWN_A_MINUTE):
            return HttpResponse(status=TOO_MANY, headers={"Retry-After": "60"})
        file = paper_form_pdf(form, made_at=start_of(local(now).date()))
        cache.set(key, file, FRESH)
    answer = HttpResponse(file, content_type="application/pdf")
    name = f"{telling.body.slug}-{telling.language}{'-large' if large else ''}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
