"""A digest as it was released, and what the organisation answered."""

from datetime import date
from typing import Final
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour.engine.london import local
from candour.feeding_back.actions import LONGEST_REPLY, NotFedBack, Replied, record_reply
from candour.feeding_back.cycles import Cycle
from candour.feeding_back.digests import fixed
from candour.feeding_back.mailing import PDF, file_of
from candour.feeding_back.models import Digest
from candour.feeding_back.queries import replies_to
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site import clock
from candour.web.forms.controls import Choice
from candour.web.forms.entry import Fault
from candour.web.in_hand import posts_of
from candour.web.presenters.feeding_back import digest_address, digest_part, reply_part
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.spoken import spoken

YES: Final = "yes"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def feedback_released(request: HttpRequest, number: int) -> HttpResponse:
    """Show a digest as it was released and what came back; record an answer."""
    digest = _digest(number)
    if request.method != "POST":
        return _page(request, digest, {})
    faults = _record(request, digest)
    if faults:
        return _page(request, digest, faults)
    messages.success(request, _("The answer is recorded."))
    return redirect("feedback-released", digest.pk)


@require_safe
@signed_in_only
def feedback_file(request: HttpRequest, number: int) -> HttpResponse:
    """Give a digest as a tagged PDF, in the reader's language."""
    digest = _digest(number)
    _post(request, digest)
    answer = HttpResponse(file_of(digest, spoken()), content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="digest-{digest.pk}.pdf"'
    return answer


def _digest(number: int) -> Digest:
    rows = Digest.objects.select_related("body", "organisation", "released_by", "corrected_by")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _record(request: HttpRequest, digest: Digest) -> dict[str, str]:
    """Record what was typed, and return what is wrong about it, by field."""
    said = request.POST
    try:
        came_on = date.fromisoformat(said.get("came_on", "").strip())
    except ValueError:
        return {"came_on": _("Write the day as year, month, day: 2026-03-30")}
    replied = Replied(
        came_on,
        said.get("words", "").replace("\0", ""),
        said.get("changed", "").replace("\0", ""),
        said.get("theme", ""),
        said.get("for_people", "") == YES,
    )
    try:
        record_reply(
            digest,
            replied,
            key=_key(said.get("key", "")),
            actor=Actor.from_post(_post(request, digest)),
            as_of=clock.now(),
        )
    except NotFedBack as why:
        return _faults()[str(why)]
    return {}


def _faults() -> dict[str, dict[str, str]]:
    return {
        "length": {"words": _("Use 1 to %(n)s letters") % {"n": LONGEST_REPLY}},
        "day": {"came_on": _("The day lies between the release and today")},
        "words": {"theme": _("Choose what it is about")},
    }


def _post(request: HttpRequest, digest: Digest) -> Post:
    found = (post for post in posts_of(request) if post.body_id == digest.body_id)
    post = next(found, None)
    if post is None:
        raise Http404
    return post


def _key(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        return uuid4()


def _page(request: HttpRequest, digest: Digest, faults: dict[str, str]) -> HttpResponse:
    language, typed = spoken(), request.POST
    corrected = getattr(digest, "corrected_by", None)
    cycle = Cycle(digest.first_day, digest.last_day)
    context = {
        "digest": digest,
        "part": digest_part(digest.content),
        "whole": fixed(digest.content) == digest.sha256,
        "corrected": corrected,
        "correct": digest_address(digest.organisation.slug, cycle, digest.body.slug),
        "replies": [reply_part(each) for each in replies_to(digest)],
        "themes": [Choice("", _("All of it"))]
        + [
            Choice(theme, words)
            for theme, words in sorted(
                {
                    each["theme"]: each["title"][language] for each in digest.content["themes"]
                }.items()
            )
        ],
        "typed": typed,
        "came_on": typed.get("came_on", "") or local(clock.now()).date().isoformat(),
        "limit": LONGEST_REPLY,
        "faults": faults,
        "errors": [Fault(words, name) for name, words in faults.items()],
        "key": typed.get("key") or str(uuid4()),
    }
    return render(request, "feedback/released.html", context, status=REFUSED if faults else 200)
