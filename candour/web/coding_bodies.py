"""For which body somebody codes: the one that holds the experience, or the first of their posts."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from candour.people.actor import Actor
from candour.web.in_hand import posts_of


def coder(request: HttpRequest, body_id: int | None = None) -> Actor:
    """Return the signed-in person as somebody who codes for a body.

    Args:
        request: who asks.
        body_id: the body that holds what is coded, or None for the first that they work for.

    Raises:
        PermissionDenied: they have no post there.
    """
    for post in posts_of(request):
        if body_id in (None, post.body_id):
            return Actor.from_post(post)
    raise PermissionDenied
