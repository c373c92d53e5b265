"""A person's calendar feed, answered to whoever has its secret address."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from candour.calendars.feeds import read_feed
from candour.site import clock

KEPT = 600  # seconds for which a program may go without asking again


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer with the feed as it is now, or that it has not changed."""
    found = read_feed(secret, clock.now(), request.build_absolute_uri("/").rstrip("/"))
    if found is None:
        raise Http404
    answer: HttpResponse
    known = request.headers.get("If-None-Match", "").split(",")
    if found.etag in [tag.strip().removeprefix("W/") for tag in known]:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(found.content, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="candour.ics"'
    answer["ETag"] = found.etag
    answer["Cache-Control"] = f"private, max-age={KEPT}"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
