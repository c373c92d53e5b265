"""The outbox: what waits, what was sent, what came to nothing, and sending that again."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour.cases import queries
from candour.mail.actions import CAME_TO_NOTHING, NotSentAgain, send_again
from candour.mail.models import MailMessage
from candour.mail.outgoing import MailRefused, is_address
from candour.mail.queries import Which, outbox_page
from candour.people.actor import Actor
from candour.people.models import Post
from candour.sealing.errors import SealingTrouble
from candour.site import clock
from candour.web.forms.entry import Fault
from candour.web.in_hand import posts_of
from candour.web.presenters.mail import (
    mail_line,
    tabs,
    told_otherwise,
    try_lines,
    why_words,
    without_links,
)
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said


@require_safe
@signed_in_only
def outbox(request: HttpRequest) -> HttpResponse:
    """Show a part of the outbox, newest first."""
    asked, before = request.GET.get("which", ""), request.GET.get("before", "")
    which = Which(asked) if asked in set(Which) else Which.FAILED
    start = int(before) if before.isdecimal() and len(before) < 19 else None
    found = outbox_page(bodies_of(request), which, start)
    context = {
        "tabs": tuple(tabs(found, which)),
        "which": which,
        "lines": [mail_line(message) for message in found.messages],
        "unfiled": found.unfiled,
        "following": f"?which={which}&before={found.before}" if found.before else "",
    }
    return render(request, "mail/outbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def message(request: HttpRequest, number: int) -> HttpResponse:
    """Show a message with every try at sending it; send it again where it came to nothing."""
    found = _own(request, number)
    failed = found.state in CAME_TO_NOTHING and found.again_id is None
    email, faults = found.to_email, list[Fault]()
    if request.method == "POST":
        email = "" if found.sealed else request.POST.get("email", "").strip()
        faults = _sent_again(request, found, email)
        if not faults:
            return redirect("mail")
    context = {
        "message": found,
        "line": mail_line(found),
        "tries": try_lines(found),
        "why": why_words(found) if found.state in CAME_TO_NOTHING else "",
        "failed": failed,
        "told_otherwise": told_otherwise(found) if failed else "",
        "attachments": list(found.attachments.order_by("place")),
        "email": email,
        "faults": faults,
        "again": found.again_id,
        "words": without_links(found.text),
    }
    return render(request, "mail/message.html", context, status=422 if faults else 200)


def bodies_of(request: HttpRequest) -> list[int]:
    """Return the bodies that the person works for today."""
    return sorted({post.body_id for post in posts_of(request)})


def actor_for(request: HttpRequest, body_id: int, ref: str = "") -> Actor | None:
    """Return the person in a post at the body: one that the case’s procedure knows, if any."""
    posts = [post for post in posts_of(request) if post.body_id == body_id]
    case = queries.case_by_ref(ref) if ref else None
    if case is not None:
        roles = queries.standing(case).procedure.roles
        posts.sort(key=lambda post: post.role not in roles)
    post: Post | None = next(iter(posts), None)
    return Actor.from_post(post) if post else None


def _own(request: HttpRequest, number: int) -> MailMessage:
    own = MailMessage.objects.filter(pk=number, body_id__in=bodies_of(request))
    found = own.select_related("case", "body").first()
    if found is None:
        raise Http404
    return found


def _not_sent_words(no: NotSentAgain) -> str:
    """Return why a message was not sent again."""
    if no.refusal is None:
        return _("It was sent again already.")
    return " ".join(said(reason.text) for reason in no.refusal.reasons) or str(no.refusal)


def _sent_again(request: HttpRequest, found: MailMessage, email: str) -> list[Fault]:
    """Send a message again; return what stands in the way, and then nothing was done."""
    actor = actor_for(request, found.body_id, found.case.ref if found.case else "")
    if not is_address(email) and not found.sealed:
        return [Fault(_("Write an email address such as name@example.org."), "email")]
    if actor is None:
        return [Fault(_("You hold no post at the body that sends this."))]
    try:
        with transaction.atomic():
            send_again(found.pk, email, actor=actor, as_of=clock.now())
    except NotSentAgain as no:
        return [Fault(_not_sent_words(no))]
    except (MailRefused, SealingTrouble) as no:
        return [Fault(str(no))]
    sealed, words = _("It is on its way again."), _("It is on its way again, to %(email)s.")
    messages.success(request, words % {"email": email} if email else sealed)
    return []
