"""A person's settings for their calendar: an address to subscribe to, made, shown once, revoked."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candour.calendars.feeds import choose_meetings, feed_of, make_feed, revoke_feed
from candour.calendars.models import MeetingsShown
from candour.people.models import User
from candour.site import clock
from candour.web.forms.controls import Choice
from candour.web.signed_in import signed_in_only


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def calendar(request: HttpRequest) -> HttpResponse:
    """Show whether there is an address; make one, revoke it, or change what it shows."""
    person = cast("User", request.user)
    address = ""
    if request.method == "POST":
        done = request.POST.get("do", "")
        wanted = _wanted(request)
        if done == "make":
            address = _address(request, make_feed(person, wanted, clock.now()))
        elif done == "revoke":
            if revoke_feed(person, clock.now()):
                messages.success(request, _("The address is revoked: it shows nothing any more."))
            return redirect("settings-calendar")
        elif done == "choose":
            choose_meetings(person, wanted)
            messages.success(request, _("Saved. Your calendar follows when it next looks."))
            return redirect("settings-calendar")
    return render(
        request,
        "settings/calendar.html",
        {"feed": feed_of(person), "address": address, "choices": _choices(), "current": "calendar"},
    )


def _wanted(request: HttpRequest) -> MeetingsShown:
    asked = request.POST.get("meetings", "")
    return MeetingsShown(asked) if asked in MeetingsShown.values else MeetingsShown.ALL


def _address(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("calendar-feed", args=[secret]))


def _choices() -> list[Choice]:
    return [
        Choice(MeetingsShown.ALL, _("All in the cases of my organisation")),
        Choice(MeetingsShown.MINE, _("Only those to which I am invited by mail")),
        Choice(MeetingsShown.NONE, _("None")),
    ]
