"""What a body’s letterhead looks like: its logo, and a letter as an example."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from candour.bodies.models import Body
from candour.documents import Signature, Undrawable, pdf, read_markdown
from candour.documents.letterhead import PNG
from candour.engine.london import local
from candour.letters.house import house_of, letterhead_of
from candour.site import clock
from candour.web.in_hand import posts_of
from candour.web.letter_example import EXAMPLES
from candour.web.signed_in import signed_in_only


@require_safe
@signed_in_only
def logo(request: HttpRequest) -> HttpResponse:
    """Show the logo of a body that the person works for."""
    picture = house_of(_body(request)).logo
    if not picture:
        raise Http404
    kind = "image/png" if bytes(picture).startswith(PNG) else "image/jpeg"
    return _file(bytes(picture), kind, "logo")


@require_safe
@signed_in_only
def example(request: HttpRequest, language: str) -> HttpResponse:
    """Show an invented letter under the body’s letterhead as it is now."""
    if language not in EXAMPLES:
        raise Http404
    body, told, now = _body(request), EXAMPLES[language], clock.now()
    content = read_markdown(told.text, language=language, title=told.title)
    head = replace(
        letterhead_of(body, house_of(body), language, local(now).date()),
        addressee=told.addressee,
        details=told.details,
        signatures=(Signature(told.signed, told.post),),
    )
    try:
        drawn = pdf(content, head, made_at=now)
    except Undrawable as undrawn:
        return HttpResponse(str(undrawn), status=422, content_type="text/plain; charset=utf-8")
    return _file(drawn, "application/pdf", f"example-{language}.pdf")


def _body(request: HttpRequest) -> Body:
    """Return the body asked for, or the person’s first.

    Raises:
        Http404: the person works for none, or not for that one.
    """
    asked = request.GET.get("body", "")
    for post in posts_of(request):
        if asked in ("", str(post.body_id)):
            return post.body
    raise Http404


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, max-age=0"
    return response
