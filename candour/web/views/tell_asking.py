"""Asking the person who told something, or replying: they find it under their receipt."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.people.actor import Actor
from candour.site import clock
from candour.telling.actions import ask
from candour.telling.actions.reaching import Reached
from candour.telling.models import Message
from candour.telling.queries import told_of
from candour.web.in_hand import posts_of
from candour.web.signed_in import signed_in_only


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def tell_ask(request: HttpRequest, number: int) -> HttpResponse:
    """Leave a question or a reply for the person; anything else leads back to the experience."""
    if request.method != "POST":
        return redirect("experience", number)
    told = told_of(number)
    if told is None:
        raise Http404
    post = next((each for each in posts_of(request) if each.body_id == told.body_id), None)
    if post is None:
        return redirect("experience", number)
    sorts = {"reply": Message.Sort.REPLY}
    sort = sorts.get(request.POST.get("sort", ""), Message.Sort.QUESTION)
    words = request.POST.get("words", "").replace("\0", "")
    try:
        left = ask(
            told, sort, words, key=_key(request), actor=Actor.from_post(post), as_of=clock.now()
        )
    except ValueError:
        messages.error(request, _("Nothing was left for them: write up to 1,000 characters."))
        return redirect("experience", number)
    if left is None:
        messages.error(request, _("They have taken it back, so nothing can be left for them."))
    else:
        messages.success(request, _how(left))
    return redirect("experience", number)


def _how(left: Reached) -> str:
    """Return how what was left for them reaches them."""
    if left is Reached.MAIL:
        return _("It is on its way to them by mail, and stands under their receipt.")
    if left is Reached.NO_KEY:
        return _(
            "They asked for a reply by mail, but the key that opens their address is not on this"
            " machine. It stands under their receipt; whoever looks after Candour can put the key"
            " back, and you can write again."
        )
    return _("They read it when they come back with their receipt code.")


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
