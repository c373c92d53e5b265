"""Deleting what somebody wrote and has not sent: for whoever shares a device with others."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from candour.telling.drafts import forget
from candour.web.tell_frame import COOKIE, Telling, telling


@require_http_methods(["GET", "HEAD", "POST"])
@telling
def throw_away(telling: Telling) -> HttpResponse:
    """Ask whether to delete what somebody wrote and has not sent, or delete it."""
    if telling.request.method != "POST":
        return telling.show("tell/throw_away.html", gone=False)
    forget(telling.secret, body_id=telling.body.pk)
    answer = telling.show("tell/throw_away.html", gone=True)
    answer.delete_cookie(COOKIE, path=reverse("tell", args=[telling.body.slug]), samesite="Lax")
    return answer
