"""Each request reaches the rows of the bodies that its person works for today, and no others."""

from collections.abc import Callable
from typing import cast
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.people.models import Post, User
from candour.people.queries import posts_on
from candour.site import clock

LONDON = ZoneInfo("Europe/London")
SERVER_ERROR = 500


class ScopedRequest(HttpRequest):
    """A request that has passed through `BodyScope`.

    Attributes:
        posts: the posts that the signed-in person holds today; none for anyone else.
        bodies: the bodies of those posts, each once.
    """

    posts: list[Post]
    bodies: list[Body]


class BodyScope:
    """Wraps the rest of a signed-in person's request in one transaction for their bodies.

    An answer of 500 or above rolls everything back. Nobody signed in means no bodies and no
    transaction. A view that streams must read its rows before it returns, since the transaction
    ends there. Stands after Django's authentication and costs two queries: the session, and the
    person with their posts (see `candour.people.backends.PostHolders`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer to a request that reaches only its person's bodies' rows."""
        scoped = cast("ScopedRequest", request)
        scoped.posts, scoped.bodies = [], []
        if not isinstance(request.user, User):
            return self.get_response(request)
        today = clock.now().astimezone(LONDON).date()
        scoped.posts = posts_on(request.user, today)
        scoped.bodies = list({post.body_id: post.body for post in scoped.posts}.values())
        bodies = (body.pk for body in scoped.bodies)
        with acting_for(bodies, person=request.user.pk):
            response = self.get_response(request)
            if response.status_code >= SERVER_ERROR:
                transaction.set_rollback(True)
        return response
