"""What a one-time link opens for somebody outside: the link itself, their page, and leaving it.

A link is opened by a press, never by being looked at: mail programs look at every link before a
person does. It opens once; the browser is then known by a cookie for that invitation alone, and
the address that it goes on with holds no secret.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from candour.cases import queries
from candour.database.row_security import acting_for
from candour.letters.queries import copies_to
from candour.portal.actions import leave, open_link, send_link
from candour.portal.queries import Invited, by_link, by_visit, held_link, held_visit
from candour.portal.tokens import VISIT_LASTS
from candour.site import clock
from candour.web import dates
from candour.web.by_link import in_their_language, unseen
from candour.web.presenters.outside import Looking, masked, outside_page_of
from candour.web.signed_papers import site_of
from candour.web.spoken import spoken

GONE = 410
COOKIE = "candour_outside"
CLOSED = "outside/closed.html"
_Args = ParamSpec("_Args")
_Within = Callable[Concatenate[HttpRequest, Invited, _Args], HttpResponse]


def invited_only(view: _Within[_Args]) -> Callable[..., HttpResponse]:
    """Let only the browser through that opened the newest link of this invitation."""

    @unseen(CLOSED, limited=False)
    @wraps(view)
    def guarded(
        request: HttpRequest, /, number: UUID, *args: _Args.args, **kwargs: _Args.kwargs
    ) -> HttpResponse:
        held = held_visit(request.COOKIES.get(COOKIE, ""), number)
        if held is None:
            return _closed(request, "left")
        with acting_for([held.body_id]):
            invited = by_visit(held.number, clock.now())
            if invited is None:
                return _closed(request, "left")
            return view(request, invited, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@unseen(CLOSED)
def outside_link(request: HttpRequest, token: str) -> HttpResponse:
    """Say what a link is for; open it by a press, or send a new one to the same address."""
    held = held_link(token)
    if held is None:
        return _closed(request, "unknown")
    with acting_for([held.body_id]):
        invited = by_link(held.number)
        if invited is None:
            return _closed(request, "unknown")
        if request.method == "POST":
            return _pressed(request, invited, held.number)
        answer = in_their_language(request, invited.invitation.language)
        return answer or _look(request, invited, held.number)


def _look(request: HttpRequest, invited: Invited, link_id: int) -> HttpResponse:
    if not invited.opens(link_id, clock.now()):
        return _closed(request, _why_closed(invited, link_id), invited)
    link = invited.newest
    context = {
        "body": invited.invitation.case.body.name_in(spoken()),
        "who": invited.invitation.who,
        "until": dates.moment(link.expires_at) if link else "",
    }
    return render(request, "outside/link.html", context)


def _pressed(request: HttpRequest, invited: Invited, link_id: int) -> HttpResponse:
    now = clock.now()
    if request.POST.get("press") == "send":
        sent = send_link(invited, made_by=None, as_of=now, site=site_of(request))
        return _closed(request, "sent" if sent else "enough", invited)
    secret = open_link(invited, link_id, as_of=now)
    if secret is None:
        return _look(request, invited, link_id)
    place = reverse("outside", args=[invited.invitation.pk])
    answer = redirect(place)
    answer.set_cookie(
        COOKIE,
        secret,
        path=place,
        max_age=VISIT_LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer


def _why_closed(invited: Invited, link_id: int) -> str:
    """Return why a link opens nothing."""
    if invited.revoked is not None:
        return "revoked"
    if not invited.stands(clock.now()):
        return "over"
    if invited.newest is not None and invited.newest.pk != link_id:
        return "replaced"
    return "used" if any(visit.link_id == link_id for visit in invited.visits) else "expired"


def _closed(request: HttpRequest, why: str, invited: Invited | None = None) -> HttpResponse:
    context = {
        "why": why,
        "address": masked(invited.invitation.email) if invited else "",
        "place": reverse("outside", args=[invited.invitation.pk]) if invited else "",
    }
    return render(request, CLOSED, context, status=200 if why == "sent" else GONE)


def looking_at(invited: Invited) -> Looking:
    """Return an invitation as whoever it is for looks at it now."""
    invitation = invited.invitation
    files = copies_to(invitation.case_id, invitation.asked, invitation.email)
    return Looking(queries.standing(invitation.case), invitation, clock.now(), files)


@require_safe
@invited_only
def outside_page(request: HttpRequest, invited: Invited) -> HttpResponse:
    """Show what somebody outside is asked, what they may see of it, and what they said so far."""
    case = invited.invitation.case
    context = {
        "page": outside_page_of(looking_at(invited)),
        "body": case.body.name_in(spoken()),
        "kept": request.GET.get("kept", ""),
    }
    return render(request, "outside/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@invited_only
def outside_leave(request: HttpRequest, invited: Invited) -> HttpResponse:
    """End the visit of this browser: nothing is left on the device."""
    place = reverse("outside", args=[invited.invitation.pk])
    if request.method != "POST":
        return redirect(place)
    leave(invited.visits[-1].pk, invited.invitation.case_id, as_of=clock.now())
    answer = render(request, CLOSED, {"why": "goodbye"})
    answer.delete_cookie(COOKIE, path=place)
    return answer
