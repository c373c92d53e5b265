"""A file that waits: what its columns mean, what came of looking through it, and taking it in."""

import hashlib
import json
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.experiences.intake.columns_seen import Column, Look
from candour.experiences.intake.errors import FileRefusedError, MappingError
from candour.experiences.intake.glimpse import is_private
from candour.experiences.intake.mapping_files import shipped_mappings
from candour.experiences.intake.refused_words import words_of
from candour.experiences.intake.settled import mapping_text
from candour.experiences.models import FileState, WaitingFile
from candour.experiences.own_mappings import Fitting, fitting, keep_mapping
from candour.experiences.tasks import do_file
from candour.experiences.waiting import Seen, destroy_content, look_again, seen_of
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site import clock
from candour.web.forms import import_settling as form_of
from candour.web.forms.import_settling import SETTLED, Settling
from candour.web.presenters.import_words import MEANINGS
from candour.web.presenters.imports import report_of, stage_words
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said
from candour.web.views.imports import REFUSED, acting_post, refreshing, say_refused

SHIPPED_LAST: Final = "generic"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def import_file(request: HttpRequest, number: int) -> HttpResponse:
    """Show a file as far as it has come, and take what somebody decides."""
    found = WaitingFile.objects.select_related("body", "sent_by").filter(pk=number).first()
    if found is None:
        raise Http404
    if found.batch_id is not None:
        return redirect("import", found.batch_id)
    if request.method == "POST":
        post = acting_post(request, str(found.body_id))
        return redirect("imports") if post is None else _act(request, found, post)
    if found.under_way:
        context = {"file": found, "stage": stage_words(found)}
        return refreshing(request, "imports/under_way.html", context, again=True)
    if found.state == FileState.SETTLING and found.pieces:
        return _settle_page(request, found, None)
    context = {
        "file": found,
        "report": report_of(found.report) if found.report else None,
        "trouble": said(words_of(found.trouble)) if found.trouble else "",
        "seen": _mark(found.report),
    }
    return render(request, "imports/checked.html", context)


def _mark(shown: object) -> str:
    """Return a short mark of what a page shows, by which it is known when it comes back."""
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]


def _is_stale(request: HttpRequest, shown: object) -> bool:
    """Return whether somebody else has changed what a page showed, and say so on the next."""
    stale = request.POST.get("seen", _mark(shown)) != _mark(shown)
    if stale:
        say_refused(
            request,
            _("Somebody has changed how this file is read since you opened the page. Look again."),
        )
    return stale


def _act(request: HttpRequest, found: WaitingFile, post: Post) -> HttpResponse:
    act = request.POST.get("act", "")
    if found.under_way or not found.pieces:
        return redirect("import-file", found.pk)
    if act == "give-up":
        destroy_content(found, clock.now())
        say_refused(request, _("The file was destroyed. Nothing of it was taken in."))
        return redirect("imports")
    if act == "settle":
        _move(found, FileState.SETTLING)
    elif act == "take" and found.state == FileState.CHECKED:
        if not _is_stale(request, found.report):
            _begin(found, FileState.TAKING, post)
    elif act == "look":
        return _look(request, found)
    elif act == "check" and found.state == FileState.SETTLING:
        return _check(request, found, post)
    return redirect("import-file", found.pk)


def _look(request: HttpRequest, found: WaitingFile) -> HttpResponse:
    """Look at another sheet, or take another line for the names."""
    line = request.POST.get(form_of.LINE, "").strip()
    sheet = request.POST.get(form_of.SHEET, found.sheet)
    number = int(line) if line.isascii() and line.isdigit() and len(line) < 9 else None
    try:
        # The names of another sheet stand somewhere else.
        header_line = number if sheet == seen_of(found).sheet else None
        look_again(found, sheet=sheet, header_line=header_line, as_of=clock.now())
    except FileRefusedError as error:
        say_refused(request, said(words_of(str(error))))
    return redirect("import-file", found.pk)


def _check(request: HttpRequest, found: WaitingFile, post: Post) -> HttpResponse:
    """Keep what was settled as a mapping, and have the file looked through."""
    seen = seen_of(found)
    if _is_stale(request, _place(seen)):
        return redirect("import-file", found.pk)
    fits = _fitting(seen, found)
    form = form_of.sent(
        request.POST.dict(), seen, _stem(found), frozenset(each.name for each in fits)
    )
    if form.faults:
        return _settle_page(request, found, form)
    actor, name = Actor.from_post(post), form.how
    if form.how == SETTLED:
        name = form.name
        try:
            text = mapping_text(form.settled, form.name)
            keep_mapping(name, text, actor=actor, as_of=clock.now())
        except MappingError as error:
            faults = {form_of.NAME: said(words_of(str(error)))}
            return _settle_page(request, found, _with(form, faults))
    found.mapping = name
    found.save(update_fields=["mapping"])
    _begin(found, FileState.CHECKING, post)
    return redirect("import-file", found.pk)


def _place(seen: Seen) -> tuple[str, int]:
    """Return where the columns of a page stand: on another sheet or line they are others."""
    return seen.sheet, seen.glimpse.header_line


def _with(form: Settling, faults: dict[str, str]) -> Settling:
    return Settling(form.settled, form.how, form.name, form.line, form.sheet, faults)


def _begin(found: WaitingFile, state: FileState, post: Post) -> None:
    _move(found, state)
    do_file.defer(number=found.pk, body_id=found.body_id, user_id=post.user_id)


def _move(found: WaitingFile, state: FileState) -> None:
    found.state, found.stage, found.part, found.trouble = state, "", 0.0, ""
    found.save(update_fields=["state", "stage", "part", "trouble"])


def _settle_page(request: HttpRequest, found: WaitingFile, form: Settling | None) -> HttpResponse:
    try:
        seen = seen_of(found)
    except FileRefusedError as error:
        lost = {"file": found, "report": None, "trouble": said(words_of(str(error)))}
        return render(request, "imports/checked.html", lost)
    fits = _fitting(seen, found)
    likely = next((each.name for each in fits if each.name != SHIPPED_LAST), None)
    form = form or form_of.blank(seen, _stem(found), likely)
    context = {
        "file": found,
        "form": form,
        "seen": seen,
        "looked_at": _mark(_place(seen)),
        "fits": fits,
        "columns": [_column(place, each, form) for place, each in enumerate(seen.glimpse.columns)],
        "meanings": [{"value": value, "words": words} for value, words in MEANINGS.items()],
        "felt": list(enumerate(form.settled.felt.items())),
    }
    status = REFUSED if form.faults else 200
    return render(request, "imports/settle.html", context, status=status)


def _column(place: int, column: Column, form: Settling) -> dict[str, object]:
    return {
        "id": f"column-{place}",
        "name": column.name,
        "values": column.values,
        "meant": form.settled.columns[column.key],
        "private": is_private(column),
        "empty": column.look is Look.EMPTY,
    }


def _fitting(seen: Seen, found: WaitingFile) -> list[Fitting]:
    return fitting([column.name for column in seen.glimpse.columns], found.body)


def _stem(found: WaitingFile) -> str:
    """Return what a mapping of this file is likely to be called."""
    own = found.mapping if found.mapping not in shipped_mappings() else ""
    return own or found.file_name.rpartition(".")[0] or found.file_name
