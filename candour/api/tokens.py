"""Tokens: made and shown once, revoked, and asked what they open."""

import hashlib
import secrets
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from candour.api.models import ApiToken, Part
from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.engine.london import local
from candour.people.models import Post, User
from candour.people.queries import posts_on, user_with_posts

PREFIX: Final = "candour_"  # so that scanners for secrets know one that got about
LONGEST: Final = 100  # characters of anything that could be a token
A_MINUTE: Final = 120  # requests by one token
LIFETIMES: Final = (30, 90, 365)  # days to choose from
MOST: Final = 20  # tokens of one person that open at once


class TooManyTokens(Exception):
    """A person has as many tokens as anybody may; one must be revoked first."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who a request acts for: the person and their posts at the token’s body, and what it reads."""

    person: User
    posts: tuple[Post, ...]
    parts: frozenset[str]
    moment: datetime

    @property
    def body(self) -> Body:
        """The body acted for."""
        return self.posts[0].body

    def acting(self) -> AbstractContextManager[None]:
        """Open a transaction that reaches the rows of the body and of no other."""
        return acting_for([self.body.pk], person=self.person.pk)


@dataclass(frozen=True, slots=True)
class Shut:
    """A token that opens nothing now, and why: `unknown`, `often` or `left`."""

    why: str


def make_token(post: Post, name: str, parts: Iterable[Part], *, days: int, as_of: datetime) -> str:
    """Make a token that reads, at the body of a post, what its holder may; return it.

    It is returned this once: only its hash is kept. Needs a transaction that acts for the person.

    Args:
        post: one that the person holds now.
        name: what it is for.
        parts: what it may read; none means nothing.
        days: how long it opens.
        as_of: the present instant.

    Raises:
        TooManyTokens: the person has `MOST` that open.
    """
    if len(open_tokens(post.user, as_of)) >= MOST:
        raise TooManyTokens
    token = PREFIX + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        person=post.user,
        body=post.body,
        name=name,
        may=sorted(set(parts)),
        token_hash=_hash(token),
        ending=token[-4:],
        made_at=as_of,
        expires_at=as_of + timedelta(days=days),
    )
    return token


def tokens_of(person: User) -> list[ApiToken]:
    """Return every token that a person made, the newest first, with its body."""
    found = ApiToken.objects.filter(person=person).select_related("body").defer("token_hash")
    return list(found.order_by("-pk"))


def open_tokens(person: User, as_of: datetime) -> list[ApiToken]:
    """Return the tokens of a person that open something at an instant."""
    return [
        token for token in tokens_of(person) if not token.revoked_at and as_of < token.expires_at
    ]


def revoke_token(person: User, number: int, as_of: datetime) -> bool:
    """Revoke a token of a person for good; return whether there was one."""
    mine = ApiToken.objects.filter(person=person, pk=number, revoked_at=None)
    return bool(mine.update(revoked_at=as_of))


def admit(token: str, as_of: datetime) -> Admitted | Shut:
    """Return whom a token acts for at an instant, or why it opens nothing. Two queries.

    It opens no more than its person may reach: nothing once they have left the body, or may not
    sign in any more.
    """
    found = _asked(token, as_of)
    if found is None:
        return Shut("unknown")
    person_id, body_id, may, asked = found
    if asked > A_MINUTE:
        return Shut("often")
    person = user_with_posts(person_id)
    if person is None or not person.is_active:
        return Shut("left")
    held = posts_on(person, local(as_of).date())
    posts = tuple(post for post in held if post.body_id == body_id)
    return Admitted(person, posts, frozenset(may), as_of) if posts else Shut("left")


def _asked(token: str, as_of: datetime) -> tuple[int, int, list[str], int] | None:
    if len(token) > LONGEST or not token.startswith(PREFIX):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, body_id, may, asked FROM api_token_asked(%s, %s)",
            [_hash(token), as_of],
        )
        row: tuple[int, int, list[str], int] | None = cursor.fetchone()
    return row


def _hash(token: str) -> bytes:
    """Return what is kept of a token; it is random, so that no salt is needed."""
    return hashlib.sha256(token.encode()).digest()
