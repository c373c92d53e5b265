"""What was learned from a body's coding: how good it is, and learning anew."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.coding import queries
from candour.coding.actions import ask_to_learn
from candour.coding.models import BROKE, Learning
from candour.site import clock
from candour.web.coding_bodies import coder
from candour.web.presenters.coding import average, score_lines
from candour.web.signed_in import signed_in_only

AGAIN = 5  # seconds until the page looks whether learning has ended


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def machine(request: HttpRequest) -> HttpResponse:
    """Show the card of the newest machine, or ask that one is made."""
    actor = coder(request)
    if request.method == "POST":
        ask_to_learn(actor=actor, as_of=clock.now())
        messages.success(request, _("A machine is being made. It takes a minute or so."))
        return redirect("coding-machine")
    model = queries.newest_model(actor.body)
    asked = Learning.objects.filter(body=actor.body).first()
    codes = {code.theme: code for code in queries.code_list(actor.body, retired=True)}
    context = {
        "body": actor.body,
        "model": model,
        "running": asked is not None and asked.ended_at is None,
        "too_few": asked is not None and asked.fault not in ("", BROKE),
        "broke": asked is not None and asked.fault == BROKE,
        "lines": score_lines(model, codes, queries.applied_alone(actor.body)) if model else [],
        "average": average(model) if model else "",
        "again": AGAIN,
    }
    return render(request, "coding/machine.html", context)
