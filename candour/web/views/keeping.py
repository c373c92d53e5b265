"""Keeping the directory: a new row for a body, service or area; a row that changes or ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.bodies.keeping import Keeper
from candour.bodies.keeping_refused import KeepingError
from candour.bodies.models import Area, Body, Service
from candour.people.grades import keeping_post
from candour.site import clock
from candour.web.directory_rows import ROWS, Subject, offered_for, save_new, save_row, values_of
from candour.web.forms.controls import Typed
from candour.web.forms.entry import Fault, typed_from
from candour.web.forms.keeping import REASON, SORTS, Item, begun, changing, controls, items, read
from candour.web.in_hand import posts_of
from candour.web.presenters.directory_forms import row_title, sort_title
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said, spoken

LARGEST = 2**63 - 1
SUBJECTS: Mapping[str, type[Body | Service | Area]] = {
    "body": Body,
    "service": Service,
    "area": Area,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A form to show: its title, what it is about, and whether it takes a row back."""

    title: str
    subject: Subject
    asked: list[Item]
    takes_back: bool = False


def keeper_of(request: HttpRequest, now: datetime) -> Keeper:
    """Return the signed-in person as one who keeps the directory.

    Raises:
        Http404: they do not.
    """
    post = keeping_post(posts_of(request))
    if post is None:
        raise Http404
    return Keeper(f"{post.user.name}, {post.body.name}", now, post.user_id, post.body_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def keep(request: HttpRequest, sort: str) -> HttpResponse:
    """Show the form of a new row of some sort; keep what was sent."""
    by = keeper_of(request, clock.now())
    subject = _subject(request, sort)
    asked = items(sort, subject.sort, offered_for(subject))
    shown = Shown(sort_title(sort), subject, asked)
    if request.method != "POST":
        return _form(request, shown, {}, {})
    typed = typed_from(request.POST)
    form = read(asked, typed)
    if form.faults:
        return _form(request, shown, typed, form.faults)
    try:
        with transaction.atomic():
            address = save_new(sort, subject, form.values, by)
    except KeepingError as error:
        return _form(request, shown, typed, {error.field: said(error.words)})
    except IntegrityError:
        words = _("This code or name is taken already. Choose another, or change what is kept.")
        return _form(request, shown, typed, {"code": words})
    messages.success(request, _("Kept in the directory."))
    return redirect(address)


def _subject(request: HttpRequest, sort: str) -> Subject:
    """Return what a new row is kept for.

    Raises:
        Http404: there is no such sort, or nothing that it could be kept for.
    """
    if sort in ("area", "body"):
        address = reverse("directory-areas" if sort == "area" else "directory-bodies")
        return Subject("", None, address)
    for name, table in SUBJECTS.items():
        number = request.GET.get(name, "")
        if number.isascii() and number.isdigit() and sort in SORTS:
            found = table._default_manager.filter(pk=min(int(number), LARGEST)).first()  # noqa: SLF001  # Django's public name
            if found is not None and (sort, name) in Subject.FOR:
                return Subject.of(found)
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def keep_row(request: HttpRequest, sort: str, row: int) -> HttpResponse:
    """Show a row that is kept; change it from a day on, end it, put it right or take it back."""
    by = keeper_of(request, clock.now())
    table = ROWS.get(sort)
    kept = table._default_manager.filter(pk=min(row, LARGEST)).first() if table else None  # noqa: SLF001  # Django's public name
    if kept is None:
        raise Http404
    subject = Subject.of_row(kept)
    asked = changing(sort, offered_for(subject, without=kept))
    takes_back = sort in ("succession", "closure")
    shown = Shown(row_title(kept), subject, asked, takes_back)
    if request.method != "POST":
        return _form(request, shown, begun(asked, values_of(kept)), {})
    typed = typed_from(request.POST)
    form = read(asked, typed)
    if form.faults:
        return _form(request, shown, typed, form.faults)
    try:
        with transaction.atomic():
            save_row(kept, form.values, by)
    except KeepingError as error:
        return _form(request, shown, typed, {error.field: said(error.words)})
    messages.success(request, _("Kept in the directory."))
    return redirect(subject.address)


def _form(
    request: HttpRequest, shown: Shown, typed: Typed, faults: Mapping[str, str]
) -> HttpResponse:
    names = {item.name for item in shown.asked}
    context: dict[str, Any] = {
        "title": shown.title,
        "about": shown.subject.name_in(spoken()),
        "back": shown.subject.address,
        "controls": controls(shown.asked, typed, faults),
        "errors": [
            Fault(words, name if name in names - {REASON} else "") for name, words in faults.items()
        ],
        "takes_back": shown.takes_back,
    }
    return render(request, "directory/keep.html", context, status=REFUSED if faults else 200)
