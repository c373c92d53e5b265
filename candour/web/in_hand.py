"""A case as a request holds it: the file, its standing, and the posts that may act on it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest

from candour.cases import queries
from candour.cases.models import Case
from candour.engine import Draft, Entry, Procedure, Refusal, Standing, propose
from candour.engine.partners import SHARED, shares
from candour.people.middleware import ScopedRequest
from candour.people.models import Post
from candour.people.names import names_of
from candour.site import clock
from candour.web.presenters.sight import Sight


@dataclass(frozen=True, slots=True)
class InHand:
    """A case that the signed-in person may see.

    Attributes:
        case: the file.
        standing: what its log comes to.
        posts: those of the person's posts in which they may act on it, most fitting first.
        now: the moment of the request.
    """

    case: Case
    standing: Standing
    posts: tuple[Post, ...]
    now: datetime

    @property
    def procedure(self) -> Procedure:
        """The procedure that the case runs on."""
        return self.standing.procedure

    @property
    def sight(self) -> Sight:
        """How the person looks at the case."""
        roles = frozenset(post.role for post in self.posts)
        return Sight(self.case.ref, self.now, roles, leads=bool(self.leading))

    @property
    def leading(self) -> tuple[Post, ...]:
        """The posts at the body that leads the case: it alone says who else comes into it."""
        return tuple(post for post in self.posts if post.body_id == self.case.body_id)

    def posts_for(self, roles: Iterable[str]) -> tuple[Post, ...]:
        """Return the posts, those in one of these roles first."""
        wanted = set(roles)
        return tuple(sorted(self.posts, key=lambda post: post.role not in wanted))

    def post_for(self, draft: Draft) -> Post:
        """Return the post in which the procedure takes a draft, or else the first.

        Somebody who sits at a table in two roles is not asked in which they speak each time.
        """
        for post in self.posts:
            tried = replace(draft, author=str(post.user_id), role=post.role)
            if not isinstance(propose(self.standing, tried, self.now), Refusal):
                return post
        return self.posts[0]

    def names_of(self, entries: Iterable[Entry]) -> dict[str, str]:
        """Return the names of the people who recorded these entries. One query."""
        authors = {int(entry.author) for entry in entries if entry.author.isdecimal()}
        return {str(person): name for person, name in names_of(authors).items()}


def case_in_hand(request: HttpRequest, ref: str) -> InHand:
    """Return the case of this reference as the signed-in person may see it.

    Raises:
        Http404: there is none, or none that a body of theirs leads or shares.
    """
    case = queries.case_by_ref(ref)
    if case is None:
        raise Http404
    standing = queries.standing(case)
    if _over(case, standing, posts_of(request), clock.now()):
        raise Http404
    reached = {case.body_id, *case.shared_with}
    posts = tuple(
        post
        for post in posts_of(request)
        if post.role in standing.procedure.roles and post.body_id in reached
    )
    return InHand(case, standing, posts, clock.now())


def _over(case: Case, standing: Standing, posts: Iterable[Post], moment: datetime) -> bool:
    """Say whether the reader sees the case by sharings alone whose last day has passed.

    The worker ends them in the database too; nobody sees a case longer because it is not running.
    """
    bodies = {post.body_id for post in posts}
    if case.body_id in bodies or SHARED not in standing.by_kind:
        return False
    told = [each for each in shares(standing.by_kind) if each.with_body in bodies]
    gone = {each.with_body for each in told} - {s.with_body for s in told if s.stands(moment)}
    return not (bodies & set(case.shared_with)) - gone


def posts_of(request: HttpRequest) -> list[Post]:
    """Return the posts that the signed-in person holds today."""
    return cast("ScopedRequest", request).posts
