"""The documents of a case: what was filed, filing more, and having one."""

import logging
from collections.abc import Callable
from io import BytesIO
from typing import IO
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from candour.attachments import storing
from candour.attachments.actions import Filing, Kept, keep
from candour.attachments.names import download_name
from candour.attachments.placeless import NoCopy, without_place
from candour.attachments.queries import Held, document_of, documents_of
from candour.attachments.receiving import ReceivedFile
from candour.cases.actions import Stale
from candour.cases.actions.drafts import named_id
from candour.engine import Refusal
from candour.engine.audiences import EVERYBODY, MEMBERS
from candour.people.actor import Actor
from candour.people.models import Post
from candour.web.case_rooms import case_rooms
from candour.web.forms.controls import Typed, first
from candour.web.forms.documents import (
    FILES,
    FOR,
    NOTE,
    TITLE,
    document_form,
    filing_subject,
)
from candour.web.forms.entry import KEY, POST, Fault, post_of, typed_from
from candour.web.forms.reading import words
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.addresses import REFERS, of_case
from candour.web.presenters.case_documents import made_here
from candour.web.presenters.documents import document_lines
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said
from candour.web.uploading import received, takes_files
from candour.web.views.recording import no_post

_log = logging.getLogger(__name__)
ROOM = "case-documents"
UNSOUND = 409
# What is downloaded does nothing in the browser that it passes through.
POLICY = "default-src 'none'; sandbox"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
@takes_files
def documents(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the documents of a case, and file what was sent."""
    hand = case_in_hand(request, ref)
    if request.method != "POST":
        return _page(request, hand, typed_from(request.GET), {})
    if not hand.posts:
        return no_post(request, hand)
    typed = typed_from(request.POST)
    post = post_of(filing_subject(hand), typed)
    if post is None:
        return _page(request, hand, typed, {POST: _("Choose the post you are acting in")})
    filed, faults = _file(request, hand, typed, post)
    if filed:
        messages.success(request, _filed_words(filed))
    if not faults:
        return _done(request, ref)
    # What was filed is; what is shown again is the form for the rest, under a new key.
    hand = case_in_hand(request, ref) if filed else hand
    return _page(request, hand, typed, {FILES: faults[0]}, faults)


def _file(
    request: HttpRequest, hand: InHand, typed: Typed, post: Post
) -> tuple[list[Kept], list[str]]:
    """File each file that came, and say what is wrong with the others."""
    came = received(request, FILES)
    faults = [f"{name}: {why}" for name, why in came.refused]
    if not came.files and not faults:
        return [], [_("Choose a file")]
    filed = []
    for place, file in enumerate(came.files, 1):
        filing = _filing(typed, file, place, len(came.files))
        outcome = keep(
            case_id=hand.case.pk, actor=Actor.from_post(post), filing=filing, as_of=hand.now
        )
        if isinstance(outcome, Kept):
            filed.append(outcome)
        else:
            faults += [f"{filing.name}: {why}" for why in _why(outcome)]
    return filed, faults


def _filing(typed: Typed, file: ReceivedFile, place: int, of: int) -> Filing:
    title = words(first(typed, TITLE))
    key = first(typed, KEY)
    supports = first(typed, REFERS)
    return Filing(
        id=key if place == 1 else named_id(key, str(place)),
        file=file.content,
        sha256=file.sha256,
        name=str(file.name),
        title=f"{title} ({place}/{of})" if title and of > 1 else title,
        refers_to=(supports,) if supports else (),
        audience=MEMBERS if first(typed, FOR) == MEMBERS else EVERYBODY,
        note=words(first(typed, NOTE)),
    )


def _why(outcome: Refusal | Stale) -> list[str]:
    if isinstance(outcome, Stale):
        return [_("Something else was recorded meanwhile. File it again.")]
    reasons = [said(reason.text) for reason in outcome.reasons]
    return reasons + [problem.message for problem in outcome.problems]


def _filed_words(filed: list[Kept]) -> str:
    """Return what was done, and of which pictures somebody should know that they tell a place."""
    done = ngettext("%(n)s document is filed.", "%(n)s documents are filed.", len(filed))
    lines = [done % {"n": len(filed)}]
    for kept in filed:
        if kept.document.holds_place:
            told = _("“%(title)s” says where it was taken. A copy without the place is below.")
            lines.append(told % {"title": kept.recorded.entry.data["title"]})
    return "\n".join(lines)


def _done(request: HttpRequest, ref: str) -> HttpResponse:
    """Lead back to the page; where a script sent the form, tell it to."""
    address = of_case(ROOM, ref)
    if "HX-Request" not in request.headers:
        return redirect(address)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = address
    return answer


def _page(
    request: HttpRequest,
    hand: InHand,
    typed: Typed,
    wrong: dict[str, str],
    faults: list[str] | None = None,
) -> HttpResponse:
    held = documents_of(hand.case.pk, hand.standing)
    lines = [Fault(each, FILES) for each in faults or ()] or [
        Fault(each, name) for name, each in wrong.items()
    ]
    form = document_form(hand, typed, wrong, tuple(lines)) if hand.posts else None
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, ROOM),
        "made_here": made_here(hand.standing, hand.sight),
        "lines": document_lines(hand.standing, held, hand.sight),
        "form": form,
        "errors": lines,
    }
    return render(request, "cases/documents.html", context, status=REFUSED if lines else 200)


@require_safe
@signed_in_only
def document(request: HttpRequest, ref: str, number: UUID) -> HttpResponseBase:
    """Give a document as it was filed, to be saved and not opened in the page."""
    return _given(request, ref, number, lambda _held, file: file)


@require_safe
@signed_in_only
def placeless(request: HttpRequest, ref: str, number: UUID) -> HttpResponseBase:
    """Give a copy of a picture that does not say where it was taken."""
    return _given(request, ref, number, _without_place)


def _without_place(held: Held, file: IO[bytes]) -> IO[bytes]:
    with file:
        return BytesIO(without_place(file, held.document.media_type))


def _given(
    request: HttpRequest,
    ref: str,
    number: UUID,
    made: Callable[[Held, IO[bytes]], IO[bytes]],
) -> HttpResponseBase:
    hand = case_in_hand(request, ref)
    held = document_of(hand.case.pk, hand.standing, number)
    if held is None:
        raise Http404
    try:
        file = made(held, storing.intact(held.document))
    except NoCopy as sort:
        raise Http404 from sort
    except (storing.Missing, storing.Altered) as fault:
        _log.error("Document %s of %s is not as it was filed: %r", number, ref, fault)
        context = {"case": hand.case, "document_title": held.title}
        return render(request, "cases/document_unsound.html", context, status=UNSOUND)
    return file_answer(file, held)


def file_answer(file: IO[bytes], held: Held) -> FileResponse:
    """Return the answer that gives a file to be saved: never opened, kept by nobody on the way."""
    answer = FileResponse(
        file,
        as_attachment=True,
        filename=download_name(held.title, held.sort),
        content_type=held.document.media_type,
    )
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
