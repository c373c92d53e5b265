"""Coding what people told us: the next that waits, and any one of them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour.coding import queries
from candour.coding.actions import CodingRefusedError, code_experience
from candour.experiences.models import Experience
from candour.people.actor import Actor
from candour.site import clock
from candour.web.coding_bodies import coder
from candour.web.presenters.coding import (
    NO_FEELING,
    coded_before,
    families,
    feelings,
    number_waiting,
)
from candour.web.presenters.excerpts import whole
from candour.web.presenters.experiences import about, lang
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said, spoken

REFUSED = 422
MOST_COUNTED = 1_000
NEXT = "next"
LONGEST = 18  # digits of a number


@require_safe
@signed_in_only
def waiting(request: HttpRequest) -> HttpResponse:
    """Lead to the newest experience that nobody has coded, or say that there is none."""
    actor = coder(request)
    first = queries.to_code(actor.body).first()
    if first is None:
        return render(request, "coding/nothing.html", {"body": actor.body})
    return _page(request, first, actor, onward=True)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show an experience with its themes to choose, or code it as somebody chose."""
    held = Experience.objects.in_use().filter(pk=number).first()
    if held is None:
        raise Http404
    actor = coder(request, held.body_id)
    onward = request.POST.get("then") == NEXT
    if request.method != "POST":
        return _page(request, held, actor)
    try:
        code_experience(
            held.pk,
            themes=request.POST.getlist("themes"),
            sentiment=_number(request.POST.get("sentiment", NO_FEELING)),
            actor=actor,
            as_of=clock.now(),
            seen=_number(request.POST.get("seen", "")),
        )
    except CodingRefusedError as fault:
        return _page(request, held, actor, onward=onward, fault=fault)
    messages.success(request, _("Coded."))
    return redirect("coding") if onward else redirect("experience", held.pk)


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST else None


def _page(
    request: HttpRequest,
    held: Experience,
    actor: Actor,
    *,
    onward: bool = False,
    fault: CodingRefusedError | None = None,
) -> HttpResponse:
    codes = list(queries.code_list(actor.body))
    suggested = queries.suggested_for([held]).get(held.pk)
    codings = list(queries.codings_of(held)[:10])
    typed = request.method == "POST"
    context = {
        "experience": held,
        "about": about(held),
        "lang": lang(held),
        "words": whole(held.answer, ()),
        "families": families(codes, held.themes, suggested),
        "chosen": request.POST.getlist("themes") if typed else held.themes,
        "feelings": feelings(suggested),
        "felt": request.POST.get("sentiment") if typed else held.sentiment or NO_FEELING,
        "before": coded_before(codings, {code.theme: code.title_in(spoken()) for code in codes}),
        "onward": onward,
        "seen": codings[0].pk if codings else 0,
        "left": _left(actor) if onward else "",
        "errors": [{"field": fault.field, "words": said(fault.words)}] if fault else [],
    }
    return render(request, "coding/one.html", context, status=REFUSED if fault else 200)


def _left(actor: Actor) -> str:
    counted = queries.to_code(actor.body).order_by()[: MOST_COUNTED + 1]
    return number_waiting(counted.count(), MOST_COUNTED)
