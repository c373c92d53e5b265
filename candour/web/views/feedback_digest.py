"""One digest before it goes out: what it would say, what may be quoted, and releasing it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.bodies.models import Body, Contact
from candour.engine.london import local
from candour.feeding_back.actions import LONGEST_QUOTATION, RELEASING, NotFedBack, Order, release
from candour.feeding_back.actions import tick as tick_words
from candour.feeding_back.cycles import Cycle, Every, cycle_of
from candour.feeding_back.digests import Prepared, prepare
from candour.feeding_back.models import Digest
from candour.feeding_back.queries import desks
from candour.mail.outgoing import MailRefused
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site import clock
from candour.web.forms.controls import Choice
from candour.web.forms.entry import Fault
from candour.web.presenters.feeding_back import cycle_words, digest_address, digest_part
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.spoken import spoken
from candour.web.views.feedback import post_for

A_PAGE: Final = 10  # experiences to quote from
LONGEST_NUMBER: Final = 18


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is about, and who asks."""

    post: Post
    organisation: Body
    cycle: Cycle

    @property
    def place(self) -> str:
        """Where the page is."""
        return digest_address(self.organisation.slug, self.cycle, self.post.body.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def feedback_digest(request: HttpRequest, slug: str, first: str, last: str) -> HttpResponse:
    """Show a digest as it would go out; tick a quotation, or release it."""
    asked = _asked(request, slug, first, last)
    if request.method != "POST":
        return _page(request, asked)
    try:
        if request.POST.get("do") == "release":
            digest = _release(request, asked)
            messages.success(request, _("The digest is released."))
            return redirect("feedback-released", digest.pk)
        _tick(request, asked)
    except NotFedBack as why:
        return _page(request, asked, why_not(str(why)))
    except MailRefused as why:
        return _page(request, asked, str(why))
    return redirect(asked.place + "#quotations")


def why_not(code: str) -> str:
    """Return in words why something could not be done."""
    words = {
        "role": _("Only a lead officer or the head of the organisation releases a digest"),
        "running": _("These days are not over yet: wait until they are"),
        "few": _("Fewer than five people told: nothing can be said without telling who they are"),
        "overlap": _("Some of these days were released in another cycle"),
        "changed": _("It says something else by now. Read it again, then release it"),
        "because": _("Say why the digest is corrected"),
        "words": _("These words do not stand so in what the person said"),
        "length": _("Use 1 to %(n)s letters") % {"n": LONGEST_QUOTATION},
        "unfit": _("This may not be quoted"),
    }
    return words[code]


def _asked(request: HttpRequest, slug: str, first: str, last: str) -> Asked:
    post, organisation = post_for(request), Body.objects.filter(slug=slug).first()
    try:
        cycle = Cycle(date.fromisoformat(first), date.fromisoformat(last))
        known = any(cycle_of(every, cycle.first) == cycle for every in Every)
    except ValueError as unreadable:  # no days, or beyond the calendar
        raise Http404 from unreadable
    if post is None or organisation is None or not known:
        raise Http404
    return Asked(post, organisation, cycle)


def _tick(request: HttpRequest, asked: Asked) -> None:
    number = _experience(request)
    tick_words(
        asked.organisation,
        asked.cycle,
        number,
        request.POST.get(f"words-{number}", ""),
        fit=request.POST.get("do") == "fit",
        actor=Actor.from_post(asked.post),
        as_of=clock.now(),
    )


def _experience(request: HttpRequest) -> int:
    """Return the number of the experience that a form is about, or 0."""
    return _number(request.POST.get("experience", ""))


def _number(written: str) -> int:
    fits = written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER
    return int(written) if fits else 0


def _release(request: HttpRequest, asked: Asked) -> Digest:
    now = clock.now()
    wanted = set(request.POST.getlist("desk"))
    order = Order(
        organisation=asked.organisation,
        cycle=asked.cycle,
        seen=request.POST.get("seen", ""),
        desks=[
            each
            for each in desks(asked.post.body, asked.organisation, local(now).date())
            if str(each.pk) in wanted
        ],
        because=request.POST.get("because", "").replace("\0", ""),
        language="cy" if request.POST.get("language") == "cy" else "en",
    )
    return release(order, actor=Actor.from_post(asked.post), as_of=now)


def _page(request: HttpRequest, asked: Asked, fault: str = "") -> HttpResponse:
    prepared = prepare(asked.post.body, asked.organisation, asked.cycle)
    start, number = _number(request.GET.get("from", "")), _experience(request)
    quoted = [each for each in prepared.may_quote if each.quoted]
    others = [each for each in prepared.may_quote if not each.quoted]
    others.sort(key=lambda each: each.experience.pk != number)  # what was typed comes first
    today = local(clock.now()).date()
    addressed = desks(asked.post.body, asked.organisation, today)
    context = {
        "post": asked.post,
        "prepared": prepared,
        "part": digest_part(prepared.content),
        "days": cycle_words(asked.cycle),
        "place": asked.place,
        "quoted": quoted,
        "others": others[start : start + A_PAGE],
        "others_in_all": len(others),
        "next": start + A_PAGE if start + A_PAGE < len(others) else None,
        "longest": LONGEST_QUOTATION,
        "may_release": _may_release(asked, prepared, today),
        "desks": [_desk(desk) for desk in addressed],
        "own_desks": [str(d.pk) for d in addressed if d.body_id == asked.organisation.pk],
        "typed": {number: request.POST.get(f"words-{number}", "")} if number else {},
        "wanted": spoken(),
        "fault": fault,
        "errors": [Fault(fault, "")] if fault else [],
        "because": request.POST.get("because", ""),
    }
    return render(request, "feedback/digest.html", context, status=REFUSED if fault else 200)


def _may_release(asked: Asked, prepared: Prepared, today: date) -> bool:
    enough = prepared.content["enough"] or prepared.corrects is not None
    return asked.post.role in RELEASING and today > asked.cycle.last and enough


def _desk(desk: Contact) -> Choice:
    name = desk.name or desk.role.replace("_", " ")
    return Choice(str(desk.pk), f"{desk.body.name_in(spoken())}: {name}", desk.email)
