"""Reads of who works where, in which role, on a day."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.db.models import Exists, OuterRef, QuerySet

from candour.bodies.effective import holds_on, is_effective
from candour.bodies.models import Body
from candour.database.together import Together
from candour.people.actor import Actor
from candour.people.models import Post, User

# Where `user_with_posts` leaves the posts on a user, so that asking again costs no query.
HELD = "posts_held"

WITH_POSTS = Together(
    """
    SELECT {columns} FROM people_user AS person
    LEFT JOIN people_post AS post ON post.user_id = person.id
    LEFT JOIN bodies_body AS body ON body.id = post.body_id
    WHERE person.id = %s ORDER BY post.id
    """,
    person=User,
    post=Post,
    body=Body,
)


def posts_on(user: User, day: date) -> list[Post]:
    """Return the posts this person holds on this day, at bodies that exist on it.

    Each post comes with its user and its body. At most one query, and none for a user that came
    from `user_with_posts`.
    """
    held: Iterable[Post] | None = getattr(user, HELD, None)
    if held is None:
        held = Post.objects.filter(user=user).select_related("body").order_by("pk")
    found = []
    for post in held:
        post.user = user
        if is_effective(day, post.from_date, post.to_date) and is_effective(
            day, post.body.from_date, post.body.to_date
        ):
            found.append(post)
    return found


def user_with_posts(user_id: int) -> User | None:
    """Return this person with every post they have held ready for `posts_on`, or None.

    One query.
    """
    rows = WITH_POSTS.rows([user_id])
    if not rows:
        return None
    user, held = cast("User", rows[0]["person"]), []
    for row in rows:
        if row["post"] is not None:
            post = cast("Post", row["post"])
            post.user, post.body = user, cast("Body", row["body"])
            held.append(post)
    setattr(user, HELD, held)
    return user


def actors_on(user: User, day: date, *, body: Body | None = None) -> list[Actor]:
    """Return the ways in which this person may act on this day: one for each post, in order."""
    return [
        Actor.from_post(post)
        for post in posts_on(user, day)
        if body is None or post.body_id == body.pk
    ]


def holders_of(role: str, body: Body, day: date) -> QuerySet[User]:
    """Return who holds this role at this body on this day and may sign in, in order of name."""
    held = Post.objects.filter(holds_on(day), user=OuterRef("pk"), role=role, body=body)
    return User.objects.filter(Exists(held), is_active=True).order_by("display_name", "username")
