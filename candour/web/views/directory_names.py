"""Names of authorities that registers give: those that are nobody's yet, matched by one press."""

from collections.abc import Callable, Mapping
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from candour.bodies.keeping import Keeper
from candour.directory.errors import NameRefusedError
from candour.directory.models import Authority
from candour.directory.names import ask_again, make_body, match, set_aside
from candour.directory.names_open import (
    candidates,
    nameless,
    names_open,
    names_settled,
    nation_of,
)
from candour.engine.london import local
from candour.people.grades import keeping_post
from candour.site import clock
from candour.web.directory_search import LARGEST
from candour.web.in_hand import posts_of
from candour.web.presenters.directory_names import name_line, settled_line
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said, spoken
from candour.web.views.keeping import keeper_of

PAGE: Final = 20
LONGEST_NUMBER: Final = 19  # digits


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def names(request: HttpRequest) -> HttpResponse:
    """Show the names that are nobody's, with the nearest bodies; settle one as the form says."""
    fault: dict[str, str] = {}
    if request.method == "POST":
        by = keeper_of(request, clock.now())
        try:
            messages.success(request, _done(request, by))
        except NameRefusedError as error:
            fault = {"field": _field(request), "words": said(error.words)}
        else:
            page = request.GET.get("page", "")
            return redirect(f"{request.path}?page={page}" if page.isdecimal() else request.path)
    today = local(clock.now()).date()
    shown = Paginator(names_open(), PAGE).get_page(request.GET.get("page"))
    may_keep = keeping_post(posts_of(request)) is not None
    bodies = candidates(today) if shown.object_list else []
    open_names = nameless(shown.object_list, bodies, today) if shown.object_list else []
    context = {
        "page": shown,
        "names": [name_line(each, request.POST, fault.get("field", "")) for each in open_names],
        "bodies": [
            {"value": each.body.pk, "words": each.body.name_in(spoken())} for each in bodies
        ],
        "settled": [settled_line(each) for each in names_settled()],
        "fault": fault,
        "may_keep": may_keep,
    }
    return render(request, "directory/authorities.html", context, status=REFUSED if fault else 200)


def _number(typed: str) -> int:
    """Return the id that a form sent; 0, which is nobody's, where it sent none."""
    fits = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER
    return min(int(typed), LARGEST) if fits else 0


def _field(request: HttpRequest) -> str:
    """Return the field that a refusal is about, or nothing."""
    number, press = request.POST.get("authority", ""), request.POST.get("press", "")
    wanted = {"make": f"name-{number}", "other": f"other-{number}"}.get(press, "")
    return wanted if wanted in request.POST else ""


def _done(request: HttpRequest, by: Keeper) -> str:
    """Do what the form says, and return what became of it.

    Raises:
        NameRefusedError: it cannot be done.
    """
    number = _number(request.POST.get("authority", ""))
    way = WAYS.get(request.POST.get("press", ""), _match)
    return way(request, number, by)


def _match(request: HttpRequest, number: int, by: Keeper) -> str:
    return _matched(number, match(number, _number(request.POST.get("body", "")), by=by))


def _match_other(request: HttpRequest, number: int, by: Keeper) -> str:
    body = _number(request.POST.get(f"other-{number}", ""))
    return _matched(number, match(number, body, by=by))


def _make(request: HttpRequest, number: int, by: Keeper) -> str:
    name = request.POST.get(f"name-{number}", "").replace("\0", "")
    today = local(by.at).date()
    _body, lying = make_body(number, name, nation=nation_of(number), on=today, by=by)
    return _matched(number, lying)


def _aside(_request: HttpRequest, number: int, by: Keeper) -> str:
    set_aside(number, by=by)
    return _("Set aside. Nobody is asked about this name again.")


def _again(_request: HttpRequest, number: int, by: Keeper) -> str:
    ask_again(number, by=by)
    return _("Taken back. The name stands in the list again.")


def _matched(number: int, lying: int) -> str:
    settled = Authority.objects.select_related("body").get(pk=number)
    words = ngettext(
        "“%(name)s” is %(body)s. %(n)s service lies with it now.",
        "“%(name)s” is %(body)s. %(n)s services lie with it now.",
        lying,
    )
    body = settled.body.name_in(spoken()) if settled.body else ""
    return words % {"name": settled.name, "body": body, "n": f"{lying:,}"}


WAYS: Final[Mapping[str, Callable[[HttpRequest, int, Keeper], str]]] = {
    "other": _match_other,
    "make": _make,
    "aside": _aside,
    "again": _again,
}
