"""Who may read experiences and take them in.

Row security keeps everybody to the bodies they act for; these are the checks that views and
commands make as well, so that a person is told and not just shown an empty page.
"""

from collections.abc import Iterable

from candour.experiences.models import Experience
from candour.people.models import Post


def may_read(posts: Iterable[Post], experience: Experience) -> bool:
    """Return whether somebody in these posts may read an experience: their body holds it."""
    return any(post.body_id == experience.body_id for post in posts)


def may_take_in(posts: Iterable[Post], body_id: int) -> bool:
    """Return whether somebody in these posts may take experiences in for a body: one is there."""
    return any(post.body_id == body_id for post in posts)
