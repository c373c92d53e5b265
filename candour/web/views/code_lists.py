"""The code list of a body: its themes, and what can be done with one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from candour.coding import actions, queries
from candour.coding.actions import CodingRefusedError
from candour.coding.models import Code
from candour.coding.scores import curves_in
from candour.engine import Words
from candour.people.actor import Actor
from candour.site import clock
from candour.web.coding_bodies import coder
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said, spoken

REFUSED = 422
WORDS = ("title", "title_cy", "family", "covers")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def codes(request: HttpRequest) -> HttpResponse:
    """Show the list and what is used beside it; add a theme, or all that are in use."""
    actor, fault = coder(request), None
    if request.method == "POST":
        try:
            messages.success(request, _added(request, actor))
            return redirect("codes")
        except CodingRefusedError as refused:
            fault = refused
    found = queries.codes_in_use(actor.body)
    context = {
        "body": actor.body,
        "listed": [each for each in found if each.code and each.code.retired_at is None],
        "retired": [each for each in found if each.code and each.code.retired_at is not None],
        "outside": [each for each in found if each.code is None],
        "typed": {name: request.POST.get(name, "") for name in WORDS},
        "errors": _errors(fault),
    }
    return render(request, "coding/codes.html", context, status=REFUSED if fault else 200)


def _added(request: HttpRequest, actor: Actor) -> str:
    """Do what a form of the list asks, and return what was done, in words."""
    if request.POST.get("do") == "take-in":
        number = actions.take_in_used(actor=actor, as_of=clock.now())
        return ngettext(
            "%(n)s theme is in the list now.", "%(n)s themes are in the list now.", number
        ) % {"n": number}
    code = actions.add_code(**_words(request), actor=actor, as_of=clock.now())
    return _("“%(title)s” is in the list now.") % {"title": code.title_in(spoken())}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def code(request: HttpRequest, number: int) -> HttpResponse:
    """Show one theme of the list, or do with it what somebody asked."""
    held = Code.objects.filter(pk=number).select_related("became", "body").first()
    if held is None:
        raise Http404
    actor, fault = coder(request, held.body_id), None
    if request.method == "POST":
        try:
            messages.success(request, _done(request, held, actor))
            return redirect("code", held.pk)
        except CodingRefusedError as refused:
            fault = refused
    context = {
        "code": held,
        "typed": {name: request.POST.get(name, getattr(held, name)) for name in WORDS},
        "others": [c for c in queries.code_list(held.body) if c.pk != held.pk],
        "used": queries.themes_in_use(held.body).get(held.theme, 0),
        "leave": queries.applied_alone(held.body).get(held.theme),
        "could": _could(held),
        "percent": request.POST.get("percent", "90"),
        "errors": _errors(fault),
    }
    return render(request, "coding/code.html", context, status=REFUSED if fault else 200)


def _done(request: HttpRequest, held: Code, actor: Actor) -> str:
    asked = WAYS.get(request.POST.get("do", ""))
    if asked is None:
        raise CodingRefusedError(
            "title",
            Words(
                "Say what is to be done: press one of the buttons.",
                "Dywedwch beth sydd i’w wneud: pwyswch un o’r botymau.",
            ),
        )
    return asked(request, held, actor)


def _change(request: HttpRequest, held: Code, _actor: Actor) -> str:
    actions.change_code(held, **_words(request))
    return _("Saved.")


def _retire(_request: HttpRequest, held: Code, _actor: Actor) -> str:
    actions.retire_code(held, as_of=clock.now())
    return _("It is offered no longer. What carries it keeps it.")


def _offer(_request: HttpRequest, held: Code, _actor: Actor) -> str:
    actions.offer_again(held)
    return _("It is offered again.")


def _become(request: HttpRequest, held: Code, actor: Actor) -> str:
    typed = request.POST.get("became", "")
    into = Code.objects.filter(pk=typed).first() if typed.isdecimal() else None
    if into is None:
        raise CodingRefusedError(
            "became",
            Words(
                "Choose the theme that takes its place.",
                "Dewiswch y thema sy’n cymryd ei lle.",
            ),
        )
    changed = actions.make_become(held, into, actor=actor, as_of=clock.now())
    return ngettext(
        "%(n)s experience carries “%(title)s” instead.",
        "%(n)s experiences carry “%(title)s” instead.",
        changed,
    ) % {"n": changed, "title": into.title_in(spoken())}


def _let(request: HttpRequest, held: Code, actor: Actor) -> str:
    typed = request.POST.get("percent", "").strip()
    percent = int(typed) if typed.isascii() and typed.isdigit() else 0
    actions.let_apply(held, percent, actor=actor, as_of=clock.now())
    return _("From now on it is applied without a person where the machine is so sure.")


def _stop(_request: HttpRequest, held: Code, _actor: Actor) -> str:
    actions.stop_applying(held, as_of=clock.now())
    return _("Only people apply it now. What was applied stays.")


WAYS: dict[str, Callable[[HttpRequest, Code, Actor], str]] = {
    "change": _change,
    "retire": _retire,
    "offer": _offer,
    "become": _become,
    "let": _let,
    "stop": _stop,
}


def _could(held: Code) -> list[tuple[int, bool]]:
    """Return for some shares whether the newest machine is ever so sure of this theme."""
    model = queries.newest_model(held.body)
    curve = curves_in(model.card).get(held.theme) if model else None
    if curve is None:
        return []
    return [(each, curve.sure_enough(each / 100) is not None) for each in (80, 85, 90, 95)]


def _words(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\0", "") for name in WORDS}


def _errors(fault: CodingRefusedError | None) -> list[dict[str, str]]:
    return [{"field": fault.field, "words": said(fault.words)}] if fault else []
