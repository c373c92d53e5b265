"""Safeguarding signs: the list of what waits to be looked at, and looking at one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour.cases.models import Case
from candour.experiences.actions.looking import look
from candour.experiences.models import ExperienceSign, SignState
from candour.experiences.signs_waiting import looked_at, waiting
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site import clock
from candour.web.forms.controls import Choice
from candour.web.in_hand import posts_of
from candour.web.presenters.experiences import about, lang, received
from candour.web.presenters.signs import due, look_rows, sign_row, sorts, why, words_of
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only

PAGE = 25
DONE = 10  # of what was looked at last
LONGEST_REASON = 1_000


@require_safe
@signed_in_only
def signs(request: HttpRequest) -> HttpResponse:
    """Show what waits to be looked at, the most pressing first, and what was looked at last."""
    now = clock.now()
    page = Paginator(waiting(), PAGE).get_page(request.GET.get("page"))
    done = looked_at(DONE)
    context = {
        "rows": [sign_row(sign, now) for sign in page.object_list],
        "page": page,
        "done": [(sign_row(sign, now), look_rows(list(sign.looks.all()))[:1]) for sign in done],
        "has_posts": bool(posts_of(request)),
    }
    return render(request, "experiences/signs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """Show the whole text with the words that are signs; take what the person says it is."""
    found = (
        ExperienceSign.objects.select_related("experience__body")
        .prefetch_related("looks__by")
        .filter(pk=number, experience__out_since__isnull=True)
        .first()
    )
    if found is None:
        raise Http404
    post = next((post for post in posts_of(request) if post.body_id == found.body_id), None)
    if request.method != "POST" or post is None:
        return _page(request, found, {}, {})
    said = request.POST.get("said", "")
    reason = request.POST.get("reason", "").replace("\x00", "").strip()
    faults = _faults(said, reason)
    if faults:
        return _page(request, found, {"said": said, "reason": reason}, faults)
    return _said(request, found, SignState(said), reason, post)


def _faults(said: str, reason: str) -> dict[str, str]:
    faults = {}
    if said not in {SignState.CONCERN, SignState.NO_CONCERN}:
        faults["said"] = _("Choose whether it is a safeguarding concern")
    if not reason:
        faults["reason"] = _("Say why, for whoever asks later")
    elif len(reason) > LONGEST_REASON:
        faults["reason"] = _("Use %(longest)s letters or fewer") % {"longest": LONGEST_REASON}
    return faults


def _said(
    request: HttpRequest, found: ExperienceSign, said: SignState, reason: str, post: Post
) -> HttpResponse:
    look(found, said, reason=reason, actor=Actor.from_post(post), as_of=clock.now())
    if said is SignState.NO_CONCERN:
        messages.success(request, _("Kept: no safeguarding concern. It is off the list."))
        return redirect("safeguarding-signs")
    messages.success(
        request,
        _("Kept: a safeguarding concern. Raise it here, so that a case asks about safety at once."),
    )
    query = urlencode({"chosen": str(found.experience_id), "why": reason})
    return redirect(f"{reverse('raise-concern')}?{query}")


def _page(
    request: HttpRequest, found: ExperienceSign, typed: dict[str, str], faults: dict[str, str]
) -> HttpResponse:
    now = clock.now()
    cases = Case.objects.filter(experience_links__experience=found.experience_id)
    context = {
        "sign": found,
        "row": sign_row(found, now),
        "sorts": sorts(found),
        "why": why(found),
        "words": words_of(found),
        "lang": lang(found.experience),
        "about": about(found.experience),
        "received": received(found.experience.received_on),
        "due": due(found, now),
        "waits": found.state == SignState.WAITING,
        "looks": look_rows(list(found.looks.all())),
        "cases": cases.order_by("-pk"),
        "ways": [
            Choice(
                SignState.CONCERN,
                _("Yes, it is a safeguarding concern"),
                _("You then raise it: a new case, or one that is open."),
            ),
            Choice(
                SignState.NO_CONCERN,
                _("No, it is not"),
                _("It leaves this list and stays with the other experiences."),
            ),
        ],
        "typed": typed,
        "faults": faults,
        "longest": LONGEST_REASON,
    }
    return render(request, "experiences/sign.html", context, status=REFUSED if faults else 200)
