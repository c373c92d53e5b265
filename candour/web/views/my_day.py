"""My day: the first page after signing in, for whichever work a person's posts give them."""

from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.queries import open_alike
from candour.cases.queries.asked_of_us import asked_of_us
from candour.cases.queries.by_step import kept_by_step
from candour.cases.queries.owing_roles import owing_at
from candour.cases.queries.soonest import soonest
from candour.engine.london import local
from candour.experiences.signs_waiting import waiting_for
from candour.people.leavers import HEADS, LEAD
from candour.people.models import User
from candour.site import clock
from candour.web.in_hand import posts_of
from candour.web.my_day import waiting
from candour.web.presenters.late_by_step import by_step
from candour.web.presenters.my_day import day_of, own_groups
from candour.web.presenters.signs import sign_row
from candour.web.presenters.work_lines import many_alike
from candour.web.signed_in import signed_in_only

SIGNS = 5  # of the signs that somebody is not safe; their own page has all of them
SHOWN = 6  # of one's own work in each group; the worklist has all of it
OF_THE_WORKLIST = ("whose", "when", "after")  # what its addresses held while it stood here


@require_safe
@signed_in_only
def my_day(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, what they owe first, what came in, and what comes."""
    if asked := {name: request.GET[name] for name in OF_THE_WORKLIST if name in request.GET}:
        return redirect(f"{reverse('worklist')}?{urlencode(asked)}")
    now, posts = clock.now(), posts_of(request)
    person, bodies = cast("User", request.user), {post.body_id: post.body for post in posts}
    owing = owing_at(bodies, local(now).date())
    found = soonest(posts=posts, handed=owing.handed_to(person.pk), as_of=now, size=SHOWN)
    leads = {post.body_id for post in posts if post.role in HEADS}
    signs = list(waiting_for(posts)[: SIGNS + 1]) if posts else []
    feeding = {post.body_id for post in posts if post.role == LEAD}
    context = {
        "signs": [sign_row(sign, now) for sign in signs[:SIGNS]],
        "more_signs": len(signs) > SIGNS,
        "day": day_of(
            waiting(person.pk, list(bodies), feeding, now),
            found.suggestions,
            asked_of_us(posts, now),
            found.counts,
            bodies.values(),
            now,
        ),
        "groups": tuple(own_groups(found, open_alike(many_alike(found.items)), now, owing.held)),
        "steps": by_step(kept_by_step(leads, now)) if leads else None,
        "has_posts": bool(posts),
    }
    return render(request, "my_day/page.html", context)
