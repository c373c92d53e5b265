"""What a member of the public wrote by mail: that it is sealed, and opening it with a reason."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candour.mail.models import MailReceived
from candour.mail.reading.incoming import Incoming, read
from candour.mail.reading.sniffing import look_at
from candour.people.actor import Actor
from candour.people.models import Post
from candour.sealing.custody import custodian_roles
from candour.sealing.errors import SealingTrouble
from candour.sealing.keeping import of_letter
from candour.sealing.models import Purpose
from candour.sealing.opening import open_sealed
from candour.sealing.queries import held_for
from candour.site import clock
from candour.web.in_hand import posts_of
from candour.web.presenters.mail import came_at, sender_words
from candour.web.presenters.sealed import letter_files, letter_rows
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.views.mail import bodies_of
from candour.web.views.sealed import LONGEST_REASON, Typed, trouble_in, typed_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a message is sealed as it came; open it for a custodian who says why, this once.

    A file of it is opened by itself, with the same reason, and is in the log by itself.
    """
    found = MailReceived.objects.filter(
        pk=number, body_id__in=bodies_of(request), sealed=True
    ).first()
    if found is None:
        raise Http404
    custodian, typed = _custodian(request, found), typed_in(request, "reason", "file")
    opened = None
    if request.method == "POST" and custodian is not None:
        opened = _open(found, custodian, typed)
        if opened is not None and typed.values["file"]:
            return _file(opened, typed.values["file"])
    return _page(request, found, custodian, typed, opened)


def _custodian(request: HttpRequest, found: MailReceived) -> Post | None:
    roles = custodian_roles(found.body_id)
    held = (post for post in posts_of(request) if post.body_id == found.body_id)
    return next((post for post in held if post.role in roles), None)


def _open(found: MailReceived, custodian: Post, typed: Typed) -> Incoming | None:
    """Return the message as it came; None, with a fault, where it does not open."""
    try:
        raw = open_sealed(
            found.body_id,
            Purpose.LETTER,
            of_letter(found.pk),
            actor=Actor.from_post(custodian),
            reason=typed.values["reason"],
            as_of=clock.now(),
        )
    except SealingTrouble as trouble:
        typed.faults.update(trouble_in(trouble, "reason"))
        return None
    return read(raw)  # it was read before it was sealed


def _file(opened: Incoming, place: str) -> HttpResponse:
    """Give a file of an opened message, to be saved and never shown as a page.

    Raises:
        Http404: the message brought no such file, or one that is not kept from anybody.
    """
    number = int(place) if place.isdecimal() and len(place) < 4 else 0
    if not 0 < number <= len(opened.files):
        raise Http404
    file = opened.files[number - 1]
    looked = look_at(file.name, file.content)
    if looked.refused:
        raise Http404
    answer = HttpResponse(file.content, content_type=looked.type)
    answer["Content-Disposition"] = content_disposition_header(True, file.name)  # noqa: FBT003  # Django's: as an attachment
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _page(
    request: HttpRequest,
    found: MailReceived,
    custodian: Post | None,
    typed: Typed,
    opened: Incoming | None,
) -> HttpResponse:
    held = held_for(of_letter(found.pk))
    context = {
        "letter": found,
        "came": _("Came %(when)s") % {"when": came_at(found.came_at)},
        "sender": sender_words(found),
        "held": held,
        "custodian": custodian,
        "rows": letter_rows(opened) if opened else (),
        "words": opened.text if opened else "",
        "files": letter_files(opened) if opened else (),
        "typed": typed.values,
        "faults": typed.faults,
        "errors": typed.errors,
        "longest": LONGEST_REASON,
    }
    status = REFUSED if typed.faults else 200
    return render(request, "mail/letter.html", context, status=status)
