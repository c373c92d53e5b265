"""The tray: what came in by mail and belongs to no case by itself, to be filed or put aside."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour.mail.actions import file_by_hand, put_aside
from candour.mail.models import MailReceived, MailReceivedPart
from candour.mail.queries import PAGE
from candour.mail.queries import unfiled as waiting
from candour.site import clock
from candour.web.forms.entry import Fault
from candour.web.presenters.mail import came_at, file_lines, sender_words, sort_words, unfiled_words
from candour.web.signed_in import signed_in_only
from candour.web.views.mail import actor_for, bodies_of

LONGEST_REF = 40


@require_safe
@signed_in_only
def tray(request: HttpRequest) -> HttpResponse:
    """Show what waits to be filed, newest first."""
    lines = [
        {
            "number": each.pk,
            "sender": sender_words(each),
            "subject": each.subject or _("(no subject)"),
            "came": came_at(each.came_at),
            "why": unfiled_words(each),
            "sort": sort_words(each),
        }
        for each in waiting(bodies_of(request)).defer("text")[:PAGE]
    ]
    return render(request, "mail/tray.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def unfiled(request: HttpRequest, number: int) -> HttpResponse:
    """Show a message that waits, and file it or put it aside."""
    found = waiting(bodies_of(request)).filter(pk=number).first()
    if found is None:
        raise Http404
    ref = request.POST.get("ref", "").replace("\0", "").strip()[:LONGEST_REF]
    faults = list[Fault]()
    if request.method == "POST":
        faults = _aside(request, found) if "aside" in request.POST else _filed(request, found, ref)
        if not faults:
            return redirect("mail-tray")
    context = {
        "message": found,
        "came": came_at(found.came_at),
        "why": unfiled_words(found),
        "sort": sort_words(found),
        "sender": sender_words(found),
        "files": file_lines(found),
        "ref": ref,
        "faults": faults,
    }
    return render(request, "mail/unfiled.html", context, status=422 if faults else 200)


@require_safe
@signed_in_only
def file(request: HttpRequest, number: int) -> HttpResponse:
    """Give a file that came with a message, to be saved and never shown as a page."""
    own = MailReceivedPart.objects.filter(pk=number, body_id__in=bodies_of(request), refused="")
    part = own.select_related("content").first()
    if part is None or part.content is None:
        raise Http404
    answer = HttpResponse(bytes(part.content.content), content_type=part.type)
    answer["Content-Disposition"] = content_disposition_header(True, part.name)  # noqa: FBT003  # Django's: as an attachment
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _filed(request: HttpRequest, found: MailReceived, ref: str) -> list[Fault]:
    actor = actor_for(request, found.body_id, ref)
    if actor is None:
        return [Fault(_("You hold no post at the body that this came to."))]
    with transaction.atomic():
        filed = file_by_hand(found.pk, ref, actor=actor, as_of=clock.now())
    if not filed:
        words = _("Write the number of a case that you work on, such as CV-2026-0042.")
        return [Fault(words, "ref")]
    messages.success(request, _("Filed in %(ref)s.") % {"ref": ref.upper()})
    return []


def _aside(request: HttpRequest, found: MailReceived) -> list[Fault]:
    actor = actor_for(request, found.body_id)
    if actor is None or not put_aside(found.pk, actor=actor, as_of=clock.now()):
        return [Fault(_("Somebody has seen to it already."))]
    messages.success(request, _("Put aside. It is kept, and in no case."))
    return []
