"""Who may open what a body has sealed, and who did: the head decides; all see how often."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candour.bodies.effective import holds_on
from candour.bodies.models import Body
from candour.engine.london import local
from candour.people.actor import Actor
from candour.people.leavers import HEADS
from candour.people.models import Post
from candour.sealing.custody import (
    MOST_ROLES,
    TooManyCustodians,
    changes,
    custodians,
    end_custodian,
    is_head,
    name_custodian,
)
from candour.sealing.errors import NoReason
from candour.sealing.queries import counted, events
from candour.site import clock
from candour.web.forms.entry import Fault
from candour.web.in_hand import posts_of
from candour.web.presenters.sealed import (
    change_lines,
    count_rows,
    custodian_lines,
    event_lines,
    post_choices,
    titles_of,
)
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only

LONGEST = 500
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Looking:
    """Whose custody is looked at, on which day, and the post in which the person heads the body."""

    body: Body
    now: datetime
    head: Post | None

    @property
    def day(self) -> date:
        """The London day."""
        return local(self.now).date()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def custody(request: HttpRequest) -> HttpResponse:
    """Show who may open what is sealed and how often it was; the head decides and reads more."""
    looking = _looking(request)
    if looking is None:
        return render(request, "experiences/custody.html", {"body": None})
    faults: dict[str, str] = {}
    if request.method == "POST" and looking.head is not None:
        faults = _change(request, looking.head, looking.now)
        if not faults:
            return redirect(f"{reverse('custody')}?body={looking.body.slug}")
    return _page(request, looking, faults)


def _change(request: HttpRequest, head: Post, now: datetime) -> dict[str, str]:
    """Name a custodian or end one; return what stands in the way."""
    role = request.POST.get("role", "")
    reason = request.POST.get("reason", "").replace("\0", "")[:LONGEST]
    ending = request.POST.get("do") == "end"
    actor = Actor.from_post(head)
    there = {post.role for post in _held(head.body, local(now).date())}
    if not ending and role not in there:
        return {"role": _("Choose a post")}
    try:
        if ending:
            end_custodian(role, actor=actor, reason=reason, as_of=now)
            messages.success(request, _("The holders of that post open nothing any more."))
        else:
            name_custodian(role, actor=actor, reason=reason, as_of=now)
            messages.success(request, _("The holders of that post may open what is sealed."))
    except NoReason:
        return {f"reason-{role}" if ending else "reason": _("Say why, in a few words")}
    except TooManyCustodians:
        words = _("%(most)s posts may open it already, and no more should. End one first.")
        return {"role": words % {"most": MOST_ROLES}}
    return {}


def _page(request: HttpRequest, looking: Looking, faults: dict[str, str]) -> HttpResponse:
    body, now = looking.body, looking.now
    held = _held(body, looking.day)
    titles = titles_of(held)
    named = custodians(body.pk, looking.day)
    since = now - A_YEAR
    before = request.GET.get("before", "")
    start = int(before) if before.isdecimal() and len(before) < 19 else None
    context = {
        "body": body,
        "bodies": _bodies(request),
        "head": looking.head,
        "custodians": custodian_lines(named, titles),
        "people": len({name for each in named for name in each.holders}),
        "choices": post_choices(held, [each.role for each in named]),
        "room": len(named) < MOST_ROLES,
        "counts": count_rows(counted(body.pk, since)),
        "faults": faults,
        "errors": [Fault(words, name) for name, words in faults.items()],
        "typed": {name: request.POST.get(name, "") for name in ("role", "reason", "do")},
    }
    if looking.head is not None:
        found, following = events(body.pk, start)
        context |= {
            "lines": list(event_lines(found, titles)),
            "following": f"?body={body.slug}&before={following}" if following else "",
            "changes": list(change_lines(changes(body.pk), titles)),
        }
    status = REFUSED if faults else 200
    return render(request, "experiences/custody.html", context, status=status)


def _looking(request: HttpRequest) -> Looking | None:
    """Return what is looked at: the body asked for, or the person’s first; None where none."""
    bodies, wanted = _bodies(request), request.GET.get("body", "")
    body = next((each for each in bodies if each.slug == wanted), next(iter(bodies), None))
    if body is None:
        return None
    now = clock.now()
    posts = [post for post in posts_of(request) if post.body_id == body.pk]
    heading = [post for post in posts if post.role in HEADS]
    day = local(now).date()
    if not is_head([post.role for post in heading], body.pk, day):
        return Looking(body, now, None)
    return Looking(body, now, min(heading, key=lambda post: HEADS.index(post.role)))


def _bodies(request: HttpRequest) -> list[Body]:
    return list({post.body_id: post.body for post in posts_of(request)}.values())


def _held(body: Body, day: date) -> list[Post]:
    held = Post.objects.filter(holds_on(day), body=body, user__is_active=True)
    return list(held.select_related("user").order_by("pk"))
