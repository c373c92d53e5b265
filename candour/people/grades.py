"""Grades: posts that stand for a task of the site, beside the roles that procedures name."""

from collections.abc import Iterable
from typing import Final

from candour.people.models import Post

# Keeps the directory that all bodies of a site share: areas, routes, desks, successions, groups.
DIRECTORY_KEEPER: Final = "directory_keeper"


def keeping_post(posts: Iterable[Post]) -> Post | None:
    """Return the post in which somebody keeps the directory, or None where they may not."""
    return next((post for post in posts if post.role == DIRECTORY_KEEPER), None)
