"""A person's settings for reminders: how, how long before, and when not."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.people.models import User
from candour.reminders.choices import How
from candour.reminders.settings import choices_for, choose, last_told
from candour.site import clock
from candour.web.forms.controls import Choice
from candour.web.forms.reminders import form_of, read_form
from candour.web.signed_in import signed_in_only

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def reminders(request: HttpRequest) -> HttpResponse:
    """Show what somebody chose, or take what they choose now."""
    person = cast("User", request.user)
    form = read_form(request) if request.method == "POST" else form_of(choices_for(person))
    if request.method == "POST" and form.choices is not None:
        choose(person, form.choices, clock.now())
        messages.success(request, _("Saved. You will be reminded so from now on."))
        return redirect("settings-reminders")
    context = {
        "form": form,
        "errors": [{"field": name, "words": words} for name, words in form.faults.items()],
        "ways": _ways(),
        "email": person.email,
        "last_told": last_told(person),
        "current": "reminders",
    }
    status = REFUSED if form.faults else 200
    return render(request, "settings/reminders.html", context, status=status)


def _ways() -> list[Choice]:
    return [
        Choice(
            How.DIGEST,
            _("One mail each working morning"),
            _("Everything new in one mail; no mail when there is nothing new."),
        ),
        Choice(
            How.AT_ONCE,
            _("As soon as there is something"),
            _("Within minutes, outside your quiet hours; several things at once are one mail."),
        ),
        Choice(
            How.NONE,
            _("No mail"),
            _("Look at your worklist yourself. What is late is told to whoever leads the case."),
        ),
    ]
