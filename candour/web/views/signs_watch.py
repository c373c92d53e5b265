"""Who of a body looks at safeguarding signs, and by when: read by all there, set by its head."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.engine.clocks import Clock
from candour.engine.errors import ClockError
from candour.engine.london import local
from candour.experiences.actions.looking import set_watch
from candour.experiences.watching import watch_of
from candour.people.actor import Actor
from candour.people.models import Post
from candour.sealing.custody import is_head
from candour.site import clock
from candour.web.forms.controls import Choice
from candour.web.in_hand import posts_of
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.spoken import spoken

PERIODS = ("same day", "4 hours after", "1 working day after", "2 working days after")
EVERYBODY = "-"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def watch(request: HttpRequest) -> HttpResponse:
    """Show who looks at signs and by when; the head of the body may say otherwise."""
    posts = posts_of(request)
    head = _head(posts)
    body = (head or posts[0]).body if posts else None
    if body is None:
        return render(request, "experiences/signs_watch.html", {"body": None})
    chosen = watch_of(body)
    typed = {"role": chosen.role or EVERYBODY, "period": chosen.period}
    faults: dict[str, str] = {}
    roles = _roles(body.pk)
    if request.method == "POST" and head is not None:
        typed = {name: request.POST.get(name, "") for name in typed}
        faults = _faults(typed, roles)
        if not faults:
            set_watch(
                body,
                role="" if typed["role"] == EVERYBODY else typed["role"],
                period=typed["period"],
                actor=Actor.from_post(head),
                as_of=clock.now(),
            )
            messages.success(request, _("Kept, for what comes in from now on."))
            return redirect("safeguarding-watch")
    context = {
        "body": body,
        "head": head,
        "typed": typed,
        "faults": faults,
        "roles": roles,
        "periods": _periods(chosen.period),
    }
    status = REFUSED if faults else 200
    return render(request, "experiences/signs_watch.html", context, status=status)


def _head(posts: list[Post]) -> Post | None:
    today = local(clock.now()).date()
    return next((p for p in posts if is_head([p.role], p.body_id, today)), None)


def _roles(body_id: int) -> list[Choice]:
    """Return the posts that somebody holds at a body, and everybody."""
    today = local(clock.now()).date()
    held = Post.objects.on(today).filter(body=body_id, user__is_active=True)
    named = {post.role: post.title or post.role.replace("_", " ") for post in held.order_by("pk")}
    everybody = Choice(EVERYBODY, _("Everybody who holds a post here"))
    return [everybody, *(Choice(role, title) for role, title in sorted(named.items()))]


def _periods(chosen: str) -> list[Choice]:
    known = dict.fromkeys((*PERIODS, chosen))
    return [Choice(each, Clock.parse(each).words(spoken())) for each in known]


def _faults(typed: dict[str, str], roles: list[Choice]) -> dict[str, str]:
    faults = {}
    if typed["role"] not in {choice.value for choice in roles}:
        faults["role"] = _("Choose whose post looks at signs")
    try:
        Clock.parse(typed["period"])
    except ClockError:
        faults["period"] = _("Choose by when somebody has to have looked")
    return faults
