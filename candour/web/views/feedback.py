"""Feeding back to organisations: how often, what is due, what was released."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.engine.london import local
from candour.feeding_back.actions import RELEASING, NotFedBack, choose_cycle
from candour.feeding_back.cycles import Every
from candour.feeding_back.queries import cycle_chosen, due_digests, released
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site import clock
from candour.web.forms.controls import Choice
from candour.web.forms.entry import Fault
from candour.web.in_hand import posts_of
from candour.web.presenters.feeding_back import due_line, every_words, released_line
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only

MOST_LISTED = 100


def post_for(request: HttpRequest) -> Post | None:
    """Return a post of the reader at the body asked for, one that may release before others."""
    asked = request.GET.get("body", "")
    held = [post for post in posts_of(request) if asked in ("", post.body.slug)]
    return next((post for post in held if post.role in RELEASING), held[0] if held else None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def feedback(request: HttpRequest) -> HttpResponse:
    """Show what is due and what was released; choose how often."""
    post = post_for(request)
    if post is None:
        return render(request, "telling/no_post.html", status=403)
    fault = ""
    if request.method == "POST":
        try:
            choose_cycle(
                Every(request.POST.get("every", "")), actor=Actor.from_post(post), as_of=clock.now()
            )
        except NotFedBack:
            fault = _("Only a lead officer or the head of the organisation chooses this")
        except ValueError:
            fault = _("Choose how often")
        else:
            messages.success(request, _("What is due from now on goes by this choice."))
            return redirect(f"{reverse('feedback')}?body={post.body.slug}")
    return _page(request, post, fault)


def _page(request: HttpRequest, post: Post, fault: str) -> HttpResponse:
    body, chosen = post.body, cycle_chosen(post.body)
    due = due_digests([body.pk], local(clock.now()).date())
    shown = Paginator(released(body), MOST_LISTED).get_page(request.GET.get("page"))
    bodies = {each.body.slug: each.body for each in posts_of(request)}
    context = {
        "post": post,
        "bodies": list(bodies.values()),
        "chosen": chosen,
        "choices": [Choice(every.value, words) for every, words in every_words().items()],
        "every": every_words()[Every(chosen.every)] if chosen else "",
        "may_choose": post.role in RELEASING,
        "due": [due_line(each, body.slug) for each in due[:MOST_LISTED]],
        "due_in_all": len(due),
        "released": [released_line(each) for each in shown.object_list],
        "page": shown,
        "fault": fault,
        "errors": [Fault(fault, "every")] if fault else [],
    }
    return render(request, "feedback/overview.html", context, status=REFUSED if fault else 200)
