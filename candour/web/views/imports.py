"""Imports: the files and imports of a body, sending a file, and one import with its undoing."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.attachments.limits import largest_file
from candour.attachments.refusals import MEGABYTE
from candour.experiences.actions import undoing
from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.refused_words import words_of
from candour.experiences.models import FileState, Import, WaitingFile
from candour.experiences.tasks import do_turn
from candour.experiences.waiting import receive
from candour.people.actor import Actor
from candour.people.models import Post
from candour.sealing.errors import SealingTrouble
from candour.site import clock
from candour.web.in_hand import posts_of
from candour.web.presenters.imports import listed_file, listed_import, report_of, turned
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said
from candour.web.uploading import FileField, received, takes_files

LISTED: Final = 25
REFUSED: Final = 422
SECONDS: Final = 5
CHOOSABLE: Final = ".csv,.txt,.tsv,.xlsx,.ods"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
@takes_files
def imports(request: HttpRequest) -> HttpResponse:
    """Show what came in and what waits, and keep a file that was sent."""
    fault = ""
    if request.method == "POST":
        post = acting_post(request, request.POST.get("body"))
        if post is None:
            return redirect("imports")
        came = received(request, "file")
        if came.refused:
            fault = came.refused[0][1]
        elif not came.files:
            fault = _("Choose a file")
        else:
            try:
                file = came.files[0]
                waiting = receive(
                    file.content, file.name or "", actor=Actor.from_post(post), as_of=clock.now()
                )
            except (FileRefusedError, SealingTrouble) as error:
                fault = said(words_of(str(error)))
            else:
                return redirect("import-file", waiting.pk)
    return _list_page(request, fault)


def _list_page(request: HttpRequest, fault: str) -> HttpResponse:
    files = WaitingFile.objects.exclude(state=FileState.TAKEN).filter(pieces__gt=0)
    batches = Import.objects.select_related("imported_by").defer("report").order_by("-pk")
    shown = Paginator(batches, LISTED).get_page(request.GET.get("page"))
    bodies = {post.body_id: post.body.name for post in posts_of(request)}
    largest = largest_file()
    context = {
        "fault": fault,
        "bodies": [{"value": pk, "words": name} for pk, name in bodies.items()],
        "waiting": [
            listed_file(each)
            for each in files.select_related("sent_by").defer("report").order_by("-pk")[:LISTED]
        ],
        "imports": [listed_import(each) for each in shown.object_list],
        "page": shown,
        "field": FileField(
            _("CSV, Excel (XLSX) and OpenDocument (ODS) files are taken."),
            largest,
            f"{largest // MEGABYTE} MB",
            1,
            CHOOSABLE,
        ),
    }
    return render(request, "imports/list.html", context, status=REFUSED if fault else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def one_import(request: HttpRequest, number: int) -> HttpResponse:
    """Show an import and what became of each row; undo it, or do it again."""
    batch = Import.objects.select_related("imported_by", "body").filter(pk=number).first()
    if batch is None:
        raise Http404
    post = acting_post(request, str(batch.body_id))
    if request.method == "POST":
        undo = batch.undone_at is None
        if post is not None and not batch.turning and _meant(request, undo=undo):
            Import.objects.filter(pk=number).update(turning=True)
            do_turn.defer(number=number, body_id=batch.body_id, user_id=post.user_id, undo=undo)
        return redirect("import", number)
    turns = batch.turns.select_related("by").order_by("-pk")
    context = {
        "batch": batch,
        "listed": listed_import(batch),
        "report": report_of(batch.report) if batch.report else None,
        "turns": [turned(turn) for turn in turns],
        "would": undoing(batch) if batch.undone_at is None and not batch.turning else None,
        "may": post is not None,
    }
    return refreshing(request, "imports/import.html", context, again=batch.turning)


def _meant(request: HttpRequest, *, undo: bool) -> bool:
    """Return whether somebody wants what can be done now; else say what was done meanwhile."""
    if request.POST.get("act", "undo" if undo else "redo") == ("undo" if undo else "redo"):
        return True
    said = _("It was done again already.") if undo else _("It was undone already.")
    say_refused(request, said)
    return False


def acting_post(request: HttpRequest, body: str | None) -> Post | None:
    """Return the post in which somebody acts: for the body that they named, or their only one."""
    posts = posts_of(request)
    named = [post for post in posts if str(post.body_id) == body]
    if not named and body:
        return None
    return next(iter(named or posts), None)


def refreshing(
    request: HttpRequest, template: str, context: dict[str, object], *, again: bool
) -> HttpResponse:
    """Return a page that comes again by itself while something is under way, unless told not to."""
    still = "still" in request.GET
    answer = render(request, template, {**context, "still": still, "seconds": SECONDS})
    if again and not still:
        answer.headers["Refresh"] = str(SECONDS)
    return answer


def say_refused(request: HttpRequest, words: str) -> None:
    """Say on the next page why something was not done."""
    messages.info(request, words)
